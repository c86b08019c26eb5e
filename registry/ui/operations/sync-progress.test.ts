import { expect, test } from "vitest"
import type { DockReport, ScopeReport, SyncEvent } from "../../engine/stackdock.ts"
import { type SyncProgress, withSyncEvent } from "./sync-progress.ts"

const dockId = "d1"

function after(...events: SyncEvent[]): SyncProgress | undefined {
  return events.reduce<SyncProgress | undefined>(withSyncEvent, undefined)
}

function page(scope: string, fetched: number, total: number | null): SyncEvent {
  return { type: "page", dockId, table: "servers", scope, fetched, total }
}

function finished(scope: string, fetched: number): SyncEvent {
  const report: ScopeReport = {
    table: "servers",
    scope,
    fetched,
    inserted: 0,
    updated: 0,
    unchanged: fetched,
    deleted: 0,
    skipped: 0,
    reasons: [],
    requests: 1,
    waitedMs: 0,
    complete: true,
    massDeletion: null,
    error: null,
  }
  return { type: "scope-finished", dockId, report }
}

test("the scopes of a table are added up", () => {
  const progress = after(page("a", 10, 40), page("a", 20, 40), page("b", 5, 5))
  expect(progress?.tables.get("servers")).toMatchObject({ fetched: 25, total: 45, isUnderWay: true })
})

test("a total is only told when every scope has told its own", () => {
  expect(after(page("a", 10, 40), page("b", 5, null))?.tables.get("servers")?.total).toBeUndefined()
})

test("a table is done when all its scopes are", () => {
  expect(after(page("a", 1, 2), finished("a", 2))?.tables.get("servers")).toMatchObject({
    fetched: 2,
    total: 2,
    isUnderWay: false,
  })
})

test("whoever begins to listen in the middle knows that it is under way", () => {
  expect(after(page("a", 30, 120))).toMatchObject({ isRunning: true, report: null })
})

test("the next sync begins anew, and the one that ended keeps what it told", () => {
  const report: DockReport = {
    dockId,
    provider: "acme",
    name: "acme",
    status: "succeeded",
    scopes: [],
    error: null,
  }
  const ended = after(page("a", 30, 120), { type: "dock-finished", dockId, report })
  expect(ended).toMatchObject({ isRunning: false, report })
  expect(ended?.tables.get("servers")?.fetched).toBe(30)
  const next = withSyncEvent(ended, { type: "dock-started", dockId, provider: "acme", name: "acme" })
  expect(next).toEqual({ isRunning: true, tables: new Map(), report: null })
})
