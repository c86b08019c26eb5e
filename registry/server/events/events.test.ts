import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { Secret } from "../../core/secret.ts"
import { type Grants, standardRoles } from "../../engine/permissions.ts"
import type { SyncEvent } from "../../engine/stackdock.ts"
import { Hub } from "./hub.ts"
import { thinned } from "./thin.ts"

const nobody = async () => undefined
const as = (role: keyof typeof standardRoles) => async (): Promise<Grants> => standardRoles[role]

/** What a listener is sent, event by event. */
function open(
  hub: Hub,
  {
    grants = as("owner"),
    session = "one",
    since,
    orgId = "org",
  }: {
    grants?: () => Promise<Grants | undefined>
    session?: string
    since?: string
    orgId?: string
  } = {},
) {
  const reader = hub.listen(orgId, since, { session, grants }).stream().getReader()
  const decoder = new TextDecoder()
  return {
    async next(): Promise<
      { event: string; data: Record<string, unknown>; id: string }[] | "heartbeat" | "end"
    > {
      const { done, value } = await reader.read()
      if (done) return "end"
      const text = decoder.decode(value)
      if (text.startsWith(":")) return "heartbeat"
      return text
        .split("\n\n")
        .slice(0, -1)
        .map((block) => {
          const [, id = "", event = "", data = ""] = /^id: (.*)\nevent: (.*)\ndata: (.*)$/.exec(block) ?? []
          return { id, event, data: JSON.parse(data) }
        })
    },
    cancel: () => reader.cancel(),
  }
}

const page = (fetched: number, table: "servers" | "monitors" = "servers"): SyncEvent => ({
  type: "page",
  dockId: "dock",
  table,
  scope: "",
  fetched,
  total: null,
})

