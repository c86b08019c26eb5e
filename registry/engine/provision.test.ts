import { beforeEach, describe, expect, it } from "vitest"
import { Secret } from "../core/secret.ts"
import type { ResourceRow } from "../schema/index.ts"
import { collect } from "./fake-dock.fixture.ts"
import { type Bench, createBench, type modelError } from "./provision-model.fixture.ts"
import type { Decision, ProvisionEvent, ProvisionReport } from "./provision-report.ts"

let bench: Bench
beforeEach(async () => {
  bench = await createBench()
})

const site = (input: Record<string, unknown> = { name: "one" }, more: object = {}) =>
  bench.open().provision({ dock: "model", kind: "site", input, wait: true, ...more })
const sites = (deleted = false): Promise<ResourceRow<"webServices">[]> =>
  collect(bench.open().resources("webServices", { deleted }))
const failsWith = (
  name: string,
  code: Parameters<typeof modelError>[0]["code"],
  when: "before" | "after" = "before",
) => bench.model.faults.set(name, { error: { code: code ?? "timeout", message: `model: ${code}` }, when })
const firstRow = async () => (await sites())[0]?.id ?? ""

describe("provision", () => {
  it("writes the intent before the provider hears of it", async () => {
    const seen: unknown[] = []
    const create = bench.model.create.bind(bench.model)
    bench.model.create = async (kind, name) => {
      seen.push(await bench.store.provisionings.list("default"))
      return create(kind, name)
    }
    await site()
    expect(seen).toMatchObject([
      [
        {
          state: "provisioning",
          kind: "site",
          input: { name: "one" },
          steps: [{ name: "site", outcome: "started", id: null }],
        },
      ],
    ])
  })

  it("makes every step, waits until it is ready, and writes the row through the dock's mapping", async () => {
    bench.model.building = 3
    const events: ProvisionEvent[] = []
    const onProgress = (event: ProvisionEvent) => events.push(event)
    const report = await site({ name: "one", domain: "example.com" }, { onProgress })
    expect(report).toMatchObject({
      state: "provisioned",
      kind: "site",
      table: "webServices",
      providerResourceId: "site-1",
      resourceId: "webServices_1",
      error: null,
      needsDecision: false,
      requestedBy: "local",
      steps: [
        { name: "site", outcome: "made", id: "site-1" },
        { name: "domain", outcome: "made", id: "domain-2" },
      ],
    })
    const { createdAt, finishedAt } = report
    expect(await sites()).toMatchObject([
      {
        id: "webServices_1",
        name: "one",
        status: "active",
        provisioningSource: "api",
        provisioningState: "provisioned",
        provisionedAt: finishedAt,
        fullApiData: { id: "site-1", kind: "site", name: "one" },
      },
    ])
    expect(createdAt < (finishedAt ?? "")).toBe(true)
    expect(bench.clock.slept).toEqual([2_000, 3_000])
    expect(
      events.map((event) => ("outcome" in event ? `${event.step} ${event.outcome}` : event.type)),
    ).toEqual([
      ...["started", "site started", "site made", "domain started", "domain made", "waiting", "waiting"],
    ])
  })

  it("without waiting looks once, and the next run goes on", async () => {
    bench.model.building = 2
    const report = await site(undefined, { wait: false })
    expect(report).toMatchObject({ state: "provisioning", error: null, finishedAt: null, resourceId: null })
    expect(await sites()).toEqual([])
    expect(await bench.open().resume()).toMatchObject([{ id: report.id, state: "provisioned" }])
    expect(bench.model.made).toEqual(["site-1"])
    expect(await bench.open().resume()).toEqual([])
  })

  it("does not wait for ever", async () => {
    bench.model.building = Number.POSITIVE_INFINITY
    expect(await site()).toMatchObject({ state: "provisioning", error: { code: "not_ready" } })
    const waited = bench.clock.slept.reduce((sum, ms) => sum + ms, 0)
    expect(waited).toBeGreaterThan(25 * 60_000)
    expect(waited).toBeLessThanOrEqual(30 * 60_000)
    expect(Math.max(...bench.clock.slept)).toBe(30_000)
  })

  it("keeps looking when a look fails in a way that passes", async () => {
    failsWith("look", "provider_error")
    bench.model.faults.set("look", { error: { code: "provider_error", status: 503 }, when: "before" })
    const sleep = bench.clock.sleep
    bench.clock.sleep = async (ms) => {
      if (bench.clock.slept.length === 3) bench.model.faults.clear()
      await sleep(ms)
    }
    expect(await site()).toMatchObject({ state: "provisioned", error: null })
    expect(bench.clock.slept).toHaveLength(4)
  })

  it("keeps what was made when it is no longer allowed to look", async () => {
    failsWith("look", "unauthorized")
    expect(await site()).toMatchObject({ state: "provisioning", error: { code: "unauthorized" } })
    bench.model.faults.clear()
    expect(await site()).toMatchObject({ state: "provisioned", error: null })
    expect(bench.model.made).toEqual(["site-1"])
  })

  it("keeps what was made and will not get ready, with its row and the reason", async () => {
    bench.model.broken = "model: the build failed"
    const report = await site()
    expect(report).toMatchObject({
      state: "failed",
      providerResourceId: "site-1",
      resourceId: "webServices_1",
      error: { code: "build_failed", message: "model: the build failed" },
    })
    expect(await sites()).toMatchObject([{ provisioningState: "failed", provisionedAt: null }])
    bench.model.broken = undefined
    const removed = await bench.open().deprovision({ resourceId: "webServices_1", wait: true })
    expect(removed).toMatchObject({ state: "deprovisioned" })
  })

  it("that is given up has all that it made removed, the last first", async () => {
    bench.model.building = 100
    const { id } = await site({ name: "one", domain: "example.com" }, { wait: false })
    const [report] = await bench.open().resume({ id, decision: { kind: "abandon" } })
    expect(report).toMatchObject({
      state: "failed",
      error: { code: "abandoned", message: "It was given up." },
    })
    expect(bench.model.removed).toEqual(["domain-2", "site-1"])
  })

  it("makes two when it is asked twice, and one when it is asked twice with one key", async () => {
    await site({ name: "a" })
    await site({ name: "a" })
    expect(bench.model.made).toHaveLength(2)
    const first = await site({ name: "b" }, { idempotencyKey: "order-1" })
    const again = await site({ name: "b" }, { idempotencyKey: "order-1" })
    expect(again).toEqual(first)
    expect(bench.model.made).toHaveLength(3)
    await expect(site({ name: "c" }, { idempotencyKey: "order-1" })).rejects.toMatchObject({
      code: "not_possible",
    })
  })

  it("refuses what the dock cannot make, and names what it can", async () => {
    const making = bench.open().provision({ dock: "model", kind: "toString", input: {} })
    await expect(making).rejects.toMatchObject({
      code: "unknown_kind",
      suggestion: "It makes site, blindSite.",
    })
  })

  it("refuses an input before anything is sent or written, and names field and values", async () => {
    await expect(site({ region: "north", colour: "red" })).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringMatching(
        /name is missing: expected string; region: expected one of "east"\|"west"; colour: there is no such field, only name, region, domain, password/,
      ),
    })
    expect(bench.model.made).toEqual([])
    expect(await bench.open().provisionings()).toEqual([])
  })
})

