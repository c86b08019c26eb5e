// @vitest-environment edge-runtime
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { Model, modelDock } from "../engine/provision-model.fixture.ts"
import type { Provisioning } from "../schema/provisionings.ts"
import { type Deployment, deployment } from "./deployment.fixture.ts"

const NOW = new Date("2026-03-01T12:00:00.000Z")
const page = { paginationOpts: { cursor: null, numItems: 50 } }

let model: Model
let here: Deployment
let orgId: string

beforeEach(async () => {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] })
  model = new Model()
  here = await deployment({ docks: [modelDock(model)] })
  orgId = (await here.run("createOrganization", { name: "First", slug: "first", owner: "ada" })).id
  await ada("connect", { provider: "model", credentials: { apiKey: "fake-secret-api-key" } })
  await vi.waitFor(
    async () => expect((await asked("docks"))[0].lastRun).toMatchObject({ status: "succeeded" }),
    { timeout: 20_000 },
  )
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const ada = (name: string, args: Record<string, unknown> = {}) =>
  here.as("ada").action(name, { orgId, ...args })
const asked = (name: string, args: Record<string, unknown> = {}) =>
  here.as("ada").query(name, { orgId, ...args })
const order = (input: Record<string, unknown> = {}) => ({
  dock: "model",
  kind: "site",
  input: { name: "shop", ...input },
})
const status = (id: string) => asked("getProvisionStatus", { id })
const scheduled = () =>
  here.backend.run(async ({ db }) => {
    const jobs = await db.system.query("_scheduled_functions").collect()
    return jobs.filter(({ name }) => name.includes("Provisioning"))
  })

