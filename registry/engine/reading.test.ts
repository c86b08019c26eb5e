import { beforeAll, beforeEach, describe, expect, it } from "vitest"
import { resourceTables } from "../schema/index.ts"
import { formatKeyset, generateKey } from "../security/keyset.ts"
import { collect } from "./fake-dock.fixture.ts"
import type { PageRequest } from "./reading.ts"
import type { OrganizationFunctions } from "./stackdock.ts"
import { createWorld, type World } from "./two-organizations.fixture.ts"

let keys: string
beforeAll(async () => {
  keys = formatKeyset({ primary: await generateKey(), older: [] })
})

let world: World
beforeEach(async () => {
  world = await createWorld({ keys, role: "developer", neighbour: true })
})
const as = async (role: string): Promise<OrganizationFunctions> => {
  await world.stackdock.setMember({ userId: "ada", role })
  return world.stackdock.as({ userId: "ada", orgId: "org-a" })
}
const idOf = async (name: string) => {
  const { rows } = await world.stackdock.resourcePage({ table: "servers", filter: { text: name } })
  return rows[0]?.id ?? ""
}

describe("a page of a table", () => {
  const page = (request: Partial<PageRequest>) =>
    world.stackdock.resourcePage({ table: "servers", ...request } as PageRequest<"servers">)

  it("has the rows that are asked for, with how many there are in all", async () => {
    const { rows, total } = await page({ offset: 1, limit: 1, sort: { column: "name", descending: true } })
    expect(rows.map(({ name }) => name)).toEqual(["servers-1-of-a"])
    expect(total).toBe(3)
    expect(JSON.stringify(rows)).not.toContain("fullApiData")
  })

  it("has a hundred rows unless more are asked for, and five hundred at most", async () => {
    const asked: number[] = []
    const { store } = world
    const readPage = store.rows.page
    store.rows.page = (table, query) => {
      asked.push(query.limit)
      return readPage(table, query)
    }
    for (const limit of [undefined, 7, 10_000]) await page({ limit })
    expect(asked).toEqual([100, 7, 500])
  })

  it.each([
    [{ sort: { column: "fullApiData" } }, "sorted by"],
    [{ sort: { column: "ipAddresses" } }, "sorted by"],
    [{ sort: { column: "name; drop table servers" } }, "sorted by"],
    [{ sort: { column: "orgId" } }, "sorted by"],
    [{ filter: { where: { orgId: "org-b-of-b" } } }, "filtered by"],
    [{ filter: { where: { "1=1 or name": "x" } } }, "filtered by"],
    [{ filter: { where: { cpuCores: "4" } } }, "filtered by"],
    [{ filter: { environments: ["staging"] } }, "filtered by"],
    [{ offset: -1 }, "offset"],
    [{ offset: 0.5 }, "offset"],
    [{ limit: 0 }, "limit"],
    [{ table: "docks" as "servers" }, "There is no table"],
  ] satisfies [Partial<PageRequest>, string][])("is refused for %j", async (request, message) => {
    await expect(page(request)).rejects.toThrow(message)
  })

  it.each(Object.keys(resourceTables) as (keyof typeof resourceTables)[])("is there of %s", async (table) => {
    const { rows, total } = await world.stackdock.resourcePage({ table, filter: { text: "x" } })
    expect({ rows, total }).toEqual({ rows: [], total: 0 })
  })
})

