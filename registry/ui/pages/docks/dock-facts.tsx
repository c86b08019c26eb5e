import type { ReactNode } from "react"
import type { DockStatus } from "../../../engine/reading.ts"
import type { SyncRun } from "../../../schema/sync-runs.ts"
import { RunBadge, StatusBadge } from "../../badges/status-badge.tsx"
import { useMay } from "../../data/hooks.tsx"
import { formatCount } from "../../format/numbers.ts"
import { Time } from "../../format/time.tsx"
import { SyncInterval } from "./sync-interval.tsx"

/** What a dock has, when it was read, and when it will be again. */
export function DockFacts({ dock }: { dock: DockStatus }) {
  const isConnected = dock.status !== "disconnected"
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 text-sm">
      <Fact title="Status">
        <StatusBadge status={dock.status} />
      </Fact>
      <Fact title="Rows">{formatCount(dock.rows)}</Fact>
      <Fact title="Last sync">
        <LastSync run={dock.lastRun} at={dock.lastSyncedAt} />
      </Fact>
      {isConnected && (
        <Fact title="Interval">
          <Interval dock={dock} />
          {dock.nextSyncAt && (
            <span className="text-muted-foreground">
              next <Time at={dock.nextSyncAt} />
            </span>
          )}
        </Fact>
      )}
    </dl>
  )
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <dt className="flex min-h-8 items-center text-muted-foreground">{title}</dt>
      <dd className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">{children}</dd>
    </>
  )
}

function LastSync({ run, at }: { run: SyncRun | null; at: string | null }) {
  if (!run) return at ? <Time at={at} /> : <span>Never</span>
  return (
    <>
      <RunBadge status={run.status} />
      <Time at={run.finishedAt ?? run.startedAt} />
      <span className="text-muted-foreground">{runWords(run)}</span>
    </>
  )
}

/** What was different; a sync that found nothing new says so. */
function runWords({ status, inserted, updated, deleted, skipped }: SyncRun): string {
  if (status === "running") return ""
  const parts = [
    inserted > 0 && `${formatCount(inserted)} new`,
    updated > 0 && `${formatCount(updated)} changed`,
    deleted > 0 && `${formatCount(deleted)} gone`,
    skipped > 0 && `${formatCount(skipped)} skipped`,
  ].filter((part) => part !== false)
  if (parts.length > 0) return parts.join(", ")
  return status === "succeeded" ? "nothing new" : ""
}

function Interval({ dock }: { dock: DockStatus }) {
  const mayChange = useMay("docks", "full")
  return <SyncInterval dock={dock} isFixed={mayChange !== true} />
}
