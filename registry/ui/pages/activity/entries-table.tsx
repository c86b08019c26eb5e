import {
  Table,
  TableBody,
  TableCaption,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@/components/ui/table"
import type { AuditEntry } from "../../../schema/audit-log.ts"
import { AuditTarget } from "../../badges/audit-target.tsx"
import { ResultBadge } from "../../badges/status-badge.tsx"
import type { Member } from "../../data/port.ts"
import { CopyButton } from "../../feedback/copy-button.tsx"
import { actionWords, actorWords } from "../../format/audit-words.ts"
import { Time } from "../../format/time.tsx"

/** Who did what to which row, and how it ended. */
export function EntriesTable({
  entries,
  members,
}: {
  entries: readonly AuditEntry[]
  members: readonly Member[]
}) {
  return (
    <div className="rounded-lg border">
      <Table>
        <TableCaption className="sr-only">Activity, the newest first</TableCaption>
        <TableHeader>
          <TableRow>
            <TableHead>What</TableHead>
            <TableHead className="max-md:hidden">To what</TableHead>
            <TableHead className="max-sm:hidden">Who</TableHead>
            <TableHead>Result</TableHead>
            <TableHead>When</TableHead>
            <TableHead className="max-xl:hidden">Request</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {entries.map((entry) => (
            <TableRow key={entry.id}>
              <TableCell className="font-medium max-sm:whitespace-normal">
                {actionWords(entry.action)}
                <div className="font-normal text-muted-foreground text-xs md:hidden">
                  <AuditTarget entry={entry} />
                </div>
                <div className="font-normal text-muted-foreground text-xs sm:hidden">
                  {actorWords(entry.actor, members)}
                </div>
              </TableCell>
              <TableCell className="max-md:hidden">
                <AuditTarget entry={entry} />
              </TableCell>
              <TableCell className="max-sm:hidden">{actorWords(entry.actor, members)}</TableCell>
              <TableCell>
                <ResultBadge result={entry.result} />
                {entry.errorCode && entry.errorCode !== entry.result && (
                  <div className="pl-5 text-muted-foreground text-xs">{entry.errorCode}</div>
                )}
              </TableCell>
              <TableCell className="text-muted-foreground">
                <Time at={entry.at} className="whitespace-normal sm:whitespace-nowrap" />
              </TableCell>
              <TableCell className="max-xl:hidden">
                {entry.requestId && (
                  <span className="flex items-center gap-1 text-muted-foreground">
                    <code className="max-w-24 truncate font-mono text-xs">{entry.requestId}</code>
                    <CopyButton value={entry.requestId} label="Copy the request's id" />
                  </span>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  )
}