describe("a step that the provider refuses", () => {
  it("fails with the provider's code and message, which stay on the row", async () => {
    bench.model.faults.set("create site", {
      error: { code: "invalid_request", providerCode: "name_reserved", message: "model: reserved" },
      when: "before",
    })
    const report = await site()
    expect(report).toMatchObject({
      state: "failed",
      error: { code: "name_reserved", message: "model: reserved" },
      steps: [],
    })
    expect(await bench.open().provisionings()).toEqual([report])
    expect(await collect(bench.open().auditLog())).toMatchObject([
      {
        action: "provision",
        result: "failed",
        errorCode: "name_reserved",
        targetTable: "provisionings",
        targetId: report.id,
      },
      { action: "connect" },
    ])
  })

  it("has what was made before it removed", async () => {
    failsWith("create domain", "conflict")
    const report = await site({ name: "one", domain: "example.com" })
    expect(report).toMatchObject({
      state: "failed",
      error: { code: "conflict" },
      steps: [{ name: "site", outcome: "undone" }],
    })
    expect(bench.model.things).toEqual([])
    expect(bench.model.made).toEqual(["site-1"])
  })

  it("and what cannot be removed is said, recorded, and can be tried again", async () => {
    failsWith("create domain", "conflict")
    failsWith("remove site", "forbidden")
    const report = await site({ name: "one", domain: "example.com" })
    const left = { name: "site", outcome: "left", id: "site-1", error: "model: forbidden" }
    const message = "model: conflict Could not be removed: site site-1."
    expect(report).toMatchObject({ state: "failed", error: { code: "conflict", message }, steps: [left] })
    const abandon = () => bench.open().resume({ id: report.id, decision: { kind: "abandon" } })
    expect(await abandon()).toMatchObject([{ state: "failed", error: { message }, steps: [left] }])
    bench.model.faults.clear()
    expect(await abandon()).toMatchObject([
      { state: "failed", error: { message: "model: conflict" }, steps: [{ outcome: "undone" }] },
    ])
    expect(bench.model.things).toEqual([])
    await expect(abandon()).rejects.toMatchObject({ code: "not_possible" })
  })

  it("only for now is made by the next run", async () => {
    failsWith("create domain", "rate_limited")
    const input = { name: "one", domain: "example.com" }
    expect(await site(input)).toMatchObject({ state: "provisioning", error: { code: "rate_limited" } })
    bench.model.faults.clear()
    expect(await site(input)).toMatchObject({ state: "provisioned" })
    expect(bench.model.made).toEqual(["site-1", "domain-2"])
  })
})

