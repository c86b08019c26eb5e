import { nextSyncAfter } from "../../engine/sync-interval.ts"
import type { Reader, Writer } from "./operation.ts"

/** Where a dock says nothing else. */
const DEFAULT_MINUTES = 15

/** Has a dock synced from `dueAt` on. */
export async function scheduleSync(
  db: Writer,
  { orgId, id: dockId }: { orgId: string; id: string },
  dueAt: string,
): Promise<void> {
  const known = await scheduleOf(db, dockId)
  if (known) await db.patch(known._id, { dueAt, failures: 0 })
  else await db.insert("syncSchedules", { orgId, dockId, dueAt, failures: 0 })
}

/** Takes what is due, and puts it off by its interval: of two that look at once, only one gets it. */
export async function takeDue(db: Writer, now: number, atMost: number) {
  const due = await db
    .query("syncSchedules")
    .withIndex("by_due", (q) => q.lte("dueAt", new Date(now).toISOString()))
    .take(atMost)
  const taken = []
  for (const schedule of due) {
    const dock = await db
      .query("docks")
      .withIndex("by_row_id", (q) => q.eq("id", schedule.dockId))
      .unique()
    if (!dock?.isSealed) {
      await db.delete(schedule._id)
      continue
    }
    await db.patch(schedule._id, { dueAt: nextAt(now, dock.syncIntervalMinutes, schedule.failures) })
    taken.push({ orgId: dock.orgId, dockId: dock.id })
  }
  return taken
}

/** After a failure the dock waits twice as long as the time before, a day at most. */
export async function recordOutcome(
  db: Writer,
  { dockId, isFailed, now }: { dockId: string; isFailed: boolean; now: number },
): Promise<void> {
  const schedule = await scheduleOf(db, dockId)
  if (!schedule) return
  const failures = isFailed ? schedule.failures + 1 : 0
  const dock = await db
    .query("docks")
    .withIndex("by_row_id", (q) => q.eq("id", dockId))
    .unique()
  const dueAt = nextAt(now, dock?.syncIntervalMinutes ?? null, failures)
  await db.patch(schedule._id, { failures, dueAt })
}

/** Null for a dock that is not connected. */
export async function nextSyncOf(db: Reader, dockId: string): Promise<string | null> {
  return (await scheduleOf(db, dockId))?.dueAt ?? null
}

function nextAt(now: number, minutes: number | null, failures: number): string {
  return nextSyncAfter(now, minutes ?? DEFAULT_MINUTES, failures)
}

async function scheduleOf(db: Reader, dockId: string) {
  return await db
    .query("syncSchedules")
    .withIndex("by_dock", (q) => q.eq("dockId", dockId))
    .unique()
}
