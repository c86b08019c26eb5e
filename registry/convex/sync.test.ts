// @vitest-environment edge-runtime
import { afterEach, describe, expect, it, vi } from "vitest"
import { cloudflare } from "../docks/cloudflare/index.ts"
import { gridpane } from "../docks/gridpane/index.ts"
import { netlify } from "../docks/netlify/index.ts"
import { vercel } from "../docks/vercel/index.ts"
import type { ResourceTableName } from "../schema/index.ts"
import { deployment } from "./deployment.fixture.ts"
import { recordedProvider, unhurried } from "./recorded-provider.fixture.ts"

const providers = [
  ["gridpane", gridpane, { apiKey: "fake-secret-token" }],
  ["vercel", vercel, { token: "fake-secret-token" }],
  ["netlify", netlify, { token: "fake-secret-token" }],
  ["cloudflare", cloudflare, { apiToken: "fake-secret-token" }],
] as const
type Connected = (typeof providers)[number]

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** A deployment in which ada has connected the dock, and its first sync is over. */
async function connected([, dock, credentials]: Connected) {
  const provider = recordedProvider(dock)
  const here = await deployment({ docks: [unhurried(dock)] })
  const { id: orgId } = await here.run("createOrganization", { name: "First", slug: "first", owner: "ada" })
  const ada = here.as("ada")
  const { dockId } = await ada.action("connect", { orgId, provider: dock.provider, credentials })
  const lastRun = async () => (await ada.query("docks", { orgId }))[0].lastRun
  const finished = () =>
    vi.waitFor(async () => expect((await lastRun())?.finishedAt).toBeTypeOf("string"), { timeout: 20_000 })
  await finished()
  const sync = async (options = {}) => {
    await here.run("syncDock", { orgId, dockId, ...options })
    return await lastRun()
  }
  const count = (table: ResourceTableName, deleted = false) =>
    here.store.rows.count(table, { orgId, deleted })
  return { ...provider, ...here, orgId, ada, dockId, lastRun, finished, sync, count }
}

describe("a sync in a Convex deployment", () => {
  it.each(providers)("of %s: stores what is recorded, and finds it unchanged", async (...provider) => {
    const { sync, count, lastRun, rowsOf, ada, orgId } = await connected(provider as Connected)
    const total = [...rowsOf.values()].reduce((sum, rows) => sum + rows, 0)
    expect(await lastRun()).toMatchObject({ status: "succeeded", inserted: total })
    for (const [table, rows] of rowsOf) expect(await count(table as ResourceTableName), table).toBe(rows)
    expect(await sync()).toMatchObject({ status: "succeeded", inserted: 0, updated: 0, unchanged: total })

    const dashboard: { table: string; total: number }[] = await ada.query("dashboard", { orgId })
    expect(new Map(dashboard.filter((one) => one.total > 0).map((one) => [one.table, one.total]))).toEqual(
      rowsOf,
    )
  })

  it("keeps every row when a page fails, and waits longer before it tries again", async () => {
    const { sync, count, played, rowsOf, backend, dockId } = await connected(providers[0])
    const due = async () => {
      const [schedule] = await backend.run(({ db }) => db.query("syncSchedules").collect())
      return {
        failures: schedule?.failures,
        inMinutes: (Date.parse(schedule?.dueAt ?? "") - Date.now()) / 60_000,
      }
    }
    expect(await due()).toMatchObject({ failures: 0 })
    for (const page of ["1", "2"]) {
      played.instead = ({ url }) =>
        url.pathname.endsWith("/site") && (url.searchParams.get("page") ?? "1") === page
          ? Response.json({ message: "no" }, { status: 403 })
          : undefined
      const run = await sync()
      expect(run, page).toMatchObject({ deleted: 0, error: expect.stringContaining("403") })
      expect(await count("webServices")).toBe(rowsOf.get("webServices"))
    }
    played.instead = () => Response.json({ message: "no" }, { status: 401 })
    await sync()
    await sync()
    const { failures, inMinutes } = await due()
    expect(failures).toBe(2)
    expect(Math.round(inMinutes ?? 0)).toBe(60)
    played.instead = undefined
    await sync()
    expect(await due()).toMatchObject({ failures: 0 })
    expect(await backend.run(({ db }) => db.query("docks").first())).toMatchObject({
      id: dockId,
      leaseHolder: null,
    })
  })

  it("marks as deleted what a whole listing no longer has, and brings it back", async () => {
    const { sync, count, played, rowsOf } = await connected(providers[0])
    const rows = rowsOf.get("servers") ?? 0
    played.instead = ({ url }, recorded) => {
      if (!url.pathname.endsWith("/server") || !recorded) return undefined
      const body = structuredClone(recorded.response.body) as { data: unknown[]; meta?: { total?: number } }
      body.data.pop()
      if (body.meta?.total) body.meta.total -= 1
      return Response.json(body)
    }
    await sync()
    expect([await count("servers"), await count("servers", true)]).toEqual([rows - 1, 1])
    played.instead = undefined
    await sync()
    expect([await count("servers"), await count("servers", true)]).toEqual([rows, 0])
  })

  it("is asked for by the clock, once an interval, and by nobody for a dock that is disconnected", async () => {
    const { run, played, ada, orgId, finished, lastRun, backend } = await connected(providers[0])
    const { id: first } = await lastRun()
    played.sent.length = 0
    await run("syncDue")
    expect(played.sent).toEqual([])
    for (const minutes of [0, 1.5, 1e300])
      await expect(ada.action("setSyncInterval", { orgId, dock: "gridpane", minutes })).rejects.toThrow(
        "a whole number",
      )
    await ada.action("setSyncInterval", { orgId, dock: "gridpane", minutes: 5 })
    vi.useFakeTimers({ now: Date.now() + 6 * 60_000, toFake: ["Date"] })
    await run("syncDue")
    await vi.waitFor(async () => expect((await lastRun()).id).not.toBe(first), { timeout: 20_000 })
    await finished()
    await ada.action("disconnect", { orgId, dock: "gridpane" })
    vi.setSystemTime(Date.now() + 60 * 60_000)
    await run("syncDue")
    expect(await backend.run(({ db }) => db.query("syncSchedules").collect())).toEqual([])
  })
})