describe("a step that times out", () => {
  it.each([
    { when: "after", made: ["site-1"] },
    { when: "before", made: ["site-1"] },
  ] as const)("$when it was done is unknown, and the next run asks the provider", async ({ when, made }) => {
    failsWith("create site", "timeout", when)
    const report = await site()
    expect(report).toMatchObject({
      state: "provisioning",
      error: { code: "timeout" },
      steps: [{ outcome: "started" }],
    })
    bench.model.faults.clear()
    expect(await site()).toMatchObject({ id: report.id, state: "provisioned", providerResourceId: "site-1" })
    expect(bench.model.made).toEqual(made)
  })

  it("is picked up by the next run of anything on that account", async () => {
    failsWith("create site", "network", "after")
    const { id } = await site({ name: "first" })
    bench.model.faults.clear()
    await site({ name: "second" })
    expect(await bench.open().provisionings()).toMatchObject([
      { state: "provisioned", input: { name: "second" } },
      { state: "provisioned", id },
    ])
    expect(bench.model.made).toEqual(["site-1", "site-2"])
    const audit = await collect(bench.open().auditLog())
    expect(audit).toContainEqual(
      expect.objectContaining({ actor: "system", action: "resume", targetId: id, result: "succeeded" }),
    )
  })

  it("is not taken for a stranger's that was there before", async () => {
    bench.model.things.push({ id: "site-0", kind: "site", name: "one" })
    failsWith("create site", "timeout")
    const { id } = await site()
    bench.model.faults.clear()
    const [report] = await bench.open().resume()
    expect(report).toMatchObject({
      id,
      state: "provisioning",
      needsDecision: true,
      error: { message: expect.stringContaining("(site-0)") },
    })
    expect(bench.model.made).toEqual([])
  })

  it("is given time to come to something before it is taken for nothing", async () => {
    failsWith("create site", "timeout")
    await site()
    bench.model.faults.clear()
    const sleep = bench.clock.sleep
    bench.clock.sleep = async (ms) => {
      if (bench.model.made.length === 0) await bench.model.create("site", "one")
      await sleep(ms)
    }
    expect(await site()).toMatchObject({ state: "provisioned", providerResourceId: "site-1" })
    expect(bench.model.made).toEqual(["site-1"])
  })
})

describe("where the provider offers no way to tell", () => {
  let unknown: ProvisionReport
  const blind = (input: object = { name: "one" }) =>
    bench.open().provision({ dock: "model", kind: "blindSite", input, wait: true })
  const decide = async (decision: Decision) =>
    (await bench.open().resume({ id: unknown.id, decision, wait: true }))[0]

  beforeEach(async () => {
    failsWith("create site", "timeout", "after")
    unknown = await blind()
    bench.model.faults.clear()
    bench.clock.sleep(60_000)
  })

  it("a person decides, and until then nothing is made", async () => {
    for (const again of [await blind(), (await bench.open().resume())[0]]) {
      expect(again).toMatchObject({ id: unknown.id, state: "provisioning", needsDecision: true })
      expect(again?.error?.suggestion).toContain(`npx stackdock provisionings ${unknown.id} with --adopt`)
    }
    expect(bench.model.made).toEqual(["site-1"])
  })

  it("that it was made", async () => {
    expect(await decide({ kind: "adopt", id: "site-1" })).toMatchObject({
      state: "provisioned",
      providerResourceId: "site-1",
      needsDecision: false,
    })
    expect(bench.model.made).toEqual(["site-1"])
  })

  it("that it was not made", async () => {
    bench.model.things = []
    expect(await decide({ kind: "retry" })).toMatchObject({
      state: "provisioned",
      providerResourceId: "site-2",
    })
  })

  it("or that it is given up", async () => {
    expect(await decide({ kind: "abandon" })).toMatchObject({
      state: "failed",
      error: { code: "abandoned", message: "It was given up. May have been made: site." },
      steps: [{ outcome: "unknown" }],
    })
    await expect(decide({ kind: "retry" })).rejects.toMatchObject({ code: "not_possible" })
  })
})

