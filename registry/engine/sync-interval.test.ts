import { describe, expect, it } from "vitest"
import type { SyncRun } from "../schema/sync-runs.ts"
import type { DockStatus } from "./reading.ts"
import { checkInterval, dueDocks, nextSyncAt } from "./sync-interval.ts"

const START = Date.parse("2026-03-01T12:00:00.000Z")
const inMinutes = (minutes: number) => new Date(START + minutes * 60_000).toISOString()

function every(syncIntervalMinutes: number | null) {
  return { syncIntervalMinutes, createdAt: inMinutes(-60) }
}

function run(status: SyncRun["status"], finishedAt: string | null = inMinutes(0)): SyncRun {
  // Only how and when it ended matters here.
  return { status, startedAt: inMinutes(0), finishedAt } as SyncRun
}

describe("the next sync of a dock", () => {
  it("is an interval after the last one ended, and at once when there was none", () => {
    expect(nextSyncAt(every(15), [run("succeeded", inMinutes(2)), run("failed")])).toBe(inMinutes(17))
    expect(nextSyncAt(every(15), [run("running", null)])).toBe(inMinutes(15))
    expect(nextSyncAt(every(15), [])).toBe(inMinutes(-60))
    expect(nextSyncAt(every(null), [run("succeeded")])).toBeNull()
  })

  it("waits twice as long after each failure in a row, and a day at most", () => {
    const failed = run("failed")
    expect(nextSyncAt(every(15), [failed])).toBe(inMinutes(30))
    expect(nextSyncAt(every(15), [failed, run("canceled"), failed, run("partial"), failed])).toBe(
      inMinutes(120),
    )
    expect(
      nextSyncAt(
        every(15),
        Array.from({ length: 12 }, () => failed),
      ),
    ).toBe(inMinutes(24 * 60))
    expect(nextSyncAt(every(7 * 24 * 60), [failed, failed])).toBe(inMinutes(7 * 24 * 60))
  })

  it("is due for those whose time has come and that are not being synced", () => {
    const status = (id: string, nextSyncAt: string | null, isSyncing = false) =>
      ({ id, nextSyncAt, isSyncing }) as DockStatus
    const statuses = [
      status("due", inMinutes(0)),
      status("later", inMinutes(1)),
      status("never", null),
      status("busy", inMinutes(0), true),
    ]
    expect(dueDocks(statuses, START).map(({ id }) => id)).toEqual(["due"])
  })
})

it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 43_201])(
  "%s minutes are no interval",
  (minutes) => {
    expect(() => checkInterval(minutes)).toThrow("whole number of minutes")
  },
)
