import { expect, test } from "vitest"
import type { DockReport, ScopeReport, SyncEvent } from "../../engine/stackdock.ts"
import { type SyncProgress, withSyncEvent } from "../operations/sync-progress.ts"
import { progressWords, reportWords } from "./sync-words.ts"

const dockId = "d1"
const page = (fetched: number, total: number | null): SyncEvent => ({
  type: "page",
  dockId,
  table: "servers",
  scope: "eu",
  fetched,
  total,
})

test.each<[string, SyncEvent[]]>([
  ["asking the provider", [{ type: "dock-started", dockId, provider: "acme", name: "Acme" }]],
  ["Servers", [{ type: "table-started", dockId, table: "servers" }]],
  ["servers", [{ type: "scope-started", dockId, table: "servers", scope: "eu" }]],
  ["40 of 120 servers", [page(40, 120)]],
  ["1 server", [page(1, null)]],
  ["120 servers", [page(120, 120)]],
  ["7 DNS records", [page(120, 120), { ...page(7, null), table: "dnsRecords" } as SyncEvent]],
])("says how far a sync is: %s", (words, events) => {
  const progress = events.reduce<SyncProgress | undefined>(withSyncEvent, undefined)
  expect(progress && progressWords(progress)).toBe(words)
})

const scope: ScopeReport = {
  table: "servers",
  scope: "eu",
  fetched: 120,
  inserted: 3,
  updated: 0,
  unchanged: 115,
  deleted: 2,
  skipped: 0,
  reasons: [],
  requests: 2,
  waitedMs: 0,
  complete: true,
  massDeletion: null,
  error: null,
}
const report = (status: DockReport["status"], told: Partial<DockReport> = {}): DockReport => ({
  dockId,
  provider: "acme",
  name: "Acme",
  status,
  scopes: [],
  error: null,
  ...told,
})

test("says what a sync has changed, over all of its scopes", () => {
  const scopes = [scope, { ...scope, table: "domains" as const, deleted: 0 }]
  expect(reportWords("Acme", report("succeeded", { scopes }))).toBe("Acme is synced: 6 added, 2 removed.")
  expect(reportWords("Acme", report("succeeded"))).toBe("Acme is synced: nothing has changed.")
})

test("says why a sync has failed", () => {
  const error = { code: "unauthorized", message: "Acme answered 401." }
  expect(reportWords("Acme", report("failed", { error }))).toBe(
    "Acme could not be synced: Acme answered 401.",
  )
})