describe("one row", () => {
  it("comes with what can be done to it, and what was done", async () => {
    const developer = await as("developer")
    const id = await idOf("made")
    await developer.act({ resourceId: id, action: "restart" })
    const { row, table, actions, removableAs, history } = await developer.resource(id)
    expect({ table, name: row.name, removableAs }).toEqual({
      table: "servers",
      name: "made-of-a",
      removableAs: "server",
    })
    expect(actions.map(({ name }) => name)).toEqual(["restart"])
    expect(history.provisionings.map(({ kind, state }) => [kind, state])).toEqual([["server", "provisioned"]])
    expect(history.changes.map(({ kind }) => kind)).toEqual(["added"])
    expect(history.audit).toEqual([])
    const owner = await as("owner")
    expect((await owner.resource(id)).history.audit.map(({ action }) => action)).toEqual(["act"])
    expect(JSON.stringify(await owner.resource(id))).not.toContain("fullApiData")
  })

  it("offers nothing that the caller may not do", async () => {
    const client = await as("client")
    const { actions, removableAs, history } = await client.resource(await idOf("made"))
    expect({ actions, removableAs, history }).toEqual({
      actions: [],
      removableAs: null,
      history: { changes: [expect.objectContaining({ kind: "added" })], audit: [], provisionings: [] },
    })
  })

  it("offers nothing once it is gone, or its dock is not connected", async () => {
    const id = await idOf("made")
    const other = await idOf("servers-1")
    await world.stackdock.deprovision({ resourceId: id })
    expect(await world.stackdock.resource(id)).toMatchObject({ actions: [], removableAs: null, related: [] })
    await world.stackdock.disconnect("dock-of-a")
    expect(await world.stackdock.resource(other)).toMatchObject({ actions: [], removableAs: null })
  })

  it("shows what its provider said only to who may see all of it, and that is not put on record", async () => {
    const id = await idOf("servers-1")
    const client = await as("client")
    await expect(client.resourceData(id)).rejects.toMatchObject({ code: "denied" })
    const developer = await as("developer")
    expect(await developer.resourceData(id)).toEqual({ name: "servers-1-of-a" })
    const entries = await collect(world.stackdock.auditLog())
    expect(entries.filter(({ action }) => action === "resourceData").map(({ result }) => result)).toEqual([
      "denied",
    ])
  })
})

it("counts are those of tables that the caller may read", async () => {
  const told = async (role: string) => {
    const counts = await (await as(role)).counts()
    return counts.filter(({ total }) => total > 0)
  }
  const servers = { table: "servers", total: 3, byStatus: { running: 3 }, byProvider: { acme: 3 } }
  const monitors = { table: "monitors", total: 2, byStatus: { up: 2 }, byProvider: { acme: 2 } }
  expect(await told("client")).toEqual([servers, monitors])
  expect(await told("steward")).toEqual([servers])
  await expect((await as("auditor")).counts()).rejects.toMatchObject({ code: "denied" })
})

describe("what has changed", () => {
  it("is told of tables that the caller may read, with totals", async () => {
    const key = { orgId: "org-a", dockId: (await world.stackdock.listDocks())[0]?.id ?? "" }
    const gone = { deletedAt: "2030-01-01T00:00:00.000Z" }
    await world.store.rows.mark(
      "monitors",
      { ...key, providerResourceId: "monitors-1-of-a" },
      gone,
      "2030-01-01T00:00:00.000Z",
    )
    const steward = await as("steward")
    expect(await steward.changes()).toMatchObject({
      changes: [{ table: "servers", name: "made-of-a", kind: "added", fields: [] }],
      totals: { added: 1, changed: 0, removed: 0, returned: 0 },
    })
    await expect(steward.changes({ table: "monitors" })).rejects.toMatchObject({ code: "denied" })
    const client = await as("client")
    const { changes, totals } = await client.changes({ since: "2029-12-31T23:00:00-02:00" })
    expect(changes).toEqual([])
    expect(totals.removed).toBe(0)
    expect((await client.changes({ since: "2029-12-31T21:00:00-02:00" })).totals.removed).toBe(1)
    expect(Object.keys((await client.changes()).changes[0] ?? {})).not.toContain("orgId")
  })

  it.each(["yesterday", ""])("is not asked since %j", async (since) => {
    await expect(world.stackdock.changes({ since })).rejects.toMatchObject({ code: "invalid_input" })
    await expect(world.stackdock.auditPage({ since })).rejects.toMatchObject({ code: "invalid_input" })
  })
})