describe("secrets", () => {
  const input = { name: "one", domain: "example.com", password: "fake-secret-password" }

  it("of the input are kept nowhere", async () => {
    const report = await site(input)
    const { password: _, ...rest } = input
    expect(report.input).toEqual(rest)
    const kept = JSON.stringify([
      await bench.store.provisionings.list("default"),
      report,
      await collect(bench.open().auditLog()),
    ])
    expect(kept).not.toContain("fake-secret-password")
    expect(bench.model.things[0]?.password).toBe("fake-secret-password")
  })

  it("that are still needed are asked for again, and what needs none goes on without", async () => {
    failsWith("create site", "timeout")
    await site(input)
    bench.model.faults.clear()
    expect(await bench.open().resume()).toMatchObject([
      {
        state: "provisioning",
        needsDecision: true,
        error: { message: expect.stringContaining("give them again") },
      },
    ])
    expect(bench.model.made).toEqual([])
    expect(await site(input)).toMatchObject({ state: "provisioned" })
    expect(bench.model.things[0]?.password).toBe("fake-secret-password")

    bench.model.building = 2
    const other = { name: "two", password: "fake-secret-password" }
    await site(other, { wait: false })
    expect(await bench.open().resume()).toMatchObject([{ state: "provisioned" }])
  })
})

describe("deprovision", () => {
  beforeEach(async () => {
    await site({ name: "one" })
  })

  const remove = async (more: object = {}) =>
    bench.open().deprovision({ resourceId: await firstRow(), wait: true, ...more })

  it("removes it at the provider, and keeps its row as gone", async () => {
    const resourceId = await firstRow()
    expect(await remove()).toMatchObject({
      operation: "deprovision",
      state: "deprovisioned",
      error: null,
      resourceId,
    })
    expect(bench.model.things).toEqual([])
    expect(await sites()).toEqual([])
    const [gone] = await sites(true)
    expect(gone).toMatchObject({
      id: resourceId,
      provisioningState: "deprovisioned",
      provisioningSource: "api",
    })
    await expect(bench.open().deprovision({ resourceId })).rejects.toMatchObject({ code: "not_possible" })
  })

  it("of what was found, too, and a sync changes nothing about it", async () => {
    bench.model.things.push({ id: "site-9", kind: "site", name: "found" })
    await bench.open().sync()
    const found = (await sites()).find(({ name }) => name === "found")
    await bench.open().deprovision({ resourceId: found?.id ?? "", wait: true })
    await bench.open().sync()
    expect(
      (await sites(true)).map((row) => [row.name, row.provisioningSource, row.provisioningState]),
    ).toEqual([["found", "manual", "deprovisioned"]])
  })

  it("waits until it is gone", async () => {
    const destroy = bench.model.remove.bind(bench.model)
    bench.model.remove = async () => {}
    bench.clock.slept = []
    const sleep = bench.clock.sleep
    bench.clock.sleep = async (ms) => {
      if (bench.clock.slept.length === 2) await destroy("site-1")
      await sleep(ms)
    }
    expect(await remove({ wait: false })).toMatchObject({ state: "deprovisioning", error: null })
    expect((await sites())[0]).toMatchObject({ provisioningState: "deprovisioning", deletedAt: null })
    expect(await remove()).toMatchObject({ state: "deprovisioned" })
    expect(bench.clock.slept).toHaveLength(3)
    expect(
      (await bench.open().provisionings()).filter(({ operation }) => operation === "deprovision"),
    ).toHaveLength(1)
  })

  it("that is refused fails, keeps the row, and can be asked for again", async () => {
    failsWith("remove site", "forbidden")
    expect(await remove()).toMatchObject({ state: "failed", error: { code: "forbidden" } })
    expect((await sites())[0]).toMatchObject({ provisioningState: "failed", deletedAt: null })
    bench.model.faults.clear()
    expect(await remove()).toMatchObject({ state: "deprovisioned" })
  })

  it("that times out is unknown, and done again by the next run", async () => {
    failsWith("remove site", "timeout", "after")
    expect(await remove()).toMatchObject({ state: "deprovisioning", error: { code: "timeout" } })
    bench.model.faults.clear()
    expect(await bench.open().resume()).toMatchObject([{ state: "deprovisioned", error: null }])
  })

  it("refuses what it does not know", async () => {
    await expect(bench.open().deprovision({ resourceId: "webServices_99" })).rejects.toMatchObject({
      code: "unknown_resource",
    })
  })
})

