import { describe, expect, it } from "vitest"
import { MortalProcess } from "../contract/mortal.ts"
import { collect } from "./fake-dock.fixture.ts"
import type { Store } from "./ports.ts"
import { type Bench, createBench, type Model } from "./provision-model.fixture.ts"
import type { ProvisionReport } from "./provision-report.ts"
import type { Stackdock } from "./stackdock.ts"

const mortalStore = (process: MortalProcess, store: Store): Store => ({
  ...store,
  provisionings: process.within(store.provisionings),
  rows: process.within(store.rows, ["put", "mark", "find"]),
})
const mortalModel = (process: MortalProcess, model: Model): Model =>
  process.within(model, ["create", "find", "remove", "look"])

/** What a process that lives or dies has done, in the end. */
async function run(
  bench: Bench,
  dieAt: number,
  work: (stackdock: Stackdock) => Promise<ProvisionReport>,
): Promise<{ report: ProvisionReport | undefined; moments: number; isDead: boolean }> {
  const process = new MortalProcess(dieAt)
  const stackdock = bench.open({
    store: mortalStore(process, bench.store),
    model: mortalModel(process, bench.model),
  })
  const report = await work(stackdock).catch((error: unknown) => {
    if (!process.isDead) throw error
    return undefined
  })
  return { report, moments: process.moments, isDead: process.isDead }
}

const FOREVER = Number.POSITIVE_INFINITY
/** A lease of a dead process ends, or the next one waits for it: both have to be right. */
const pauses = [0, 60_000]

/**
 * The work, killed at each of its moments, and the next run killed at some of its own; then a run that nobody kills. `check`
 * says what has to be true then.
 */
async function atEveryMoment(
  prepare: () => Promise<Bench>,
  work: (stackdock: Stackdock) => Promise<ProvisionReport>,
  check: (bench: Bench, report: ProvisionReport | undefined) => Promise<void>,
): Promise<number> {
  let cases = 0
  for (let first = 0; ; first += 1) {
    let deaths = 0
    for (let second = first % 3; ; second += 3) {
      const bench = await prepare()
      const pause = pauses[(first + second) % 2] ?? 0
      deaths = Number((await run(bench, first, work)).isDead)
      await bench.clock.sleep(pause)
      const { isDead } = await run(bench, second, work)
      await bench.clock.sleep(pause)
      const { report } = await run(bench, FOREVER, work)
      await check(bench, report)
      cases += 1
      if (!isDead) break
    }
    if (deaths === 0) return cases
  }
}

const input = { name: "one", domain: "example.com" }
/** With a key, asking again after it was done gives what was done. */
const provision = (kind: string) => (stackdock: Stackdock) =>
  stackdock.provision({ dock: "model", kind, input, idempotencyKey: "order-1", wait: true })
const newBench = async () => {
  const bench = await createBench()
  bench.model.building = 2
  return bench
}
const rowsOf = (bench: Bench, deleted = false) => collect(bench.open().resources("webServices", { deleted }))

describe("killed at any moment, and killed again in the run that follows,", () => {
  it("a provision is finished by the next run: each thing is made once, and none is lost", async () => {
    const cases = await atEveryMoment(newBench, provision("site"), async ({ ...bench }, report) => {
      expect(report).toMatchObject({ state: "provisioned", error: null })
      expect(bench.model.made.map((id) => id.split("-")[0])).toEqual(["site", "domain"])
      expect(bench.model.things.map(({ id }) => id)).toEqual(bench.model.made)
      expect(await rowsOf(bench)).toMatchObject([
        {
          providerResourceId: report?.providerResourceId,
          provisioningState: "provisioned",
          provisioningSource: "api",
        },
      ])
      expect(await bench.open().provisionings()).toHaveLength(1)
    })
    expect(cases).toBeGreaterThan(200)
  })

  it("a provision that is refused half-way leaves nothing at the provider", async () => {
    const prepare = async () => {
      const bench = await newBench()
      const error = { code: "conflict", message: "model: taken" } as const
      bench.model.faults.set("create domain", { error, when: "before" })
      return bench
    }
    const cases = await atEveryMoment(prepare, provision("site"), async (bench, report) => {
      expect(report).toMatchObject({ state: "failed", error: { code: "conflict", message: "model: taken" } })
      expect(bench.model.things).toEqual([])
      expect(bench.model.made).toEqual(["site-1"])
      expect(await rowsOf(bench)).toEqual([])
    })
    expect(cases).toBeGreaterThan(200)
  })

  it("a step that cannot be found again is never made twice: it is made, or a person decides", async () => {
    const decided = new Set<boolean>()
    await atEveryMoment(newBench, provision("blindSite"), async (bench, report) => {
      expect(bench.model.made.filter((id) => id.startsWith("site")).length).toBeLessThanOrEqual(1)
      decided.add(report?.needsDecision ?? false)
      if (!report?.needsDecision) {
        expect(report).toMatchObject({ state: "provisioned" })
        expect(bench.model.made).toHaveLength(2)
        return
      }
      const [site] = bench.model.made
      const decision = site ? ({ kind: "adopt", id: site } as const) : ({ kind: "retry" } as const)
      const [after] = await bench.open().resume({ id: report.id, decision, wait: true })
      expect(after).toMatchObject({ state: "provisioned" })
      expect(bench.model.made.map((id) => id.split("-")[0])).toEqual(["site", "domain"])
    })
    expect(decided).toEqual(new Set([true, false]))
  })

  it("a deprovision is finished by the next run", async () => {
    const prepare = async () => {
      const bench = await createBench()
      await provision("site")(bench.open())
      return bench
    }
    let finished = 0
    await atEveryMoment(
      prepare,
      async (stackdock) => {
        const [row] = await collect(stackdock.resources("webServices"))
        if (row) return await stackdock.deprovision({ resourceId: row.id, wait: true })
        const [report] = await stackdock.resume({ wait: true })
        const done = (await stackdock.provisionings()).find(({ operation }) => operation === "deprovision")
        return report ?? done ?? expect.fail("there is no intent")
      },
      async (bench, report) => {
        expect(report).toMatchObject({ operation: "deprovision", state: "deprovisioned", error: null })
        expect(bench.model.things.map(({ kind }) => kind)).toEqual(["domain"])
        expect(await rowsOf(bench)).toEqual([])
        expect(await rowsOf(bench, true)).toMatchObject([{ provisioningState: "deprovisioned" }])
        finished += 1
      },
    )
    expect(finished).toBeGreaterThan(50)
  })
})
