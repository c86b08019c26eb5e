import type { DockStatus } from "../../../engine/reading.ts"
import type { SyncRun } from "../../../schema/sync-runs.ts"

export interface LastSync {
  dock: DockStatus
  run: SyncRun
}

/** What a person has to look at comes first: what failed, what waits, what is broken off; then what runs; then the rest. */
const urgency: Record<SyncRun["status"], number> = {
  failed: 0,
  stopped: 1,
  partial: 2,
  interrupted: 3,
  running: 4,
  canceled: 5,
  succeeded: 6,
}

/** The last sync of each connected dock, failures first, and of those the newest. */
export function lastSyncs(docks: readonly DockStatus[]): LastSync[] {
  return docks
    .flatMap((dock) => (dock.lastRun && dock.status !== "disconnected" ? [{ dock, run: dock.lastRun }] : []))
    .sort(
      (a, b) =>
        urgency[a.run.status] - urgency[b.run.status] || b.run.startedAt.localeCompare(a.run.startedAt),
    )
}
