import { expect, test } from "vitest"
import type { DockStatus } from "../../../engine/reading.ts"
import type { SyncRun } from "../../../schema/sync-runs.ts"
import { lastSyncs } from "./run-order.ts"

const dock = (name: string, status: SyncRun["status"], startedAt: string, more: Partial<DockStatus> = {}) =>
  ({ id: name, name, status: "connected", lastRun: { status, startedAt }, ...more }) as DockStatus

const namesOf = (docks: DockStatus[]) => lastSyncs(docks).map(({ dock: { name } }) => name)

test("failures come first, then what needs a decision, then the newest", () => {
  expect(
    namesOf([
      dock("old", "succeeded", "2026-01-01"),
      dock("new", "succeeded", "2026-01-03"),
      dock("waiting", "stopped", "2026-01-01"),
      dock("broken", "failed", "2026-01-02"),
      dock("now", "running", "2026-01-04"),
    ]),
  ).toEqual(["broken", "waiting", "now", "new", "old"])
})

test("what was never synced, or is no longer connected, is left out", () => {
  expect(
    namesOf([
      dock("never", "succeeded", "", { lastRun: null }),
      dock("gone", "failed", "2026-01-01", { status: "disconnected" }),
    ]),
  ).toEqual([])
})
