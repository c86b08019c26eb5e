// @vitest-environment edge-runtime
import type { PaginationOptions } from "convex/server"
import { describe, expect, it } from "vitest"
import type { ListedRow } from "../../engine/ports.ts"
import { columnsOf } from "../../schema/columns.ts"
import { tables } from "../../schema/index.ts"
import { storeSuite } from "../store.suite.ts"
import { type Call, callsFrom, callsIn } from "./call.ts"
import { deployment } from "./deployment.fixture.ts"
import * as functions from "./functions.ts"
import { convexStore } from "./index.ts"
import { operations } from "./operations.ts"
import { stackdockTables } from "./tables.ts"

storeSuite(
  "a Convex deployment",
  async () => {
    const { action } = deployment()
    return convexStore((name, args) => action((ctx) => callsFrom(ctx)(name, args)))
  },
  { most: 240 },
)

const organization = {
  id: "org-1",
  name: "First",
  slug: "first",
  createdAt: "2026-03-01T12:00:00.000Z",
  updatedAt: "2026-03-01T12:00:00.000Z",
}

describe("the Convex store", () => {
  it("has every table of the schema with all its columns, but keeps the provider's answer apart", () => {
    for (const table of Object.values(tables)) {
      const fields = Object.keys(stackdockTables[table.name].validator.fields)
      const columns = columnsOf(table).map(({ name }) => name)
      const own = columns.includes("fullApiData")
        ? ["isDeleted", "dataId"]
        : table.name === "docks"
          ? ["isSealed"]
          : []
      const expected = [...columns.filter((name) => name !== "fullApiData"), ...own]
      expect(fields.sort(), table.name).toEqual(expected.sort())
    }
  })

  it("has an internal function for each operation", () => {
    expect(Object.keys(functions).sort()).toEqual(Object.keys(operations).sort())
    for (const [name, registered] of Object.entries(functions)) {
      expect(registered, name).toHaveProperty("isInternal", true)
      expect(registered, name).not.toHaveProperty("isPublic")
    }
  })

  it("is the same in the transaction of a mutation, and only reads in that of a query", async () => {
    const { mutation, query } = deployment()
    await mutation(({ db }) => convexStore(callsIn(db)).organizations.ensure(organization))
    const read = await query(({ db }) => convexStore(callsIn(db)).organizations.get("org-1"))
    expect(read).toEqual(organization)
    const other = { ...organization, id: "org-2", slug: "second" }
    const writing = query(({ db }) => convexStore(callsIn(db)).organizations.ensure(other))
    await expect(writing).rejects.toThrow("A query cannot ensureOrganization")
  })

  it("says nothing of what Convex failed with, which may quote what was written", async () => {
    const failing = () => Promise.reject(new Error("Value does not match validator: hunter2"))
    const call = callsFrom({ runQuery: failing, runMutation: failing })
    const error = await convexStore(call)
      .organizations.ensure(organization)
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: "StoreError", code: "unavailable" })
    expect(String(error)).not.toContain("hunter2")
  })

  it("keeps a name that is no whole text, and JSON that Convex would not take", async () => {
    const { action } = deployment()
    const store = convexStore((name, args) => action((ctx) => callsFrom(ctx)(name, args)))
    await store.docks.insert(dock)
    const deep = Array.from({ length: 40 }).reduce<unknown>((inner) => ({ inner }), "end")
    const fullApiData = { $ref: "x", _id: 1, größe: "\ud83d", deep: deep as never, list: Array(9000).fill(0) }
    const row = {
      providerResourceId: "a",
      name: "half \ud83d",
      status: "running",
      providerStatus: null,
      providerUrl: null,
      contentHash: "1",
      fullApiData,
    } as const
    const marks = { provisioningSource: "api" } as const
    await store.rows.put(
      "servers",
      { orgId: "org-1", dockId: dock.id, provider: "fake", scope: "account", row },
      marks,
      dock.createdAt,
    )
    const key = { orgId: "org-1", dockId: dock.id, providerResourceId: "a" }
    expect(await store.rows.find("servers", key)).toMatchObject({
      name: "half \ufffd",
      fullApiData,
      ...marks,
    })
  })
})

it("reads the scopes of an account that has more of them than one array may", async () => {
  const scopes = Array.from({ length: 9000 }, (_, number) => ({ ...scope, scope: `zone-${number}` }))
  const sizes: number[] = []
  const runQuery = async (_: unknown, { paginationOpts }: { paginationOpts: PaginationOptions }) => {
    const start = Number(paginationOpts.cursor ?? 0)
    const end = start + paginationOpts.numItems
    sizes.push(paginationOpts.numItems)
    return { page: scopes.slice(start, end), isDone: end >= scopes.length, continueCursor: String(end) }
  }
  const call = callsFrom({ runQuery: runQuery as never, runMutation: runQuery as never })
  expect(await convexStore(call).runs.scopes("org-1", "dock-1", "dnsRecords")).toEqual(scopes)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(8192)
})

describe("a dock that is being removed", () => {
  it("counts what is left of it when the removal ends half-way", async () => {
    const { action } = deployment()
    const call: Call = (name, args) => action((ctx) => callsFrom(ctx)(name, args))
    const store = convexStore(call)
    await store.docks.insert(dock)
    const owner = { orgId: "org-1", dockId: dock.id }
    const lease = { holder: "h", now: dock.createdAt, expiresAt: "2026-03-01T12:01:00.000Z" }
    await store.leases.acquire({ ...owner, ...lease })
    const place = {
      ...owner,
      provider: "fake",
      table: "servers",
      scope: "account",
      leaseHolder: "h",
    } as const
    const writer = await store.rows.openScope({ ...place, dryRun: false })
    await writer.write(
      Array.from({ length: 205 }, (_, number) => listed(`s${number}`)),
      dock.createdAt,
    )
    expect(await call("removeDock", owner)).toEqual({ isDone: false })
    expect(await store.rows.count("servers", { orgId: "org-1" })).toBe(5)
  })
})

function listed(providerResourceId: string): ListedRow {
  return {
    providerResourceId,
    name: providerResourceId,
    status: "running",
    providerStatus: null,
    providerUrl: null,
    contentHash: "1",
    fullApiData: {},
  }
}

const scope = {
  orgId: "org-1",
  dockId: "dock-1",
  tableName: "dnsRecords",
  lastTriedAt: organization.createdAt,
  lastCompleteAt: null,
  lastError: null,
} as const

const dock = {
  id: "dock-1",
  orgId: "org-1",
  provider: "fake",
  name: "first",
  accountId: null,
  accountName: null,
  status: "connected",
  credentials: null,
  lastError: null,
  lastSyncedAt: null,
  syncIntervalMinutes: null,
  leaseHolder: null,
  leaseExpiresAt: null,
  createdAt: organization.createdAt,
  updatedAt: organization.createdAt,
} as const