describe("provisioning in a Convex deployment", () => {
  it("writes the intent with the order to look after it, makes it, and goes on until it is ready", async () => {
    model.building = 3
    const report = await ada("provision", order())
    expect(report).toMatchObject({ state: "provisioning", resourceId: null })
    expect(await scheduled()).toMatchObject([{ name: "stackdockWork:resumeProvisioning", args: [{ orgId }] }])
    await here.run("resumeProvisioning", { orgId, id: report.id })
    expect(await status(report.id)).toMatchObject({ state: "provisioning", steps: [{ outcome: "made" }] })
    expect(await scheduled()).toHaveLength(2)
    await here.run("resumeProvisioning", { orgId, id: report.id })
    const done = await status(report.id)
    expect(done).toMatchObject({ state: "provisioned", error: null })
    expect(model.made).toEqual(["site-1"])
    const { row, history } = await asked("resource", { id: done.resourceId })
    expect(row).toMatchObject({ name: "shop", provisioningSource: "api", provisioningState: "provisioned" })
    expect(history.provisionings).toMatchObject([{ id: report.id, requestedBy: "user:ada" }])
    // There is nothing to do any more, and nobody asks for it again.
    await here.run("resumeProvisioning", { orgId, id: report.id })
    expect(await scheduled()).toHaveLength(2)
  })

  it("records a failure, rolls back what was made, and keeps both on record", async () => {
    model.faults.set("create domain", {
      error: { code: "provider_error", status: 422, message: "taken" },
      when: "before",
    })
    const report = await ada("provision", order({ domain: "shop.example" }))
    expect(await status(report.id)).toMatchObject({
      state: "failed",
      error: { message: "taken" },
      steps: [{ name: "site", outcome: "undone" }],
    })
    expect(model.things).toEqual([])
    const { page: entries } = await asked("auditLog", { ...page, result: "failed" })
    expect(entries).toMatchObject([{ action: "provision", targetId: report.id, result: "failed" }])
  })

  it.each(["beginProvisioning", "updateProvisioning", "putRow", "releaseProvisioning"])(
    "makes it once, whichever %s the action dies before",
    async (write) => {
      for (let survived = 0; survived < 8; survived += 1) {
        const before = model.made.length
        const name = `shop-${write}-${survived}`
        let writes = 0
        const dying = here.dying("ada", (called) => {
          if (called === write) writes += 1
          return writes > survived
        })
        await dying.action("provision", { orgId, ...order({ name }) }).catch(() => undefined)
        const died = writes > survived
        const [intent] = (await here.store.provisionings.list(orgId, { unfinished: true })).slice(0, 1)
        if (intent) {
          // A claim ends by itself, and the provider has had its time.
          vi.setSystemTime(Date.now() + 60_000)
          await here.run("resumeProvisioning", { orgId, id: intent.id })
        }
        expect(await here.store.provisionings.list(orgId, { unfinished: true })).toEqual([])
        const made = model.made.length - before
        // Before there was an intent, the provider was not asked.
        expect(made, `after ${survived} writes`).toBe(write === "beginProvisioning" && survived === 0 ? 0 : 1)
        if (!died) break
      }
    },
  )

  it("waits for a decision where nobody can tell, and is not asked again until it is made", async () => {
    model.faults.set("create site", { error: { code: "timeout" }, when: "after" })
    const report = await ada("provision", { ...order(), kind: "blindSite" })
    model.faults.clear()
    await here.run("resumeProvisioning", { orgId, id: report.id })
    expect(await status(report.id)).toMatchObject({ state: "provisioning", needsDecision: true })
    const jobs = (await scheduled()).length
    await here.run("resumeProvisioning", { orgId, id: report.id })
    expect(await scheduled()).toHaveLength(jobs)
    await ada("resume", { id: report.id, decision: { kind: "adopt", id: "site-1" } })
    expect(await status(report.id)).toMatchObject({ state: "provisioned" })
  })

  it("is taken up by the clock when nothing else looks after it any more", async () => {
    model.building = 2
    const report = await ada("provision", order())
    await here.run("recoverProvisionings")
    expect(await scheduled()).toHaveLength(1)
    vi.setSystemTime(NOW.getTime() + 20 * 60_000)
    await here.run("recoverProvisionings")
    expect(await scheduled()).toHaveLength(2)
    await vi.waitFor(async () => expect(await status(report.id)).toMatchObject({ state: "provisioned" }))
  })

  it("is taken up in its turn, though many wait before it that cannot go on", async () => {
    const { id } = await ada("provision", order())
    const intent = await here.store.provisionings.get(orgId, { id })
    if (!intent) throw new Error("There is no intent.")
    const createdAt = "2026-02-01T12:00:00.000Z"
    const waiting = (name: string, dockId: string, updatedAt: string): Provisioning => {
      const own = { id: name, idempotencyKey: name, dockId, createdAt, updatedAt }
      return { ...intent, ...own, state: "provisioning", errorCode: null, finishedAt: null }
    }
    for (let number = 0; number < 50; number += 1)
      await here.store.provisionings.insert(waiting(`stuck-${number}`, "gone", createdAt))
    await here.store.provisionings.insert(waiting("last", intent.dockId, "2026-02-02T12:00:00.000Z"))
    const handedOut = async () =>
      (await scheduled()).filter(({ args }) => (args[0] as { id: string }).id === "last").length
    await here.run("recoverProvisionings")
    expect(await handedOut()).toBe(0)
    await here.run("recoverProvisionings")
    expect(await handedOut()).toBe(1)
  })

  it("removes at the provider, and marks the row", async () => {
    const { resourceId } = await ada("provision", order())
    const report = await ada("deprovision", { resourceId })
    expect(report).toMatchObject({ state: "deprovisioned" })
    expect(model.things).toEqual([])
    expect((await asked("resource", { id: resourceId })).row).toMatchObject({
      provisioningState: "deprovisioned",
      deletedAt: expect.any(String),
    })
  })

  it("hands what is shown once to whoever asked, and no secret to anything that Convex keeps", async () => {
    const password = "fake-secret-password"
    model.building = 2
    const { id } = await ada("provision", order({ password }))
    await here.run("resumeProvisioning", { orgId, id })
    const { resourceId } = await status(id)
    const shown = await ada("act", { resourceId, action: "rename", input: { name: "new" } })
    expect(shown).toMatchObject({ shows: [{ title: "New token", value: "fake-secret-token" }] })
    const { lastRun } = (await asked("docks"))[0]
    await ada("sync")
    await vi.waitFor(async () => expect((await asked("docks"))[0].lastRun.id).not.toBe(lastRun.id), {
      timeout: 20_000,
    })
    const kept = await here.kept()
    expect(kept.scheduled.length).toBeGreaterThan(0)
    expect(kept.given.length).toBeGreaterThan(20)
    const text = JSON.stringify(kept)
    expect(text).toContain("resumeProvisioning")
    const [key] = Object.values<string>(JSON.parse(here.setup.keys ?? "").keys)
    for (const secret of [password, "fake-secret-api-key", "fake-secret-token", key])
      expect(text).not.toContain(secret)
  })
})
