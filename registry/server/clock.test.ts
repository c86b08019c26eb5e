import { expect, it, vi } from "vitest"
import { Clock } from "./clock.ts"
import { Hub } from "./events/hub.ts"
import { openServer } from "./server.fixture.ts"
import { ShownOnceShelf } from "./shown-once.ts"
import { Undertakings } from "./undertakings.ts"
import { Work } from "./work.ts"

const MINUTE_MS = 60_000

async function withClock() {
  const world = await openServer({ neighbour: true })
  const logged: string[] = []
  const log = (line: string) => logged.push(line)
  const work = new Work()
  const undertakings = new Undertakings(new Hub(), work, new ShownOnceShelf(), (error) => log(String(error)))
  return { ...world, work, logged, clock: new Clock({ stackdock: world.stackdock, undertakings, log }) }
}

it("syncs what is due, in every organisation, as the system, and nothing that has no interval", async () => {
  const { clock, stackdock, store, work } = await withClock()
  const neighbour = stackdock.asSystem({ orgId: "org-b-of-b" })
  await clock.tick(Date.now() + 10 * MINUTE_MS)
  expect(await stackdock.runs({})).toHaveLength(1)
  await stackdock.setSyncInterval({ dock: "dock-of-a", minutes: 5 })
  await neighbour.setSyncInterval({ dock: "dock-of-b", minutes: 5 })
  await clock.tick(Date.now() + MINUTE_MS)
  expect(await stackdock.runs({})).toHaveLength(1)
  await clock.tick(Date.now() + 10 * MINUTE_MS)
  await work.close()
  expect(await stackdock.runs({})).toHaveLength(2)
  expect(await neighbour.runs({})).toHaveLength(2)
  const [newest] = (await stackdock.auditPage({ action: "sync", limit: 1 })).entries
  expect(newest).toMatchObject({ actor: "system", orgId: "org-a" })
  await store.close()
})

it("goes on with what is unfinished, less and less often, and not with what a person has to decide", async () => {
  const { clock, stackdock, store, logged } = await withClock()
  const [made] = await stackdock.provisionings()
  const unfinished = async (errorCode: string | null) => {
    const before = await store.provisionings.get("org-a", { id: made?.id ?? "" })
    if (!before) throw new Error("There is no provisioning to begin with.")
    const id = crypto.randomUUID()
    await store.provisionings.insert({
      ...before,
      id,
      idempotencyKey: id,
      state: "provisioning",
      errorCode,
      finishedAt: null,
    })
    return id
  }
  const left = await unfinished(null)
  const waiting = await unfinished("needs_decision")
  await clock.tick()
  await vi.waitFor(async () =>
    expect(await stackdock.provisioning(left)).toMatchObject({ state: "provisioned" }),
  )
  expect(await stackdock.provisioning(waiting)).toMatchObject({ state: "provisioning", needsDecision: true })
  expect(logged).toEqual([])

  await unfinished(null)
  const resumed = vi.spyOn(store.provisionings, "acquire")
  resumed.mockRejectedValue(new TypeError("The store is broken."))
  const now = Date.now()
  for (let minute = 0; minute < 16; minute += 1) {
    await clock.tick(now + minute * MINUTE_MS)
    const tries = [0, 1, 3, 7, 15].filter((at) => at <= minute).length
    await vi.waitFor(() => expect(logged).toHaveLength(tries))
  }
  expect(resumed).toHaveBeenCalledTimes(5)
})

it("says that it could not ask, and asks again a minute later", async () => {
  const { clock, store, logged } = await withClock()
  const list = vi.spyOn(store.organizations, "list").mockRejectedValueOnce(new Error("fake-secret in words"))
  await clock.tick()
  await clock.tick()
  expect(list).toHaveBeenCalledTimes(2)
  expect(logged).toHaveLength(1)
  expect(logged[0]).not.toContain("fake-secret")
})
