// @vitest-environment edge-runtime
import { beforeEach, describe, expect, it, vi } from "vitest"
import { type Deployment, deployment } from "../../convex/deployment.fixture.ts"
import { acme, GOOD_KEY } from "../../engine/two-organizations.fixture.ts"
import type { DataPort, Progress } from "../../ui/data/port.ts"
import { api, clientOf } from "./client.fixture.ts"
import { createConvexPort } from "./index.ts"

let here: Deployment
let orgId: string
let ada: ReturnType<typeof clientOf>
let port: DataPort

beforeEach(async () => {
  here = await deployment({ docks: [acme] })
  orgId = (await here.run("createOrganization", { name: "First", slug: "first", owner: "ada" })).id
  ada = clientOf(here, "ada")
  const user = { name: "Ada", email: "ada@dash.example" }
  port = createConvexPort({ client: ada.client, api, orgId, user })
})

const connect = async () => {
  const credentials = { apiKey: GOOD_KEY, whose: "of-a" }
  const connected = await port.act.connect({ provider: "acme", name: undefined, credentials })
  await vi.waitFor(async () => expect((await port.read.docks({}))[0]?.lastRun?.finishedAt).toBeTruthy(), {
    timeout: 20_000,
  })
  return connected
}

describe("questions", () => {
  it("tell who is asking, what can be connected, and that nothing is there yet", async () => {
    expect(await port.read.session({})).toMatchObject({
      orgId,
      role: "owner",
      user: { name: "Ada" },
      organizations: [{ id: orgId, name: "First" }],
    })
    expect(await port.read.providers({})).toMatchObject([{ provider: "acme", title: "Acme" }])
    expect(await port.read.docks({})).toEqual([])
    expect(await port.read.resources({ table: "servers" })).toEqual({ rows: [], total: 0 })
    expect(await port.read.changes({ since: undefined })).toMatchObject({ changes: [] })
    expect(await port.read.runs({ dock: undefined })).toEqual([])
    expect(await port.read.members({})).toMatchObject([{ userId: "ada", role: "owner", name: null }])
  })

  it("are answered with what a sync has brought", async () => {
    const { dockId } = await connect()
    expect(await port.read.docks({})).toMatchObject([{ id: dockId, title: "Acme", isSyncing: false }])
    expect(await port.read.runs({})).toMatchObject([{ dockId, status: "succeeded" }])
    const { rows, total } = await port.read.resources({ table: "servers", offset: 1, limit: 1 })
    expect({ names: rows.map(({ name }) => name), total }).toEqual({ names: ["servers-2-of-a"], total: 2 })
    const id = rows[0]?.id ?? ""
    expect(await port.read.resource({ id })).toMatchObject({
      table: "servers",
      row: { name: "servers-2-of-a" },
      history: { audit: [], provisionings: [] },
    })
    expect(await port.read.resourceData({ id })).toMatchObject({ name: "servers-2-of-a" })
    expect((await port.read.counts({})).find(({ table }) => table === "servers")?.total).toBe(2)
    const { entries } = await port.read.audit({ action: "connect" })
    expect(entries).toMatchObject([{ actor: "user:ada", result: "succeeded" }])
  })

  it("find rows by every filter of a page, whether the deployment has an index for it or not", async () => {
    const { dockId } = await connect()
    const names = async (filter: object) =>
      (await port.read.resources({ table: "servers", filter })).rows.map(({ name }) => name)
    const both = ["servers-1-of-a", "servers-2-of-a"]
    expect(await names({ providers: ["acme"], statuses: ["running"], docks: [dockId] })).toEqual(both)
    expect(await names({ providers: ["acme", "other"], statuses: ["running", "stopped"] })).toEqual(both)
    expect(await names({ where: { providerResourceId: "servers-2-of-a" } })).toEqual(["servers-2-of-a"])
    expect(await names({ environments: ["production"] })).toEqual([])
    expect(await names({ deleted: true })).toEqual([])
    const none = await port.read.resources({ table: "servers", filter: { statuses: ["stopped", "error"] } })
    expect(none.total).toBe(0)
  })

  it("that are not for the caller are refused in the deployment's words", async () => {
    const eve = createConvexPort({ client: clientOf(here, "eve").client, api, orgId })
    await expect(eve.read.docks({})).rejects.toMatchObject({ name: "DataError", code: "denied" })
    await expect(port.read.resource({ id: "servers_99" })).rejects.toMatchObject({
      code: "unknown_resource",
      suggestion: "Look at the list of its table.",
    })
    await expect(port.read.keys({})).rejects.toMatchObject({ code: "not_here" })
    await expect(port.read.resources({ table: "servers", sort: { column: "status" } })).rejects.toMatchObject(
      { code: "invalid_order" },
    )
  })
})

