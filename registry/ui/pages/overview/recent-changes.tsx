import { lazy, Suspense } from "react"
import { Skeleton } from "@/components/ui/skeleton"
import type { Changes, ResourceChange } from "../../../engine/reading.ts"
import { ChangeKind, kindWords } from "../../badges/change-kind.tsx"
import { ProviderMark } from "../../badges/provider-mark.tsx"
import { useRead } from "../../data/hooks.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import { useNow } from "../../format/now.ts"
import { formatCount } from "../../format/numbers.ts"
import { Time } from "../../format/time.tsx"
import { columnTitle, tableWord } from "../../format/words.ts"
import { Section } from "../../page/page.tsx"
import { Loaded } from "../../states/loaded.tsx"
import { TextSkeleton } from "../../states/skeletons.tsx"
import { changeHours, hoursBefore } from "./change-hours.ts"

// Recharts is larger than all the rest of the page: it comes once that is there, and the browser has time.
const ChangesChart = lazy(async () => {
  await spareTime()
  return import("./changes-chart.tsx")
})

function spareTime(): Promise<unknown> {
  // Safari has no other way to tell.
  const wait = globalThis.requestIdleCallback ?? ((then: () => void) => setTimeout(then, 200))
  return new Promise<void>((resolve) => wait(() => resolve()))
}

const HOURS = 24
/** As many as the port gives at once. */
const LIMIT = 500
const LISTED = 10

/** What syncs and actions found different since yesterday. */
export function RecentChanges() {
  const since = hoursBefore(useNow(), HOURS)
  const changes = useRead("changes", { since, limit: LIMIT })
  return (
    <Section title="Changed in the last 24 hours">
      <Loaded query={changes} what="the changes" skeleton={<TextSkeleton lines={6} />}>
        {(known) =>
          known.changes.length > 0 ? (
            <Known known={known} />
          ) : (
            <p className="text-muted-foreground text-sm">
              Nothing has changed since yesterday, as far as syncs have seen.
            </p>
          )
        }
      </Loaded>
    </Section>
  )
}

function Known({ known: { changes, totals } }: { known: Changes }) {
  const now = useNow()
  const kinds = (["added", "changed", "removed", "returned"] as const).filter((kind) => totals[kind] > 0)
  const all = kinds.reduce((sum, kind) => sum + totals[kind], 0)
  return (
    <>
      <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
        {kinds.map((kind) => (
          <li key={kind} className="flex items-center gap-1.5">
            <ChangeKind kind={kind} />
            <span className="font-semibold tabular-nums">{formatCount(totals[kind])}</span>
            {kindWords[kind].toLowerCase()}
          </li>
        ))}
      </ul>
      <div className="mt-3 h-36">
        <Suspense fallback={<Skeleton aria-hidden className="size-full" />}>
          <ChangesChart hours={changeHours(changes, now, HOURS)} />
        </Suspense>
      </div>
      {all > changes.length && (
        <p className="mt-1 text-muted-foreground text-xs">
          Drawn from the newest {formatCount(changes.length)} of {formatCount(all)} changes.
        </p>
      )}
      <ul className="mt-3 -mb-4 divide-y border-t">
        {changes.slice(0, LISTED).map((change) => (
          <Line key={change.id} change={change} />
        ))}
      </ul>
    </>
  )
}

function Line({ change }: { change: ResourceChange }) {
  const { kind, table, resourceId, provider, name, fields, at } = change
  return (
    <li className="flex items-center gap-2 py-2 text-sm">
      <ChangeKind kind={kind} />
      <span className="sr-only">{kindWords[kind]}:</span>
      <ProviderMark provider={provider} />
      <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2">
        <PlaceLink
          to={{ page: "resource", id: resourceId }}
          className="min-w-0 truncate rounded-sm font-medium hover:underline focus-visible:outline-2 focus-visible:outline-ring"
        >
          {name}
        </PlaceLink>
        <span className="text-muted-foreground text-xs">
          {tableWord(table, "one")}
          {fields.length > 0 && `: ${fieldsWords(fields)}`}
        </span>
      </span>
      <Time at={at} className="text-muted-foreground text-xs" />
    </li>
  )
}

/** Which columns are others; what they were and are stands in the row's own history. */
function fieldsWords(fields: ResourceChange["fields"]): string {
  const names = fields.slice(0, 2).map(({ column }) => columnTitle(column).toLowerCase())
  const more = fields.length - names.length
  return more > 0 ? `${names.join(", ")} and ${more} more` : names.join(" and ")
}
