import {
  Table,
  TableBody,
  TableCaption,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@/components/ui/table"
import type { ListedResource, TableCounts } from "../../../engine/reading.ts"
import { ProviderMark } from "../../badges/provider-mark.tsx"
import { StatusBadge } from "../../badges/status-badge.tsx"
import { ToneBadge } from "../../badges/tone-badge.tsx"
import type { Tone } from "../../badges/tones.ts"
import { useData, useRead } from "../../data/hooks.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import { formatCount } from "../../format/numbers.ts"
import { NotTold, Time } from "../../format/time.tsx"
import { statusWord } from "../../format/words.ts"
import { Section } from "../../page/page.tsx"
import { Loaded } from "../../states/loaded.tsx"
import { TableSkeleton } from "../../states/skeletons.tsx"
import { bySeverity } from "./severity.ts"
import { StatusLinks } from "./status-links.tsx"

const LISTED = 50

/** What somebody still has to look at, the gravest first. */
export function Issues({ counts }: { counts: TableCounts | undefined }) {
  const { sortsByAnyColumn } = useData().abilities
  const issues = useRead("resources", {
    table: "issues",
    filter: { statuses: ["open", "acknowledged", "unknown"] },
    ...(sortsByAnyColumn ? { sort: { column: "lastOccurredAt", descending: true } } : {}),
    limit: LISTED,
  })
  return (
    <Section
      isFlush
      title="Open issues"
      actions={counts && counts.total > 0 && <StatusLinks counts={counts} />}
    >
      <Loaded query={issues} what="the issues" skeleton={<TableSkeleton rows={4} columns={5} />}>
        {({ rows, total }) =>
          rows.length > 0 ? (
            <>
              <IssuesTable rows={bySeverity(rows as ListedResource<"issues">[])} />
              {total > rows.length && (
                <p className="text-muted-foreground text-sm">
                  The {formatCount(rows.length)} of {formatCount(total)} that occurred last.
                </p>
              )}
            </>
          ) : (
            <p className="text-muted-foreground text-sm">No issue is open.</p>
          )
        }
      </Loaded>
    </Section>
  )
}

const tones: Record<string, Tone> = {
  fatal: "bad",
  error: "bad",
  warning: "warning",
  info: "idle",
  debug: "idle",
}

function IssuesTable({ rows }: { rows: readonly ListedResource<"issues">[] }) {
  return (
    <Table>
      <TableCaption className="sr-only">Open issues, the gravest first</TableCaption>
      <TableHeader>
        <TableRow>
          <TableHead>Issue</TableHead>
          <TableHead>Severity</TableHead>
          <TableHead className="max-md:hidden">Status</TableHead>
          <TableHead className="text-right max-lg:hidden">Occurrences</TableHead>
          <TableHead className="text-right max-lg:hidden">Users affected</TableHead>
          <TableHead className="max-sm:hidden">Last occurred</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {rows.map((issue) => (
          <TableRow key={issue.id}>
            <TableCell className="max-w-md whitespace-normal">
              <div className="flex items-start gap-2">
                <ProviderMark provider={issue.provider} className="mt-0.5" />
                <div className="min-w-0">
                  <PlaceLink
                    to={{ page: "resource", id: issue.id }}
                    className="line-clamp-2 break-words rounded-sm font-medium hover:underline focus-visible:outline-2 focus-visible:outline-ring"
                  >
                    {issue.name}
                  </PlaceLink>
                  {issue.projectName && (
                    <div className="text-muted-foreground text-xs">{issue.projectName}</div>
                  )}
                </div>
              </div>
            </TableCell>
            <TableCell>
              {issue.severity ? (
                <ToneBadge tone={tones[issue.severity] ?? "unknown"} word={statusWord(issue.severity)} />
              ) : (
                <NotTold />
              )}
            </TableCell>
            <TableCell className="max-md:hidden">
              <StatusBadge table="issues" status={issue.status} providerStatus={issue.providerStatus} />
            </TableCell>
            <TableCell className="text-right tabular-nums max-lg:hidden">
              {issue.occurrences === null ? <NotTold /> : formatCount(issue.occurrences)}
            </TableCell>
            <TableCell className="text-right tabular-nums max-lg:hidden">
              {issue.usersAffected === null ? <NotTold /> : formatCount(issue.usersAffected)}
            </TableCell>
            <TableCell className="text-muted-foreground max-sm:hidden">
              <Time at={issue.lastOccurredAt} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
