import type { DockRow } from "../schema/docks.ts"
import type { SyncRun } from "../schema/sync-runs.ts"
import { StackdockError } from "./errors.ts"
import type { DockStatus } from "./reading.ts"

/** 30 days. A time that is none would stop the clock of every dock. */
const LONGEST_INTERVAL_MINUTES = 30 * 24 * 60
/** However often it has failed, a dock is tried again once a day. */
const LONGEST_WAIT_MINUTES = 24 * 60

/** Runs that are looked at to tell how often in a row a dock has failed: a wait of one minute is a day after so many. */
export const RUNS_THAT_COUNT = 12

export function checkInterval(minutes: number | null): void {
  if (minutes === null) return
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= LONGEST_INTERVAL_MINUTES) return
  throw new StackdockError(
    "invalid_input",
    `An interval is a whole number of minutes, ${LONGEST_INTERVAL_MINUTES} at most.`,
    "Give 15.",
  )
}

/** After a failure a dock waits twice as long as the time before. */
export function nextSyncAfter(last: number, minutes: number, failures: number): string {
  const wait = Math.min(minutes * 2 ** failures, Math.max(LONGEST_WAIT_MINUTES, minutes))
  return new Date(last + wait * 60_000).toISOString()
}

/** When the clock syncs a dock next, by its last runs, the newest first. Null where it has no interval. */
export function nextSyncAt(
  { syncIntervalMinutes: minutes, createdAt }: Pick<DockRow, "syncIntervalMinutes" | "createdAt">,
  runs: readonly SyncRun[],
): string | null {
  if (minutes === null) return null
  const [last] = runs
  if (!last) return createdAt
  const firstGood = runs.findIndex(({ status }) => status !== "failed" && status !== "canceled")
  const failures = firstGood === -1 ? runs.length : firstGood
  return nextSyncAfter(Date.parse(last.finishedAt ?? last.startedAt), minutes, failures)
}

/** Those that a clock has to sync now: connected, with an interval that is over, and not being synced already. */
export function dueDocks(statuses: readonly DockStatus[], now: number): DockStatus[] {
  const at = new Date(now).toISOString()
  return statuses.filter(({ nextSyncAt, isSyncing }) => nextSyncAt !== null && !isSyncing && nextSyncAt <= at)
}
