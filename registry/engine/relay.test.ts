import { beforeEach, describe, expect, it } from "vitest"
import { memoryStore } from "../stores/memory/index.ts"
import { dockError, dockRow, type FakeAccount, NOW, pages, syncFake } from "./fake-dock.fixture.ts"
import type { Store } from "./ports.ts"
import { type Baton, combined } from "./relay.ts"
import type { SyncDock } from "./sync.ts"

const ZONES = ["a", "b", "c", "d", "e"]

describe("a sync whose process may only run for so long", () => {
  let store: Store
  let clock: number
  let listed: string[]

  beforeEach(async () => {
    store = memoryStore()
    await store.docks.insert(dockRow())
    clock = Date.parse(NOW)
    listed = []
  })

  const account = (zones = ZONES, failing?: string): FakeAccount => ({
    zones: () => pages(zones.map((id) => ({ id }))),
    records(zone) {
      listed.push(zone)
      clock += 60_000
      return pages([{ id: `${zone}-1` }, { id: `${zone}-2` }], zone === failing ? { failOn: 0 } : {})
    },
  })

  /** One process, which has time for two zones. */
  const go = async (of: FakeAccount, from?: Baton, options: Partial<SyncDock> = {}) => {
    const until = clock + 120_000
    let baton: Baton | undefined
    const relay = {
      from,
      isTimeUp: () => clock >= until,
      async passOn(next: Baton) {
        baton = JSON.parse(JSON.stringify(next))
      },
    }
    const report = await syncFake(store, of, { tables: ["dnsRecords"], now: () => clock, relay, ...options })
    return { report, baton }
  }
  const whole = async (of: FakeAccount) => {
    let went = await go(of)
    while (went.baton) went = await go(of, went.baton)
    return went.report
  }

  it("is one run of several processes, and reads no scope twice", async () => {
    const first = await go(account())
    expect(await store.runs.latest("org-1", "dock-1")).toMatchObject({ status: "running" })
    const second = await go(account(), first.baton)
    const third = await go(account(), second.baton)
    expect(listed).toEqual(ZONES)
    expect(third.baton).toBeUndefined()
    expect(await store.runs.latest("org-1", "dock-1")).toMatchObject({
      id: first.baton?.run.id,
      status: "succeeded",
      fetched: 10,
      inserted: 10,
    })
    expect(await store.docks.get("org-1", "dock-1")).toMatchObject({ leaseHolder: null, lastError: null })
  })

  it("keeps its dock between two of them, and no longer than a killed process does", async () => {
    const { baton } = await go(account())
    expect((await go(account())).report.status).toBe("busy")
    clock += 61_000
    const after = await go(account())
    expect(after.report.status).not.toBe("busy")
    expect((await go(account(), baton)).report).toMatchObject({ status: "busy", scopes: [] })
  })

  it("empties a scope that is gone only once all others were read", async () => {
    await whole(account())
    const left = ZONES.filter((zone) => zone !== "b")
    const { baton } = await go(account(left))
    expect(await store.rows.count("dnsRecords", { orgId: "org-1" })).toBe(10)
    let went = await go(account(left), baton)
    while (went.baton) went = await go(account(left), went.baton)
    expect(await store.rows.count("dnsRecords", { orgId: "org-1", deleted: true })).toBe(2)
  })

  it("proves nothing gone when a part before had failed, and says so in the end", async () => {
    await whole(account())
    listed = []
    expect(await whole(account(ZONES.slice(0, 4), "a"))).toMatchObject({ status: "partial" })
    expect(listed).toEqual(["a", "b", "c", "d"])
    expect(await store.rows.count("dnsRecords", { orgId: "org-1" })).toBe(10)
    expect(await store.runs.latest("org-1", "dock-1")).toMatchObject({
      status: "partial",
      error: dockError("provider_error").message,
    })
  })

  it("has failed when nobody can be found to go on, and leaves nothing locked", async () => {
    const passOn = () => Promise.reject(dockError("network"))
    const relay = { isTimeUp: () => true, passOn }
    const { report } = await go(account(), undefined, { relay })
    expect(report).toMatchObject({ status: "failed", error: { code: "network" } })
    expect(await store.docks.get("org-1", "dock-1")).toMatchObject({ leaseHolder: null })
  })

  it("does one scope at least, however late it is", async () => {
    const relay = { isTimeUp: () => true, passOn: async () => {} }
    await go(account(), undefined, { relay })
    expect(listed).toEqual(["a"])
  })
})

describe("the parts of a run", () => {
  it.each([
    [undefined, "failed", "failed"],
    ["succeeded", "succeeded", "succeeded"],
    ["failed", "failed", "failed"],
    ["failed", "succeeded", "partial"],
    ["partial", "succeeded", "partial"],
    ["stopped", "succeeded", "stopped"],
    ["succeeded", "stopped", "stopped"],
    ["succeeded", "canceled", "canceled"],
  ] as const)("%s and then %s are %s", (before, now, whole) => {
    expect(combined(before, now)).toBe(whole)
  })
})
