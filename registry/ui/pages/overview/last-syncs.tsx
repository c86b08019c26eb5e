import type { UseQueryResult } from "@tanstack/react-query"
import type { DockStatus } from "../../../engine/reading.ts"
import type { SyncRun } from "../../../schema/sync-runs.ts"
import { ProviderMark } from "../../badges/provider-mark.tsx"
import { RunBadge } from "../../badges/status-badge.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import type { DataError } from "../../data/port.ts"
import { formatCount } from "../../format/numbers.ts"
import { Time } from "../../format/time.tsx"
import { Section } from "../../page/page.tsx"
import { Loaded } from "../../states/loaded.tsx"
import { TextSkeleton } from "../../states/skeletons.tsx"
import { type LastSync, lastSyncs } from "./run-order.ts"

/** How the last sync of each account went. */
export function LastSyncs({ docks }: { docks: UseQueryResult<DockStatus[], DataError> }) {
  return (
    <Section
      title="Last syncs"
      actions={
        <PlaceLink
          to={{ page: "docks" }}
          className="rounded-sm text-muted-foreground text-xs hover:underline"
        >
          All docks
        </PlaceLink>
      }
    >
      <Loaded query={docks} what="the syncs" skeleton={<TextSkeleton lines={4} />}>
        {(all) => {
          const syncs = lastSyncs(all)
          return syncs.length > 0 ? (
            <ul className="-my-4 divide-y">
              {syncs.map((sync) => (
                <Line key={sync.dock.id} sync={sync} />
              ))}
            </ul>
          ) : (
            <p className="text-muted-foreground text-sm">Nothing was synced yet.</p>
          )
        }}
      </Loaded>
    </Section>
  )
}

function Line({ sync: { dock, run } }: { sync: LastSync }) {
  return (
    <li className="py-2.5 text-sm">
      <div className="flex items-center gap-2">
        <ProviderMark provider={dock.provider} />
        <span className="min-w-0 flex-1 truncate font-medium">{dock.name}</span>
        <RunBadge status={run.status} />
      </div>
      <div className="mt-0.5 flex flex-wrap gap-x-2 pl-6 text-muted-foreground text-xs">
        <Time at={run.finishedAt ?? run.startedAt} />
        <span aria-hidden>·</span>
        <span>{changedWords(run)}</span>
      </div>
      {run.error && <p className="mt-1 line-clamp-2 pl-6 text-bad text-xs">{run.error}</p>}
    </li>
  )
}

function changedWords({ inserted, updated, deleted, unchanged }: SyncRun): string {
  const counts = [
    [inserted, "added"],
    [updated, "changed"],
    [deleted, "removed"],
  ] as const
  const changed = counts.flatMap(([count, word]) => (count > 0 ? [`${formatCount(count)} ${word}`] : []))
  return changed.length > 0 ? changed.join(", ") : `${formatCount(unchanged)} unchanged`
}
