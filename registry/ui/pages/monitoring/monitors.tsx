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
import { useRead } from "../../data/hooks.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import { formatCount, formatPercent } from "../../format/numbers.ts"
import { NotTold, Time } from "../../format/time.tsx"
import { Section } from "../../page/page.tsx"
import { Loaded } from "../../states/loaded.tsx"
import { TableSkeleton } from "../../states/skeletons.tsx"
import { StatusLinks } from "./status-links.tsx"

/** In this order: what is down, before all. */
const troubled = ["down", "degraded", "unknown"]
const calm = ["maintenance", "pending", "paused", "up"]
const LISTED = 50

export function Monitors({ counts }: { counts: TableCounts | undefined }) {
  const bad = useRead("resources", { table: "monitors", filter: { statuses: troubled }, limit: LISTED })
  const good = useRead("resources", { table: "monitors", filter: { statuses: calm }, limit: LISTED })
  return (
    <Section isFlush title="Monitors" actions={counts && counts.total > 0 && <StatusLinks counts={counts} />}>
      <Loaded query={bad} what="the monitors" skeleton={<TableSkeleton rows={4} columns={5} />}>
        {(first) => (
          <Loaded query={good} what="the monitors" skeleton={<TableSkeleton rows={4} columns={5} />}>
            {(then) => {
              const rows = inOrder([...first.rows, ...then.rows] as ListedResource<"monitors">[]).slice(
                0,
                LISTED,
              )
              const total = first.total + then.total
              if (rows.length === 0)
                return <p className="text-muted-foreground text-sm">Nothing is watched.</p>
              return (
                <>
                  <MonitorsTable rows={rows} />
                  {total > rows.length && (
                    <p className="text-muted-foreground text-sm">
                      {formatCount(rows.length)} of {formatCount(total)}. The others are in the table of
                      monitors.
                    </p>
                  )}
                </>
              )
            }}
          </Loaded>
        )}
      </Loaded>
    </Section>
  )
}

function inOrder(rows: ListedResource<"monitors">[]): ListedResource<"monitors">[] {
  const order = [...troubled, ...calm]
  return rows.sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status))
}

function MonitorsTable({ rows }: { rows: readonly ListedResource<"monitors">[] }) {
  return (
    <Table>
      <TableCaption className="sr-only">Monitors, what is down first</TableCaption>
      <TableHeader>
        <TableRow>
          <TableHead>Monitor</TableHead>
          <TableHead>Status</TableHead>
          <TableHead className="text-right max-md:hidden">Uptime</TableHead>
          <TableHead className="text-right max-md:hidden">Response</TableHead>
          <TableHead className="max-sm:hidden">Last checked</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {rows.map((monitor) => (
          <TableRow key={monitor.id}>
            <TableCell className="max-w-md whitespace-normal">
              <div className="flex items-start gap-2">
                <ProviderMark provider={monitor.provider} className="mt-0.5" />
                <div className="min-w-0">
                  <PlaceLink
                    to={{ page: "resource", id: monitor.id }}
                    className="line-clamp-2 break-words rounded-sm font-medium hover:underline focus-visible:outline-2 focus-visible:outline-ring"
                  >
                    {monitor.name}
                  </PlaceLink>
                  {monitor.url && monitor.url !== monitor.name && (
                    <div className="break-all text-muted-foreground text-xs">{monitor.url}</div>
                  )}
                </div>
              </div>
            </TableCell>
            <TableCell>
              <StatusBadge table="monitors" status={monitor.status} providerStatus={monitor.providerStatus} />
            </TableCell>
            <TableCell className="text-right tabular-nums max-md:hidden">
              {monitor.uptimePercent === null ? <NotTold /> : formatPercent(monitor.uptimePercent)}
            </TableCell>
            <TableCell className="text-right tabular-nums max-md:hidden">
              {monitor.responseTimeMs === null ? (
                <NotTold />
              ) : (
                `${formatCount(Math.round(monitor.responseTimeMs))} ms`
              )}
            </TableCell>
            <TableCell className="text-muted-foreground max-sm:hidden">
              <Time at={monitor.lastCheckedAt} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