describe("a stream of events", () => {
  it("begins with where it is, and numbers upwards from there", async () => {
    const hub = new Hub()
    const stream = open(hub)
    const [hello] = await stream.next()
    expect(hello).toMatchObject({ event: "hello", id: hub.newest })
    hub.tell("org", { type: "sync", event: page(1) })
    hub.tell("org", { type: "sync", event: page(2) })
    const events = await stream.next()
    expect(events).toMatchObject([
      { event: "progress", data: { of: "sync", event: { fetched: 1 } }, id: hub.idOf(1) },
      { event: "progress", data: { of: "sync", event: { fetched: 2 } }, id: hub.idOf(2) },
    ])
  })

  it("goes on after the last event that was received, without a gap and without a repetition", async () => {
    const hub = new Hub()
    const first = open(hub)
    await first.next()
    hub.tell("org", { type: "sync", event: page(1) })
    const [seen] = await first.next()
    await first.cancel()
    hub.tell("org", { type: "sync", event: page(2) })
    hub.tell("org", { type: "sync", event: page(3) })
    const since = typeof seen === "object" ? seen.id : ""
    const events = await open(hub, { since }).next()
    expect(events).toMatchObject([
      { event: "hello" },
      { data: { event: { fetched: 2 } } },
      { data: { event: { fetched: 3 } } },
    ])
  })

  it.each([
    ["too much has happened", (hub: Hub) => hub.idOf(0)],
    ["the server was started anew", () => "00000000-3"],
    ["it is from the future", (hub: Hub) => hub.idOf(1_000_000)],
    ["it is no id", () => "nonsense"],
  ])("tells whoever comes back to ask for all again where %s", async (_, since) => {
    const hub = new Hub()
    const first = open(hub)
    await first.next()
    for (let number = 0; number < 600; number += 1) hub.tell("org", { type: "sync", event: page(number) })
    expect(await open(hub, { since: since(hub) }).next()).toMatchObject([
      { event: "reset", id: hub.idOf(600) },
    ])
  })

  it("tells an organisation nothing of another", async () => {
    const hub = new Hub()
    const mine = open(hub, { orgId: "mine" })
    await mine.next()
    hub.tell("other", { type: "sync", event: page(1) })
    hub.tell("mine", { type: "sync", event: page(2) })
    expect(await mine.next()).toMatchObject([{ data: { event: { fetched: 2 } } }])
  })

  it("leaves out what the listener may not read", async () => {
    const hub = new Hub()
    const client = open(hub, { grants: as("client") })
    const support = open(hub, { grants: async () => ({ docks: "read", resources: "read" }) })
    await client.next()
    await support.next()
    hub.tell("org", { type: "sync", event: page(1) })
    hub.tell("org", { type: "sync", event: page(2, "monitors") })
    hub.tell("org", { type: "changed", changed: { topics: ["members", "docks", "counts"], tables: null } })
    hub.tell("org", { type: "changed", changed: { topics: ["resources"], tables: ["monitors"] } })
    expect(await client.next()).toMatchObject([
      { event: "changed", data: { topics: ["counts"] } },
      { event: "changed", data: { topics: ["resources"], tables: ["monitors"] } },
    ])
    expect(await support.next()).toMatchObject([
      { event: "progress", data: { event: { table: "servers" } } },
      { event: "changed", data: { topics: ["docks", "counts"] } },
    ])
  })

  it("shows what is told only once to the session that asked for it, and to no other", async () => {
    const hub = new Hub()
    const mine = open(hub, { session: "mine" })
    const other = open(hub, { session: "other" })
    await mine.next()
    await other.next()
    const shows = [{ title: "Password", value: new Secret("fake-secret") }]
    hub.tell("org", { type: "provisioning", session: "mine", event: { type: "shown", id: "p", shows } })
    hub.tell("org", {
      type: "provisioning",
      session: "mine",
      event: { type: "waiting", id: "p", progress: null },
    })
    expect(await mine.next()).toMatchObject([
      { data: { event: { type: "shown", shows: [{ title: "Password", value: "fake-secret" }] } } },
      { data: { event: { type: "waiting" } } },
    ])
    expect(await other.next()).toMatchObject([{ data: { event: { type: "waiting" } } }])
  })

  it("does not pile up for a listener that does not read: it is told to begin anew", async () => {
    const hub = new Hub()
    const slow = open(hub)
    for (let number = 0; number < 5_000; number += 1) hub.tell("org", { type: "sync", event: page(number) })
    const events = await slow.next()
    expect(events.length).toBeLessThanOrEqual(1_001)
    expect(events).toContainEqual(expect.objectContaining({ event: "reset" }))
  })

  it("ends for whoever is nobody any more, and when the server stops", async () => {
    const hub = new Hub()
    expect(await open(hub, { grants: nobody }).next()).toBe("end")
    const throwing = async () => {
      throw new Error("The store is gone.")
    }
    expect(await open(hub, { grants: throwing }).next()).toBe("end")
    let grants = as("owner")
    const removed = open(hub, { grants: () => grants() })
    const stays = open(hub)
    await removed.next()
    await stays.next()
    grants = nobody as never
    hub.recheck("org")
    hub.tell("org", { type: "sync", event: page(1) })
    expect(await removed.next()).toBe("end")
    expect(await stays.next()).toHaveLength(1)
    hub.close()
    expect(await stays.next()).toBe("end")
    expect(await open(hub).next()).toBe("end")
  })
})

describe("time", () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it("does not pass in silence: a heartbeat shows that the connection is there", async () => {
    const hub = new Hub()
    const stream = open(hub)
    await stream.next()
    const waiting = stream.next()
    await vi.advanceTimersByTimeAsync(15_000)
    expect(await waiting).toBe("heartbeat")
  })

  it("gathers changes, so that a fast sync does not make every page ask without end", async () => {
    const hub = new Hub()
    const stream = open(hub)
    await stream.next()
    const told: unknown[] = []
    void (async () => {
      for (;;) told.push(await stream.next())
    })()
    for (let number = 0; number < 100; number += 1) {
      hub.changed("org", ["counts", "resources"], ["servers"])
      await vi.advanceTimersByTimeAsync(20)
    }
    await vi.advanceTimersByTimeAsync(2_000)
    expect(told.length).toBeLessThanOrEqual(4)
    expect(told[0]).toMatchObject([{ data: { topics: ["counts", "resources"], tables: ["servers"] } }])
  })

  it("lets a scope tell of its pages five times a second, and never loses the last one", async () => {
    const told: SyncEvent[] = []
    const tell = thinned(
      (event) => told.push(event),
      () => Date.now(),
    )
    for (let fetched = 1; fetched <= 100; fetched += 1) {
      tell(page(fetched))
      await vi.advanceTimersByTimeAsync(10)
    }
    expect(told.length).toBeLessThanOrEqual(6)
    tell({ type: "dock-finished", dockId: "dock", report: { status: "failed" } as never })
    expect(told.slice(-2)).toMatchObject([{ type: "page", fetched: 100 }, { type: "dock-finished" }])
  })
})
