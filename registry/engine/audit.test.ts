import { inspect } from "node:util"
import { beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { AuditEntry } from "../schema/audit-log.ts"
import { formatKeyset, generateKey } from "../security/keyset.ts"
import { collect } from "./fake-dock.fixture.ts"
import { StoreError } from "./ports.ts"
import { createWorld, GOOD_KEY, type World } from "./two-organizations.fixture.ts"

let keys: string
let world: World
beforeAll(async () => {
  keys = formatKeyset({ primary: await generateKey(), older: [] })
})
beforeEach(async () => {
  world = await createWorld({ keys, role: "support", neighbour: false })
})

const entries = () => collect(world.stackdock.auditLog())
const newest = async () => (await entries())[0]
const dockId = async () => (await world.stackdock.listDocks())[0]?.id
const ada = () => world.stackdock.as({ userId: "ada", orgId: "org-a", requestId: "request-7" })

describe("the audit log", () => {
  it("tells who did what to which row, when, and in which request", async () => {
    const before = new Date().toISOString()
    await ada().sync({ docks: ["dock-of-a"] })
    expect(await newest()).toEqual({
      id: expect.any(String),
      orgId: "org-a",
      actor: "user:ada",
      action: "sync",
      targetTable: "docks",
      targetId: await dockId(),
      result: "succeeded",
      errorCode: null,
      requestId: "request-7",
      at: expect.any(String),
    } satisfies Record<keyof AuditEntry, unknown>)
    const { at = "" } = (await newest()) ?? {}
    expect(at >= before && at <= new Date().toISOString()).toBe(true)
  })

  it("tells apart a person, the process itself and work by the clock", async () => {
    await ada().sync()
    await world.stackdock.sync()
    await world.stackdock.asSystem().sync()
    const actors = (await entries()).filter(({ action }) => action === "sync").map(({ actor }) => actor)
    expect(new Set(actors)).toEqual(new Set(["user:ada", "local", "system"]))
  })

  it("takes no user for the system, whatever they call themselves", async () => {
    await world.stackdock.setMember({ userId: "system", role: "support" })
    await world.stackdock.as({ userId: "system", orgId: "org-a" }).sync()
    const actors = (await entries()).map(({ actor }) => actor)
    expect(actors).toContain("user:system")
    expect(actors).not.toContain("system")
  })

  it("has what was denied, with the row it was aimed at", async () => {
    await expect(ada().disconnect("dock-of-a")).rejects.toMatchObject({ code: "denied" })
    expect(await newest()).toMatchObject({
      action: "disconnect",
      targetId: await dockId(),
      result: "denied",
      errorCode: "denied",
      requestId: "request-7",
    })
  })

  it("has what failed, thrown or reported", async () => {
    const connecting = world.stackdock.connect({
      provider: "acme",
      name: "other",
      credentials: { apiKey: "fake-secret-refused", whose: "of-a" },
    })
    await expect(connecting).rejects.toMatchObject({ code: "unauthorized" })
    expect(await newest()).toMatchObject({
      action: "connect",
      targetTable: "docks",
      targetId: null,
      result: "failed",
      errorCode: "unauthorized",
    })

    await world.store.docks.update("org-a", (await dockId()) ?? "", { credentials: "no envelope" })
    expect((await world.stackdock.sync()).docks).toMatchObject([{ status: "failed" }])
    expect(await newest()).toMatchObject({
      action: "sync",
      targetId: await dockId(),
      result: "failed",
      errorCode: "malformed_envelope",
    })
  })

  it("has one entry for each dock that a sync went through", async () => {
    await world.stackdock.connect({
      provider: "acme",
      name: "second",
      credentials: { apiKey: GOOD_KEY, whose: "of-a" },
    })
    const before = (await entries()).length
    const { docks } = await world.stackdock.sync()
    const added = (await entries()).slice(0, -before)
    expect(added.map(({ targetId }) => targetId).sort()).toEqual(docks.map((dock) => dock.dockId).sort())
    expect(new Set(added.map(({ requestId }) => requestId)).size).toBe(1)
  })

  it("does not grow by reading", async () => {
    const before = (await entries()).length
    await world.stackdock.listDocks()
    await collect(ada().resources("servers"))
    await world.stackdock.keyStatus()
    expect(await entries()).toHaveLength(before)
  })

  it("keeps the entry of what was removed", async () => {
    const id = await dockId()
    await world.stackdock.disconnect("dock-of-a", { removeRows: true })
    expect(await newest()).toMatchObject({ action: "disconnect", targetId: id, result: "succeeded" })
  })

  it("holds nothing that was sent: no credential, no name that was only typed", async () => {
    const typed = "fake-secret-typed-in-the-wrong-field"
    const attempts = [
      world.stackdock.disconnect(typed),
      ada().disconnect(typed),
      world.stackdock.sync({ docks: [typed] }),
      world.stackdock.setMember({ userId: "ada", role: typed }),
      world.stackdock.removeMember(typed),
      ada().setMember({ userId: typed, role: "client" }),
      world.stackdock.connect({ provider: typed, credentials: { apiKey: typed } }),
      world.stackdock.connect({
        provider: "acme",
        name: typed,
        credentials: { apiKey: typed, whose: typed },
      }),
      world.stackdock.rotateCredential({ dock: "dock-of-a", credentials: { apiKey: typed } }),
    ]
    const before = (await Promise.allSettled(attempts)).length
    const log = await entries()
    expect(log.length).toBeGreaterThanOrEqual(before)
    expect(inspect(log, { depth: null, maxArrayLength: null })).not.toContain("fake-secret")
    expect(inspect(log, { depth: null, maxArrayLength: null })).not.toMatch(/v1\.[\w-]+\./)
  })
})

describe("an audit log that cannot be written", () => {
  beforeEach(() => {
    world.store.audit.append = async () => {
      throw new StoreError("unavailable", "The disk is full.")
    }
  })

  it("does not hide what went wrong", async () => {
    await expect(ada().disconnect("dock-of-a")).rejects.toMatchObject({ code: "denied" })
    await expect(world.stackdock.disconnect("no-dock")).rejects.toMatchObject({ code: "unknown_dock" })
  })

  it("is told of when all else went well", async () => {
    await expect(world.stackdock.sync()).rejects.toMatchObject({
      code: "not_recorded",
      message: "It was done, but the audit log could not be written (unavailable).",
    })
  })
})
