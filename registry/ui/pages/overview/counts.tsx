import { cn } from "@/lib/utils"
import type { TableCounts } from "../../../engine/reading.ts"
import { byUrgency, type StatusCount } from "../../badges/status-order.ts"
import { TableIcon } from "../../badges/table-icon.tsx"
import { ToneIcon } from "../../badges/tone-badge.tsx"
import type { Tone } from "../../badges/tones.ts"
import { PlaceLink } from "../../data/navigation.tsx"
import { formatCount } from "../../format/numbers.ts"
import { statusWord, tableNames, tableTitle } from "../../format/words.ts"

/** More than these would make a list of a tile; the table shows the rest. */
const MOST = 3

/** A tile for each table that has rows. */
export function Counts({ counts }: { counts: readonly TableCounts[] }) {
  const filled = tableNames.flatMap(
    (name) => counts.find(({ table, total }) => table === name && total > 0) ?? [],
  )
  if (filled.length === 0) {
    return (
      <p className="rounded-lg border px-4 py-6 text-center text-muted-foreground text-sm">
        There are no rows yet. They come with the first sync.
      </p>
    )
  }
  return (
    <ul aria-label="What there is" className="grid grid-cols-2 gap-3 md:grid-cols-3 2xl:grid-cols-4">
      {filled.map((count) => (
        <Tile key={count.table} counts={count} />
      ))}
    </ul>
  )
}

function Tile({ counts: { table, total, byStatus } }: { counts: TableCounts }) {
  const statuses = byUrgency(byStatus)
  const more = statuses.length - MOST
  return (
    <li className="flex min-w-0 flex-col gap-2 rounded-lg border bg-card p-3">
      <PlaceLink
        to={{ page: "table", table }}
        className="group flex items-baseline justify-between gap-2 rounded-sm focus-visible:outline-2 focus-visible:outline-ring"
      >
        <span className="flex min-w-0 items-center gap-2 text-muted-foreground text-sm group-hover:text-foreground">
          <TableIcon table={table} className="size-4 shrink-0 self-center" />
          <span className="truncate">{tableTitle(table)}</span>
        </span>
        <span className="font-semibold text-xl tabular-nums leading-none">{formatCount(total)}</span>
      </PlaceLink>
      <StatusBar statuses={statuses} />
      <ul className="flex flex-wrap gap-x-3 gap-y-1 text-xs">
        {statuses.slice(0, MOST).map(({ status, count, tone }) => (
          <li key={status}>
            <PlaceLink
              to={{ page: "table", table, search: { status } }}
              className="inline-flex items-center gap-1 rounded-sm hover:underline focus-visible:outline-2 focus-visible:outline-ring"
            >
              <ToneIcon tone={tone} className="size-3" />
              <span className="tabular-nums">{formatCount(count)}</span> {statusWord(status).toLowerCase()}
            </PlaceLink>
          </li>
        ))}
        {more > 0 && <li className="text-muted-foreground">{more} more</li>}
      </ul>
    </li>
  )
}

const fills: Record<Tone, string> = {
  good: "bg-good",
  busy: "bg-busy",
  warning: "bg-warning",
  bad: "bg-bad",
  idle: "bg-idle",
  unknown: "bg-input",
}

/** The same counts as lengths; the words below say them too. */
function StatusBar({ statuses }: { statuses: readonly StatusCount[] }) {
  return (
    <div aria-hidden="true" className="flex h-1 gap-px overflow-hidden rounded-full">
      {statuses.map(({ status, count, tone }) => (
        <span key={status} className={cn("min-w-1", fills[tone])} style={{ flexGrow: count }} />
      ))}
    </div>
  )
}
