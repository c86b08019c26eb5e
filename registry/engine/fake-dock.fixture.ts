import { z } from "zod"
import { type AnyDock, defineDock, type SyncMap } from "../core/dock.ts"
import { DockError, type DockErrorCode } from "../core/errors.ts"
import type { Meter } from "../core/http.ts"
import type { Listing, Page } from "../core/page.ts"
import { resource, type Scope } from "../core/resource.ts"
import type { DockRow } from "../schema/docks.ts"
import type { Store } from "./ports.ts"
import { type SyncDock, syncDock } from "./sync.ts"

export const NOW = "2026-03-01T12:00:00.000Z"

export interface FakeServer {
  id: string | number
  name?: string
  state?: unknown
  cores?: unknown
  [other: string]: unknown
}

/** What the fake provider answers. Each listing is made anew for every sync. */
export interface FakeAccount {
  servers?: () => Listing
  zones?: () => Listing<Scope>
  records?: (zone: string) => Listing
  meter?: Meter
  signal?: AbortSignal
}

const FakeServerWire = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String),
  name: z.string().optional(),
  state: z.string().optional(),
  cores: z.unknown().optional(),
})

const servers = resource("servers", FakeServerWire, {
  list: (account: FakeAccount) => account.servers?.() ?? pages([]),
  volatile: ["checkedAt"],
  map(server) {
    if (server.name === "explode") throw new Error(`cannot map ${JSON.stringify(server)}`)
    return {
      providerResourceId: server.id,
      name: server.name ?? server.id,
      status: server.state === "on" ? "running" : "unknown",
      providerStatus: server.state,
      cpuCores: server.cores as number | null,
    }
  },
})

const dnsRecords = resource("dnsRecords", z.looseObject({ id: z.string() }), {
  scopes: (account: FakeAccount) => account.zones?.() ?? pages([]),
  list: (account, zone) => account.records?.(zone.id) ?? pages([]),
  map: (record) => ({ providerResourceId: record.id, name: record.id, status: "active" }),
})

export function fakeDock(sync: SyncMap<FakeAccount> = { servers, dnsRecords }): AnyDock {
  return defineDock<z.ZodType, FakeAccount>({
    provider: "fake",
    title: "Fake",
    website: "https://fake.example",
    hosts: ["api.fake.example"],
    credentials: z.strictObject({}),
    limits: { windows: [], documentedAt: "https://fake.example/limits" },
    connect: () => ({}),
    verify: async () => ({ id: "1", name: "Fake" }),
    sync,
  })
}

export function dockRow(changes: Partial<DockRow> = {}): DockRow {
  return {
    id: "dock-1",
    orgId: "org-1",
    provider: "fake",
    name: "fake",
    accountId: null,
    accountName: null,
    status: "connected",
    credentials: "v1.sealed",
    lastError: null,
    lastSyncedAt: null,
    syncIntervalMinutes: null,
    leaseHolder: null,
    leaseExpiresAt: null,
    createdAt: NOW,
    updatedAt: NOW,
    ...changes,
  }
}

/** Syncs the fake dock with what `account` answers. Only the servers, unless told otherwise. */
export function syncFake(store: Store, account: FakeAccount, options: Partial<SyncDock> = {}) {
  return syncDock({
    store,
    dock: dockRow(),
    definition: fakeDock(),
    connect: (meter, signal) => Object.assign(account, { meter, signal }),
    tables: ["servers"],
    now: () => Date.parse(NOW),
    ...options,
  })
}

export function someServers(count: number, from = 0): FakeServer[] {
  return Array.from({ length: count }, (_, index) => ({ id: `s${from + index}`, state: "on" }))
}

export interface PageOptions {
  size?: number
  total?: number
  /** The page (from 0) whose request fails. */
  failOn?: number
  error?: Error
}

/** A listing cut into pages. */
export async function* pages<Item>(
  items: readonly Item[],
  { size = 100, total, failOn, error = dockError("provider_error") }: PageOptions = {},
): AsyncGenerator<Page<Item>> {
  for (let page = 0; page === 0 || page * size < items.length; page += 1) {
    if (page === failOn) throw error
    yield { items: items.slice(page * size, (page + 1) * size), total }
  }
}

export function dockError(code: DockErrorCode): DockError {
  return new DockError({ code, provider: "fake", endpoint: "GET /servers", message: `fake ${code}` })
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}