describe("deeds", () => {
  it("say what a provider has against them", async () => {
    const credentials = { apiKey: "fake-secret-wrong", whose: "of-a" }
    await expect(port.act.connect({ provider: "acme", credentials })).rejects.toMatchObject({
      code: "unauthorized",
    })
  })

  it("make something, show what would be sent, and remove it again", async () => {
    const { dockId } = await connect()
    const order = { dock: dockId, kind: "server", input: { name: "made" } }
    expect(await port.act.rehearse({ of: "provision", ...order })).toBeInstanceOf(Array)
    const begun = await port.act.provision({ ...order, idempotencyKey: "once" })
    expect(begun).toMatchObject({ kind: "server", input: { name: "made" } })
    const { resourceId } = await port.read.provisioning({ id: begun.id })
    expect(await port.read.provisionings({})).toMatchObject([{ id: begun.id, state: "provisioned" }])
    const removed = await port.act.deprovision({ resourceId: resourceId ?? "" })
    expect(removed).toMatchObject({ operation: "deprovision" })
    expect(await port.act.act({ resourceId: (await servers())[0] ?? "", action: "restart" })).toMatchObject({
      action: "restart",
    })
  })

  it("change members and intervals", async () => {
    const { dockId } = await connect()
    expect(await port.act.setMember({ userId: "eve", role: "support" })).toMatchObject({ role: "support" })
    await port.act.removeMember({ userId: "eve" })
    expect(await port.read.members({})).toHaveLength(1)
    expect(await port.act.setSyncInterval({ dock: dockId, minutes: 60 })).toMatchObject({
      syncIntervalMinutes: 60,
    })
    await port.act.disconnect({ dock: dockId, removeRows: true })
    expect((await port.read.resources({ table: "servers" })).total).toBe(0)
  })

  const servers = async () => (await port.read.resources({ table: "servers" })).rows.map(({ id }) => id)
})

describe("live", () => {
  it("a watcher is called when its answer has become another, and not before or after", async () => {
    const changed = vi.fn()
    await port.read.docks({})
    const stop = port.watch("docks", {}, changed)
    await ada.look()
    expect(changed).not.toHaveBeenCalled()
    await port.act.connect({ provider: "acme", credentials: { apiKey: GOOD_KEY, whose: "of-a" } })
    await ada.look()
    expect(changed).toHaveBeenCalledOnce()
    stop()
    expect(ada.watching()).toEqual([])
  })

  it("somebody who comes back to an answer is told when it has changed meanwhile", async () => {
    await port.read.docks({})
    port.watch("docks", {}, () => {})()
    await port.act.connect({ provider: "acme", credentials: { apiKey: GOOD_KEY, whose: "of-a" } })
    const changed = vi.fn()
    port.watch("docks", {}, changed)
    await ada.look()
    expect(changed).toHaveBeenCalledOnce()
  })

  it("a page of a table is watched row by row, and read anew from its beginning", async () => {
    const { dockId } = await connect()
    const request = { table: "servers", limit: 100 } as const
    const changed = vi.fn()
    const stop = port.watch("resources", request, changed)
    await port.read.resources(request)
    await ada.look()
    expect(changed).not.toHaveBeenCalled()
    await port.act.provision({
      dock: dockId,
      kind: "server",
      input: { name: "another" },
      idempotencyKey: "once",
    })
    await ada.look()
    expect(changed).toHaveBeenCalled()
    const { rows, total } = await port.read.resources(request)
    expect({ total, first: rows[0]?.name }).toEqual({ total: 3, first: "another" })
    stop()
    expect(ada.watching()).toEqual([])
  })

  it("whoever follows is told of syncs as they begin and end", async () => {
    const heard: Progress[] = []
    const { dockId } = await connect()
    const stop = port.follow((progress) => heard.push(progress))
    await ada.look()
    const lease = (leaseHolder: string | null) =>
      here.store.docks.update(orgId, dockId, {
        leaseHolder,
        leaseExpiresAt: leaseHolder && new Date(Date.now() + 60_000).toISOString(),
      })
    await lease("somebody")
    await ada.look()
    await lease(null)
    await ada.look()
    expect(heard).toMatchObject([
      { of: "sync", event: { type: "dock-started", dockId } },
      { of: "sync", event: { type: "dock-finished", report: { status: "succeeded" } } },
    ])
    stop()
    expect(ada.watching()).toEqual([])
  })
})

it("what a deployment cannot do is not offered", () => {
  expect(port.abilities).toEqual({ sortsByAnyColumn: false, managesKeys: false, signsOut: false })
})
