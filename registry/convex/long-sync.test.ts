// @vitest-environment edge-runtime
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { z } from "zod"
import { credentials, secret } from "../core/credentials.ts"
import { type AnyDock, defineDock } from "../core/dock.ts"
import type { Http } from "../core/http.ts"
import { resource } from "../core/resource.ts"
import { type Deployment, deployment } from "./deployment.fixture.ts"

const MINUTE = 60_000
const Item = z.looseObject({ id: z.string() })

/** What the provider has, zone by zone, and how long it takes to tell of one. */
const account = { zones: new Map<string, string[]>(), minutes: 0, listed: [] as string[] }

const slow: AnyDock = defineDock({
  provider: "slow",
  title: "Slow",
  website: "https://slow.example",
  hosts: ["api.slow.example"],
  credentials: credentials({ key: secret("Key") }),
  limits: { windows: [{ requests: 3, seconds: 60 }], documentedAt: "https://slow.example/limits" },
  connect: ({ key }, http: Http) => http.base("https://api.slow.example").bearer(key),
  verify: async () => ({ id: "1", name: "Slow" }),
  sync: {
    dnsRecords: resource("dnsRecords", Item, {
      async *scopes() {
        yield { items: [...account.zones.keys()].map((id) => ({ id })) }
      },
      async *list(_: Http, { id }) {
        account.listed.push(id)
        vi.setSystemTime(Date.now() + account.minutes * MINUTE)
        yield { items: (account.zones.get(id) ?? []).map((name) => ({ id: `${id}/${name}` })) }
      },
      map: ({ id }) => ({ providerResourceId: id, name: id, status: "active" }),
    }),
  },
  actions: {
    dnsRecords: {
      ping: {
        table: "dnsRecords",
        title: "Ping",
        input: z.strictObject({}),
        async run(http: Http) {
          await http.get("/ping")
          return { message: "Pinged." }
        },
      },
    },
  },
})

const range = (count: number) => Array.from({ length: count }, (_, index) => `r${index}`)

let here: Deployment
let orgId: string
let dockId: string

beforeEach(async () => {
  vi.useFakeTimers({ now: new Date("2026-03-01T12:00:00.000Z"), toFake: ["Date"] })
  Object.assign(account, { zones: new Map([["a", range(40)]]), minutes: 0, listed: [] })
  here = await deployment({ docks: [slow] })
  orgId = (await here.run("createOrganization", { name: "First", slug: "first", owner: "ada" })).id
  const ada = here.as("ada")
  dockId = (await ada.action("connect", { orgId, provider: "slow", credentials: { key: "fake-secret" } }))
    .dockId
  await ended("succeeded")
  account.listed = []
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const lastRun = async () => (await here.as("ada").query("docks", { orgId }))[0].lastRun
const ended = (status: string) =>
  vi.waitFor(async () => expect(await lastRun()).toMatchObject({ status }), { timeout: 20_000 })
const count = (deleted = false) => here.store.rows.count("dnsRecords", { orgId, deleted })

describe("a sync that takes longer than an action may", () => {
  it("goes on in further actions, as one run that lists nothing twice", async () => {
    account.zones = new Map(["a", "b", "c", "d", "e"].map((zone) => [zone, range(3)]))
    account.zones.set("a", range(40))
    account.minutes = 3
    const { id: before } = await lastRun()
    await here.as("ada").action("sync", { orgId })
    await vi.waitFor(async () => expect((await lastRun()).id).not.toBe(before), { timeout: 20_000 })
    await ended("succeeded")
    expect(account.listed).toEqual(["a", "b", "c", "d", "e"])
    expect(await lastRun()).toMatchObject({ fetched: 52, inserted: 12, unchanged: 40 })
    expect(await here.store.docks.get(orgId, dockId)).toMatchObject({ leaseHolder: null })
    const audit = await here.as("ada").query("auditLog", { orgId, actor: "system", ...page })
    expect(audit.page.map(({ action, result }: Record<string, string>) => [action, result])).toEqual([
      ["sync", "succeeded"],
      ["sync", "succeeded"],
    ])
  })

  it("leaves nothing locked when its action dies: the claim ends, and the next sync closes its run", async () => {
    const minutes = (count: number) => new Date(Date.now() + count * MINUTE).toISOString()
    await here.store.leases.acquire({ orgId, dockId, holder: "dead", now: minutes(0), expiresAt: minutes(1) })
    const run = {
      ...(await lastRun()),
      id: "dead",
      status: "running",
      startedAt: minutes(0),
      finishedAt: null,
    }
    await here.store.runs.start(run)
    await here.run("syncDock", { orgId, dockId })
    expect(await lastRun()).toMatchObject({ id: "dead", status: "running" })
    vi.setSystemTime(Date.now() + 2 * MINUTE)
    await here.run("syncDock", { orgId, dockId })
    expect(await lastRun()).toMatchObject({ status: "succeeded", unchanged: 40 })
    const runs = await here.backend.run(({ db }) => db.query("syncRuns").collect())
    expect(runs.find(({ id }) => id === "dead")).toMatchObject({ status: "interrupted" })
  })
})

describe("a listing without most of the rows", () => {
  it("stops and asks, and deletes when it is told to", async () => {
    account.zones.set("a", range(3))
    await here.run("syncDock", { orgId, dockId })
    expect(await lastRun()).toMatchObject({ status: "stopped", deleted: 0 })
    expect([await count(), await count(true)]).toEqual([40, 0])
    await here.run("syncDock", { orgId, dockId, allowMassDelete: true })
    expect(await lastRun()).toMatchObject({ status: "succeeded", deleted: 37 })
    expect([await count(), await count(true)]).toEqual([3, 37])
  })
})

describe("the request budget of a credential", () => {
  it("is shared by all actions that use it", async () => {
    const sent: number[] = []
    vi.stubGlobal("fetch", async () => {
      sent.push(Date.now())
      return Response.json({})
    })
    // Whoever has to wait moves the clock on, so that waiting takes no time.
    const wait = globalThis.setTimeout
    vi.stubGlobal("setTimeout", (done: () => void, ms = 0) => {
      if (ms < MINUTE / 12 || ms > MINUTE) return wait(done, ms)
      vi.setSystemTime(Date.now() + ms)
      return wait(done, 0)
    })
    const [row] = (await here.as("ada").query("resources", { orgId, table: "dnsRecords", ...page })).page
    const ping = () => here.as("ada").action("act", { orgId, resourceId: row.id, action: "ping" })
    for (let times = 0; times < 7; times += 1) await ping()
    expect(sent).toHaveLength(7)
    const [first = 0] = sent
    // No action has sent more than one request: only together do they have to wait.
    const windows = sent.map((at) => Math.floor((at - first) / MINUTE))
    for (const window of windows)
      expect(windows.filter((one) => one === window).length).toBeLessThanOrEqual(6)
    expect(windows.at(-1)).toBeGreaterThanOrEqual(1)
  })
})

const page = { paginationOpts: { cursor: null, numItems: 50 } }
