// @vitest-environment edge-runtime
import { expect, it } from "vitest"
import type { Changes, DockStatus, ResourceView } from "../engine/reading.ts"
import { acme } from "../engine/two-organizations.fixture.ts"
import type { DockRow } from "../schema/docks.ts"
import { deployment } from "./deployment.fixture.ts"

const now = "2026-03-01T12:00:00.000Z"

it("finds what no other row is like without reading the others, whatever the filter", async () => {
  const here = await deployment({ docks: [acme] })
  const { id: orgId } = await here.run("createOrganization", { name: "First", slug: "first", owner: "ada" })
  const { docks, rows, audit } = here.store
  const put = (dock: DockRow, name: string, status: "running" | "stopped") => {
    const place = { orgId, dockId: dock.id, provider: dock.provider, scope: "account" }
    const row = {
      providerResourceId: name,
      name,
      status,
      providerStatus: null,
      providerUrl: null,
      contentHash: "1",
      fullApiData: {},
    }
    return rows.put("servers", { ...place, row }, {}, now)
  }
  const [first, second, third] = [
    dockOf(orgId, "first", "acme"),
    dockOf(orgId, "second", "acme"),
    dockOf(orgId, "third", "rare"),
  ]
  for (const dock of [first, second, third]) await docks.insert(dock)
  for (const name of ["a", "b", "c"]) await put(first, name, "running")
  await put(first, "x", "stopped")
  await put(second, "y", "stopped")
  await put(third, "d", "running")
  await put(third, "z", "stopped")

  const namesOf = async (filter: Record<string, unknown>, found: number) => {
    const paginationOpts = { cursor: null, numItems: 10, maximumRowsRead: found }
    const args = { orgId, table: "servers", ...filter, paginationOpts }
    const { page }: { page: { name: string }[] } = await here.as("ada").query("resources", args)
    return page.map(({ name }) => name)
  }
  expect(await namesOf({ status: "stopped" }, 3)).toEqual(["x", "y", "z"])
  expect(await namesOf({ dock: "first", status: "stopped" }, 1)).toEqual(["x"])
  expect(await namesOf({ provider: "acme", status: "stopped" }, 2)).toEqual(["x", "y"])
  expect(await namesOf({ provider: "rare", status: "stopped" }, 1)).toEqual(["z"])
  expect(await namesOf({ dock: "third", provider: "rare" }, 2)).toEqual(["d", "z"])
  expect(await namesOf({ dock: "third", provider: "rare", status: "stopped" }, 1)).toEqual(["z"])
  expect(await namesOf({ dock: "first", provider: "rare" }, 10)).toEqual([])
  expect(await namesOf({ dock: "first", text: "x", status: "stopped" }, 10)).toEqual(["x"])

  const entry = { orgId, action: "x", targetTable: null, targetId: null, requestId: "r", errorCode: null }
  const entries = (["denied", "succeeded", "succeeded"] as const).map((result, index) => ({
    ...entry,
    id: `entry-${index}`,
    actor: "user:eve",
    result,
    at: `2026-03-01T12:00:0${index}.000Z`,
  }))
  await audit.append(entries)
  const paginationOpts = { cursor: null, numItems: 10, maximumRowsRead: 1 }
  const asked = { orgId, actor: "user:eve", result: "denied", paginationOpts }
  expect((await here.as("ada").query("auditLog", asked)).page).toMatchObject([{ id: "entry-0" }])
})

it("shows a row with what it has to do with others, and what can be done to it", async () => {
  const here = await deployment({ docks: [acme] })
  const { id: orgId } = await here.run("createOrganization", { name: "First", slug: "first", owner: "ada" })
  await here.as("ada").action("setMember", { orgId, userId: "eve", role: "client" })
  const dock = { ...dockOf(orgId, "first", "acme"), credentials: "v1.sealed" }
  const { docks, rows } = here.store
  await docks.insert(dock)
  await docks.insert(dockOf(orgId, "other", "rare"))
  const put = (table: "servers" | "webServices" | "dnsRecords", dockId: string, name: string, own = {}) => {
    const provider = dockId === "first" ? "acme" : "rare"
    const row = {
      providerResourceId: name,
      name,
      status: table === "servers" ? "running" : "active",
      providerStatus: null,
      providerUrl: null,
      contentHash: "1",
      fullApiData: {},
      ...own,
    } as const
    return rows.put(table, { orgId, dockId, provider, scope: "account", row: row as never }, {}, now)
  }
  await put("servers", "first", "vm", { primaryIpAddress: "203.0.113.9" })
  await put("webServices", "first", "shop", { serverProviderId: "vm" })
  await put("webServices", "other", "elsewhere", { serverProviderId: "vm" })
  await put("servers", "other", "panel", { primaryIpAddress: "203.0.113.9" })
  await put("dnsRecords", "other", "a.example.com", { recordType: "A", content: "203.0.113.9" })
  const id = (await rows.find("servers", { orgId, dockId: "first", providerResourceId: "vm" }))?.id ?? ""

  const view: ResourceView = await here.as("ada").query("resource", { orgId, id })
  expect(
    view.related.map(({ table, relation, rows }) => [table, relation, rows.map(({ name }) => name)]),
  ).toEqual([
    ["webServices", "part", ["shop"]],
    ["dnsRecords", "same", ["a.example.com"]],
    ["servers", "duplicate", ["panel"]],
  ])
  expect(view.actions.map(({ name }) => name)).toEqual(["restart"])
  expect(view.removableAs).toBe("server")
  expect(view.history.changes.map(({ kind }) => kind)).toEqual(["added"])
  expect(JSON.stringify(view)).not.toContain("fullApiData")

  const clients: ResourceView = await here.as("eve").query("resource", { orgId, id })
  expect(clients).toMatchObject({ actions: [], removableAs: null, history: { audit: [], provisionings: [] } })
  expect(clients.related).toHaveLength(3)

  const changes: Changes = await here.as("ada").query("changes", { orgId, table: "servers", since: now })
  expect(changes.totals).toEqual({ added: 2, changed: 0, removed: 0, returned: 0 })
  const [status]: DockStatus[] = await here.as("ada").query("docks", { orgId })
  expect(status).toMatchObject({ name: "first", nextSyncAt: now, rows: 2, budget: [] })
})

function dockOf(orgId: string, id: string, provider: string): DockRow {
  return {
    id,
    orgId,
    provider,
    name: id,
    accountId: null,
    accountName: null,
    status: "connected",
    credentials: null,
    lastError: null,
    lastSyncedAt: null,
    syncIntervalMinutes: null,
    leaseHolder: null,
    leaseExpiresAt: null,
    createdAt: now,
    updatedAt: now,
  }
}
