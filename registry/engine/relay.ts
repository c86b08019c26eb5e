import type { SyncRun } from "../schema/sync-runs.ts"
import type { DockReport } from "./stackdock.ts"

/**
 * For a process that may only run for so long: a sync ends between two scopes, and another process goes on with the same
 * run, under the same lease. What is done is on record: it is every scope that was tried since the run began.
 */
export interface Relay {
  /** Where the process before has stopped. */
  readonly from?: Baton | undefined
  /** Asked before each scope but the first. */
  isTimeUp(): boolean
  /** Sees to it that another process goes on. */
  passOn(baton: Baton): Promise<void>
}

/** What one process hands to the next. It holds no secret, and is of the same size whatever the account. */
export interface Baton {
  /** With the totals so far. */
  readonly run: SyncRun
  readonly holder: string
  readonly status: DockReport["status"]
}

/** How a run ends whose parts have ended so. */
export function combined(
  before: DockReport["status"] | undefined,
  now: DockReport["status"],
): DockReport["status"] {
  if (before === undefined || before === now || now === "canceled") return now
  return before === "stopped" || now === "stopped" ? "stopped" : "partial"
}
