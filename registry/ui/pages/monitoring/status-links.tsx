import type { TableCounts } from "../../../engine/reading.ts"
import { byUrgency } from "../../badges/status-order.ts"
import { ToneIcon } from "../../badges/tone-badge.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import { formatCount } from "../../format/numbers.ts"
import { statusWord, tableNoun } from "../../format/words.ts"

/** How many there are of each status, with the way to them, and to all. */
export function StatusLinks({ counts: { table, total, byStatus } }: { counts: TableCounts }) {
  return (
    <ul className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs">
      {byUrgency(byStatus).map(({ status, count, tone }) => (
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
      <li>
        <PlaceLink
          to={{ page: "table", table }}
          className="rounded-sm text-muted-foreground hover:underline focus-visible:outline-2 focus-visible:outline-ring"
        >
          All {tableNoun(table, total)}
        </PlaceLink>
      </li>
    </ul>
  )
}