describe("what is shown once", () => {
  it("is shown as soon as it is made: what is waited for may depend on it", async () => {
    bench.model.building = 3
    const create = bench.model.create.bind(bench.model)
    const command = { title: "Command", value: new Secret("fake-secret-command") }
    bench.model.create = async (...args) => ({ ...(await create(...args)), shows: [command] })
    const events: ProvisionEvent[] = []
    const report = await site({ name: "one" }, { onProgress: (event: ProvisionEvent) => events.push(event) })
    const types = events.map((event) => event.type)
    expect(types.indexOf("shown")).toBeGreaterThan(-1)
    expect(types.indexOf("shown")).toBeLessThan(types.indexOf("waiting"))
    expect(report.shows).toEqual([command])
    expect(JSON.stringify(events)).not.toContain("fake-secret")
  })
})

describe("an action", () => {
  beforeEach(async () => {
    await site({ name: "one" })
  })
  const act = async (action: string, input?: object) =>
    bench.open().act({ resourceId: await firstRow(), action, input })

  it("is done, and changes the row through the dock's mapping", async () => {
    expect(await act("rename", { name: "two" })).toMatchObject({
      action: "rename",
      message: "Renamed to two.",
    })
    expect(await sites()).toMatchObject([{ id: await firstRow(), name: "two", provisioningSource: "api" }])
    expect((await collect(bench.open().auditLog()))[0]).toMatchObject({
      action: "act",
      result: "succeeded",
      targetTable: "webServices",
    })
  })

  it("tells its secrets to whoever asked, and to nobody else", async () => {
    const report = await act("rename", { name: "two" })
    expect(report.shows[0]?.value.reveal()).toBe("fake-secret-token")
    expect(JSON.stringify([report, await sites(), await collect(bench.open().auditLog())])).not.toContain(
      "fake-secret",
    )
  })

  it("that is not there, or is asked for wrongly, is refused before anything is sent", async () => {
    await expect(act("explode")).rejects.toMatchObject({
      code: "unknown_action",
      suggestion: "It has rename.",
    })
    await expect(act("rename")).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining("name is missing"),
    })
  })

  it("that times out may have been done, and says so", async () => {
    failsWith("rename", "timeout", "after")
    await expect(act("rename", { name: "two" })).rejects.toMatchObject({
      code: "timeout",
      suggestion: expect.stringContaining("not known whether"),
    })
    expect((await collect(bench.open().auditLog()))[0]).toMatchObject({
      action: "act",
      result: "failed",
      errorCode: "timeout",
    })
  })
})

it("two at once do not work on one intent", async () => {
  bench.model.building = 2
  await site(undefined, { wait: false })
  const [intent] = await bench.store.provisionings.list("default")
  const holder = "somebody who is alive"
  const owner = { orgId: "default", id: intent?.id ?? "", holder }
  const claim = () => {
    const now = bench.clock.now()
    return bench.store.provisionings.acquire(owner, {
      now: new Date(now).toISOString(),
      expiresAt: new Date(now + 15_000).toISOString(),
    })
  }
  await claim()
  const sleep = bench.clock.sleep
  bench.clock.sleep = async (ms) => {
    await sleep(ms - 1)
    await claim()
    await sleep(1)
  }
  await expect(site()).rejects.toMatchObject({ code: "busy" })
  bench.clock.sleep = sleep
  expect(await site()).toMatchObject({ state: "provisioned" })
  expect(bench.model.made).toEqual(["site-1"])
})