describe("a dock", () => {
  it("tells how it is doing, and nothing of its credential", async () => {
    await world.stackdock.setSyncInterval({ dock: "dock-of-a", minutes: 30 })
    const [status, ...others] = await world.stackdock.dockStatuses()
    expect(others).toEqual([])
    expect(status).toMatchObject({
      name: "dock-of-a",
      title: "Acme",
      isSyncing: false,
      rows: 5,
      budget: [],
      syncIntervalMinutes: 30,
      lastRun: { status: "succeeded", inserted: 4 },
    })
    const finishedAt = Date.parse(status?.lastRun?.finishedAt ?? "")
    expect(status?.nextSyncAt).toBe(new Date(finishedAt + 30 * 60_000).toISOString())
    for (const secret of ["credentials", "leaseHolder"]) expect(status).not.toHaveProperty(secret)
  })

  it("is not synced by the clock without an interval, or once it is disconnected", async () => {
    expect((await world.stackdock.dockStatuses())[0]?.nextSyncAt).toBeNull()
    await world.stackdock.setSyncInterval({ dock: "dock-of-a", minutes: 30 })
    await world.stackdock.disconnect("dock-of-a")
    expect((await world.stackdock.dockStatuses())[0]?.nextSyncAt).toBeNull()
    await expect(world.stackdock.setSyncInterval({ dock: "dock-of-a", minutes: 0.5 })).rejects.toMatchObject({
      code: "invalid_input",
    })
  })

  it("is being synced while somebody holds its lease", async () => {
    const [dock] = await world.stackdock.listDocks()
    const now = new Date().toISOString()
    const expiresAt = new Date(Date.now() + 60_000).toISOString()
    await world.store.leases.acquire({ orgId: "org-a", dockId: dock?.id ?? "", holder: "x", now, expiresAt })
    expect((await world.stackdock.dockStatuses())[0]?.isSyncing).toBe(true)
  })

  it("that can be connected comes with all that a screen needs to offer it", async () => {
    const [provider] = await world.stackdock.providers()
    expect(provider).toMatchObject({
      provider: "acme",
      title: "Acme",
      look: null,
      tables: ["servers", "monitors"],
      kinds: [{ name: "server", fields: [{ name: "name", input: "text" }] }],
      actions: [{ name: "restart", table: "servers" }],
    })
    expect(provider?.credentialFields.map(({ name }) => name)).toEqual(["apiKey", "whose", "baseUrl"])
  })
})

describe("who is asking", () => {
  it("is known with all that they may do, in every area", async () => {
    const me = await (await as("steward")).whoami()
    expect(me).toMatchObject({ orgId: "org-a", organization: "org-a", userId: "ada", role: "steward" })
    expect(me.grants).toEqual({
      projects: "none",
      resources: "read",
      docks: "none",
      operations: "none",
      settings: "full",
      provisioning: "none",
      monitoring: "none",
    })
    expect(me.roles["client"]).toMatchObject({ resources: "read", docks: "none" })
    expect(Object.keys(me.roles)).toContain("auditor")
  })

  it("is the process itself, which may do everything", async () => {
    const me = await world.stackdock.whoami()
    expect(me).toMatchObject({ userId: null, role: null })
    expect(new Set(Object.values(me.grants))).toEqual(new Set(["full"]))
  })

  it("is told to members only, whatever their role", async () => {
    expect((await (await as("nothing")).whoami()).grants.resources).toBe("none")
    const stranger = world.stackdock.as({ userId: "eve", orgId: "org-a" })
    await expect(stranger.whoami()).rejects.toMatchObject({ code: "denied" })
  })
})

it("the audit log is read page by page", async () => {
  const all = await collect(world.stackdock.auditLog())
  const walked: string[] = []
  let after: string | null = null
  do {
    const page = await world.stackdock.auditPage({ limit: 2, ...(after ? { after } : {}) })
    walked.push(...page.entries.map(({ id }) => id))
    after = page.next
  } while (after !== null)
  expect(walked).toEqual(all.map(({ id }) => id))
})

it("one provisioning is found by its id", async () => {
  const [made] = await world.stackdock.provisionings({ limit: 1 })
  expect(await world.stackdock.provisioning(made?.id ?? "")).toEqual(made)
  await expect(world.stackdock.provisioning("nothing")).rejects.toMatchObject({
    code: "unknown_provisioning",
  })
})
