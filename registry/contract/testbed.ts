import type { z } from "zod"
import type { Clock } from "../core/clock.ts"
import type { AnyDock, Dock } from "../core/dock.ts"
import { createHttp, type Meter } from "../core/http.ts"
import type { Store } from "../engine/ports.ts"
import type { DockReport } from "../engine/stackdock.ts"
import { syncDock } from "../engine/sync.ts"
import type { DockRow } from "../schema/docks.ts"
import { isResourceTable, type ResourceRow, type ResourceTableName } from "../schema/index.ts"
import { memoryStore } from "../stores/memory/index.ts"

export type Rows = ReadonlyMap<ResourceTableName, ReadonlyMap<string, ResourceRow>>

/** One connected account on a store in memory. Time passes only by waiting, so that waiting takes none. */
export interface Testbed<Api = unknown> {
  readonly clock: Clock
  connect(): Api
  sync(tables?: readonly ResourceTableName[]): Promise<DockReport>
  /** The live rows, by table and id. All that the dock fills, when `tables` is left out. */
  rows(tables?: readonly ResourceTableName[]): Promise<Rows>
}

export interface TestbedOptions<Api> {
  dock: Dock<z.ZodType, Api>
  credentials: unknown
  fetch?: typeof fetch | undefined
  /** Real time: how long an answer may take. */
  timeoutMs?: number | undefined
}

const ORG = "org_test"

export async function createTestbed<Api>(options: TestbedOptions<Api>): Promise<Testbed<Api>> {
  const { dock, credentials, fetch, timeoutMs } = options
  const clock = testClock()
  const store = memoryStore()
  const row = await insertDock(store, dock)
  const connect = (meter?: Meter, signal?: AbortSignal) =>
    dock.connect(
      dock.credentials.parse(credentials),
      createHttp({
        provider: dock.provider,
        limits: dock.limits,
        problem: dock.problem?.bind(dock),
        meter,
        signal,
        clock,
        fetch,
        timeoutMs,
      }),
    )
  return {
    clock,
    connect: () => connect(),
    sync: (tables) => syncDock({ store, dock: row, definition: dock, connect, tables, now: clock.now }),
    async rows(tables = tablesOf(dock)) {
      const rows = new Map<ResourceTableName, Map<string, ResourceRow>>()
      for (const table of tables) {
        const byId = new Map<string, ResourceRow>()
        for await (const found of store.rows.list(table, { orgId: ORG }))
          byId.set(found.providerResourceId, found)
        rows.set(table, byId)
      }
      return rows
    },
  }
}

export function tablesOf(dock: AnyDock): ResourceTableName[] {
  return Object.keys(dock.sync).filter(isResourceTable)
}

function testClock(): Clock {
  let now = Date.parse("2026-01-01T00:00:00Z")
  return {
    now: () => now,
    async sleep(ms) {
      now += ms
    },
  }
}

async function insertDock(store: Store, { provider, title }: AnyDock): Promise<DockRow> {
  const at = "2026-01-01T00:00:00.000Z"
  const row: DockRow = {
    id: "dock_test",
    orgId: ORG,
    provider,
    name: title,
    accountId: null,
    accountName: null,
    status: "connected",
    credentials: null,
    lastError: null,
    lastSyncedAt: null,
    syncIntervalMinutes: null,
    leaseHolder: null,
    leaseExpiresAt: null,
    createdAt: at,
    updatedAt: at,
  }
  await store.docks.insert(row)
  return row
}
