import { beforeEach, describe, expect, it } from "vitest"
import {
  collect,
  dockError,
  dockRow,
  type FakeServer,
  NOW,
  pages,
  someServers,
  syncFake,
} from "./fake-dock.fixture.ts"
import type { RowFilter, Store } from "./ports.ts"
import type { ScopeReport, SyncEvent } from "./stackdock.ts"

const ORG: RowFilter = { orgId: "org-1" }
const LATER = () => Date.parse(NOW) + 3_600_000

/** What a sync promises, whatever the store. */
export function syncSuite(name: string, openStore: () => Promise<Store>): void {
  describe(`a sync into ${name}`, () => {
    let store: Store

    beforeEach(async () => {
      store = await openStore()
      await store.docks.insert(dockRow())
      return () => store.close()
    })

    const live = async () =>
      (await collect(store.rows.list("servers", ORG))).map((row) => row.providerResourceId)
    const fill = (servers: FakeServer[]) => syncFake(store, { servers: () => pages(servers) })

    it("stores every page and says what it did", async () => {
      const report = await syncFake(store, {
        servers: () => pages(someServers(250), { size: 100, total: 250 }),
      })
      expect(report).toMatchObject({ status: "succeeded", error: null, scopes: [{ scope: "account" }] })
      expect(report.scopes[0]).toMatchObject({ fetched: 250, inserted: 250, complete: true, skipped: 0 })
      expect(await store.rows.count("servers", ORG)).toBe(250)
      expect(await store.docks.get("org-1", "dock-1")).toMatchObject({ lastSyncedAt: NOW, leaseHolder: null })
      expect(await store.runs.latest("org-1", "dock-1")).toMatchObject({ status: "succeeded", inserted: 250 })
    })

    it("leaves unchanged rows alone and still knows when they were last seen", async () => {
      await fill(someServers(30))
      const again = await syncFake(store, { servers: () => pages(someServers(30)) }, { now: LATER })
      expect(again.scopes[0]).toMatchObject({ inserted: 0, updated: 0, unchanged: 30 })
      const [row] = await collect(store.rows.list("servers", ORG))
      expect(row).toMatchObject({ updatedAt: NOW, lastSeenAt: new Date(LATER()).toISOString() })
    })

    it("rewrites a row whose content changed, and not one whose volatile part did", async () => {
      await fill([
        { id: "a", state: "on", checkedAt: 1 },
        { id: "b", state: "on" },
      ])
      const report = await fill([
        { id: "a", state: "on", checkedAt: 2 },
        { id: "b", state: "on", plan: "big" },
      ])
      expect(report.scopes[0]).toMatchObject({ updated: 1, unchanged: 1 })
    })

    it("keeps what became different, but not that everything is new at first, and forgets it after 90 days", async () => {
      const day = (number: number) => Date.parse(NOW) + number * 24 * 3_600_000
      const at = (number: number, servers: FakeServer[]) =>
        syncFake(store, { servers: () => pages(servers) }, { now: () => day(number) })
      const told = async () =>
        (await store.changes.list({ orgId: "org-1", limit: 100 })).map(({ kind, name }) => `${kind} ${name}`)
      await at(0, someServers(30))
      expect(await told()).toEqual([])
      await at(1, [...someServers(29), { id: "new", state: "on" }])
      expect((await told()).sort()).toEqual(["added new", "removed s29"])
      await at(2, [...someServers(29), { id: "new", state: "off" }])
      expect((await told())[0]).toBe("changed new")
      await at(91.5, [...someServers(29), { id: "new", state: "off" }])
      expect(await told()).toEqual(["changed new"])
    })

    it("takes nothing for a change before its scope was once listed whole", async () => {
      await syncFake(store, { servers: () => pages(someServers(50), { size: 10, failOn: 3 }) })
      await fill(someServers(60))
      expect(await store.changes.list({ orgId: "org-1", limit: 100 })).toEqual([])
    })

    it.each([0, 1, 2, 3, 4])("deletes nothing when page %i of 5 fails", async (failOn) => {
      await fill(someServers(50))
      const report = await syncFake(store, { servers: () => pages(someServers(50), { size: 10, failOn }) })
      expect(report).toMatchObject({ status: "failed", scopes: [{ deleted: 0, complete: false }] })
      expect(report.scopes[0]?.error).toMatchObject({ code: "provider_error", endpoint: "GET /servers" })
      expect(await store.rows.count("servers", ORG)).toBe(50)
    })

    it("keeps what came before the failing page", async () => {
      await syncFake(store, { servers: () => pages(someServers(50), { size: 10, failOn: 3 }) })
      expect(await store.rows.count("servers", ORG)).toBe(30)
    })

    it("marks as deleted what a complete listing no longer has", async () => {
      await fill(someServers(10))
      const report = await syncFake(store, { servers: () => pages(someServers(8)) }, { now: LATER })
      expect(report.scopes[0]).toMatchObject({ deleted: 2, unchanged: 8 })
      const gone = await collect(store.rows.list("servers", { ...ORG, deleted: true }))
      expect(gone.map((row) => row.providerResourceId)).toEqual(["s8", "s9"])
      expect(gone[0]).toMatchObject({ deletedAt: new Date(LATER()).toISOString(), lastSeenAt: NOW })
    })

    it("brings back a row that is listed again", async () => {
      await fill(someServers(3))
      await fill(someServers(2))
      const report = await fill(someServers(3))
      expect(report.scopes[0]).toMatchObject({ updated: 1, unchanged: 2, inserted: 0 })
      expect(await live()).toEqual(["s0", "s1", "s2"])
    })

    it("deletes nothing when an item was skipped, and tells why", async () => {
      await fill(someServers(5))
      const report = await fill([{ id: null } as unknown as FakeServer, ...someServers(2)])
      expect(report).toMatchObject({
        status: "partial",
        scopes: [{ skipped: 1, deleted: 0, complete: false }],
      })
      expect(report.scopes[0]?.reasons).toMatchObject([{ kind: "skipped", path: "id", count: 1 }])
      expect(await store.rows.count("servers", ORG)).toBe(5)
    })

    it("deletes nothing when fewer items came than the provider told of", async () => {
      await fill(someServers(5))
      const report = await syncFake(store, { servers: () => pages(someServers(3), { total: 5 }) })
      expect(report.scopes[0]?.error?.code).toBe("incomplete_listing")
      expect(await store.rows.count("servers", ORG)).toBe(5)
    })

    it.each([
      { had: 100, has: 70, stops: false, because: "30 % is not more than 30 %" },
      { had: 100, has: 69, stops: true, because: "31 % is" },
      { had: 19, has: 0, stops: false, because: "19 rows are few" },
      { had: 20, has: 0, stops: true, because: "20 are not" },
    ])("from $had rows to $has: stops is $stops, for $because", async ({ had, has, stops }) => {
      await fill(someServers(had))
      const report = await fill(someServers(has))
      expect(report.status).toBe(stops ? "stopped" : "succeeded")
      expect(report.scopes[0]?.massDeletion).toEqual(stops ? { missing: had - has, of: had } : null)
      expect(await store.rows.count("servers", ORG)).toBe(stops ? had : has)
    })

    it("does not claim to have seen the rows of a mass deletion that was stopped", async () => {
      await fill(someServers(40))
      await syncFake(store, { servers: () => pages([]) }, { now: LATER })
      const [row] = await collect(store.rows.list("servers", ORG))
      expect(row?.lastSeenAt).toBe(NOW)
    })

    it("leaves on record what a stopped sync would have deleted, for whoever decides", async () => {
      await fill(someServers(40))
      await fill(someServers(3))
      expect(await store.runs.latest("org-1", "dock-1")).toMatchObject({
        status: "stopped",
        error: "The listing of servers lacks 37 of 40 rows. They were kept.",
      })
    })

    it("deletes a mass when told so", async () => {
      await fill(someServers(40))
      const report = await syncFake(store, { servers: () => pages([]) }, { allowMassDelete: true })
      expect(report).toMatchObject({ status: "succeeded", scopes: [{ deleted: 40, massDeletion: null }] })
      expect(await live()).toEqual([])
    })

    it("counts what a dry run would do, and writes nothing", async () => {
      await fill(someServers(10))
      const before = await collect(store.rows.list("servers", ORG))
      const dockBefore = await store.docks.get("org-1", "dock-1")
      const scopesBefore = await store.runs.scopes("org-1", "dock-1")
      const runBefore = await store.runs.latest("org-1", "dock-1")
      const report = await syncFake(
        store,
        { servers: () => pages([{ id: "s0", state: "off" }, ...someServers(7, 1), { id: "new" }]) },
        { dryRun: true, now: LATER },
      )
      expect(report.scopes[0]).toMatchObject({ inserted: 1, updated: 1, unchanged: 7, deleted: 2 })
      expect(await collect(store.rows.list("servers", ORG))).toEqual(before)
      expect(await store.docks.get("org-1", "dock-1")).toEqual(dockBefore)
      expect(await store.runs.scopes("org-1", "dock-1")).toEqual(scopesBefore)
      expect(await store.runs.latest("org-1", "dock-1")).toEqual(runBefore)
    })

    it("counts a row once that a listing names twice, and keeps the last", async () => {
      const report = await syncFake(store, {
        servers: () =>
          pages(
            [
              { id: "a", name: "1" },
              { id: "a", name: "2" },
              { id: "a", name: "3" },
            ],
            { size: 2 },
          ),
      })
      expect(report.scopes[0]).toMatchObject({ fetched: 3, inserted: 1, updated: 0, unchanged: 0 })
      const rows = await collect(store.rows.list("servers", ORG))
      expect(rows.map((row) => row.name)).toEqual(["3"])
    })

    it("stores a page of any size in transactions of at most 500 rows", async () => {
      const sizes: number[] = []
      const watched: Store = {
        ...store,
        rows: {
          ...store.rows,
          list: (table, filter) => store.rows.list(table, filter),
          count: (table, filter) => store.rows.count(table, filter),
          async openScope(open) {
            const writer = await store.rows.openScope(open)
            return {
              missing: () => writer.missing(),
              deleteMissing: (now) => writer.deleteMissing(now),
              write(rows, now) {
                sizes.push(rows.length)
                return writer.write(rows, now)
              },
            }
          },
        },
      }
      await syncFake(watched, { servers: () => pages(someServers(1200), { size: 5000 }) })
      expect(sizes).toEqual([500, 500, 200])
      expect(await store.rows.count("servers", ORG)).toBe(1200)
    })

    describe("with odd items", () => {
      it("reports an unknown status word and keeps it", async () => {
        const report = await fill([
          { id: "a", state: "hibernating" },
          { id: "b", state: "hibernating" },
        ])
        expect(report.scopes[0]?.reasons).toEqual([
          {
            kind: "unknown_status",
            path: "status",
            message: 'The word "hibernating" is not known.',
            count: 2,
          },
        ])
        const [row] = await collect(store.rows.list("servers", ORG))
        expect(row).toMatchObject({ status: "unknown", providerStatus: "hibernating" })
      })

      it("stores null for a mapped value that does not fit its column, and says so", async () => {
        const report = await fill([{ id: "a", state: "on", cores: "four" }])
        expect(report.scopes[0]).toMatchObject({ inserted: 1, skipped: 0, complete: true })
        expect(report.scopes[0]?.reasons).toMatchObject([
          { kind: "dropped_field", path: "cpuCores", count: 1 },
        ])
        const [row] = await collect(store.rows.list("servers", ORG))
        expect(row?.cpuCores).toBeNull()
      })

      it("skips an item whose mapping throws, without quoting it", async () => {
        const report = await fill([{ id: "a", name: "explode", password: "hunter2" }, { id: "b" }])
        expect(report.scopes[0]).toMatchObject({ inserted: 1, skipped: 1, complete: false })
        expect(JSON.stringify(report)).not.toContain("hunter2")
      })

      it("skips a row without an identity", async () => {
        const report = await fill([{ id: "" }])
        expect(report.scopes[0]?.reasons).toMatchObject([{ kind: "skipped", path: "providerResourceId" }])
      })
    })

    describe("with scopes", () => {
      const zones = (...ids: string[]) => pages(ids.map((id) => ({ id })))
      const records = (count: number) => (zone: string) =>
        pages(Array.from({ length: count }, (_, index) => ({ id: `${zone}/${index}` })))
      const sync = (account: Parameters<typeof syncFake>[1], options: Parameters<typeof syncFake>[2] = {}) =>
        syncFake(store, account, { tables: ["dnsRecords"], ...options })
      const rowsOf = (scope: string) => store.rows.count("dnsRecords", { ...ORG, scope })
      const scopeOf = (reports: ScopeReport[], scope: string) =>
        reports.find((report) => report.scope === scope)

      it("keeps the rows of a scope that fails, and goes on with the others", async () => {
        await sync({ zones: () => zones("a", "b", "c"), records: records(3) })
        const report = await sync({
          zones: () => zones("a", "b", "c"),
          records: (zone) =>
            zone === "b" ? pages([], { failOn: 0, error: dockError("forbidden") }) : records(2)(zone),
        })
        expect(report.status).toBe("partial")
        expect(scopeOf(report.scopes, "b")).toMatchObject({ complete: false, error: { code: "forbidden" } })
        expect([await rowsOf("a"), await rowsOf("b"), await rowsOf("c")]).toEqual([2, 3, 2])
        const scopes = await store.runs.scopes("org-1", "dock-1", "dnsRecords")
        expect(scopes.find((scope) => scope.scope === "b")).toMatchObject({
          lastError: "fake forbidden",
          lastCompleteAt: NOW,
        })
      })

      it("deletes the rows of a scope that a complete listing no longer has", async () => {
        await sync({ zones: () => zones("a", "b"), records: records(3) })
        const report = await sync({ zones: () => zones("a"), records: records(3) })
        expect(scopeOf(report.scopes, "b")).toMatchObject({ deleted: 3, complete: true, error: null })
        expect([await rowsOf("a"), await rowsOf("b")]).toEqual([3, 0])
      })

      it("takes no scope for gone when their listing fails", async () => {
        await sync({ zones: () => zones("a", "b"), records: records(3) })
        const report = await sync({
          zones: () => pages([{ id: "a" }, { id: "b" }], { size: 1, failOn: 1 }),
          records: records(3),
        })
        expect(report.status).toBe("partial")
        expect(scopeOf(report.scopes, "*")?.error?.code).toBe("provider_error")
        expect(scopeOf(report.scopes, "a")).toMatchObject({ unchanged: 3 })
        expect(await rowsOf("b")).toBe(3)
      })

      it("takes no scope for gone when fewer were listed than told", async () => {
        await sync({ zones: () => zones("a", "b"), records: records(3) })
        const report = await sync({ zones: () => pages([{ id: "a" }], { total: 2 }), records: records(3) })
        expect(scopeOf(report.scopes, "*")?.error?.code).toBe("incomplete_listing")
        expect(await rowsOf("b")).toBe(3)
      })

      it("keeps a vanished scope while another fails, for its rows may have moved there", async () => {
        await sync({ zones: () => zones("a", "b"), records: records(3) })
        await sync({ zones: () => zones("a"), records: () => pages([], { failOn: 0 }) })
        expect(await rowsOf("b")).toBe(3)
      })

      it("counts vanished scopes as one deletion, and asks", async () => {
        await sync({ zones: () => zones("a", "b", "c"), records: records(10) })
        const report = await sync({ zones: () => zones("a"), records: records(10) })
        expect(report.status).toBe("stopped")
        expect(scopeOf(report.scopes, "b")?.massDeletion).toEqual({ missing: 10, of: 10 })
        expect(await rowsOf("b")).toBe(10)
        const told = await sync({ zones: () => zones("a"), records: records(10) }, { allowMassDelete: true })
        expect(told.status).toBe("succeeded")
        expect([await rowsOf("a"), await rowsOf("b"), await rowsOf("c")]).toEqual([10, 0, 0])
      })

      it("moves a row that is listed in another scope", async () => {
        await sync({
          zones: () => zones("a", "b"),
          records: (zone) => pages(zone === "a" ? [{ id: "x" }] : []),
        })
        const report = await sync({
          zones: () => zones("b"),
          records: () => pages([{ id: "x" }]),
        })
        expect(scopeOf(report.scopes, "b")).toMatchObject({ updated: 1, inserted: 0 })
        expect([await rowsOf("a"), await rowsOf("b")]).toEqual([0, 1])
      })

      it("empties a scope whose first sync was killed and that vanished since", async () => {
        const killed = new Error("killed")
        const dying: Store = {
          ...store,
          runs: {
            ...store.runs,
            recordScope: async (scope) => {
              if (scope.lastCompleteAt) throw killed
              await store.runs.recordScope(scope)
            },
          },
        }
        await expect(
          syncFake(dying, { zones: () => zones("a"), records: records(3) }, { tables: ["dnsRecords"] }),
        ).resolves.toMatchObject({ status: "failed" })
        expect(await rowsOf("a")).toBe(3)
        await sync({ zones: () => zones() })
        expect(await rowsOf("a")).toBe(0)
      })
    })

    describe("and its lease", () => {
      it("tells a second sync that the dock is busy, and does nothing", async () => {
        let inside: Promise<unknown> = Promise.resolve()
        async function* slow() {
          inside = syncFake(store, { servers: () => pages(someServers(9)) })
          await inside
          yield* pages(someServers(2))
        }
        const report = await syncFake(store, { servers: slow })
        await expect(inside).resolves.toMatchObject({ status: "busy", scopes: [], error: { code: "busy" } })
        expect(report.scopes[0]).toMatchObject({ inserted: 2 })
        expect(await store.runs.latest("org-1", "dock-1")).toMatchObject({ status: "succeeded" })
      })

      it("stops writing once another sync has taken over", async () => {
        async function* takenOver() {
          yield* pages(someServers(2))
          await syncFake(store, { servers: () => pages(someServers(5)) }, { now: LATER })
          yield* pages(someServers(9))
        }
        const report = await syncFake(store, { servers: takenOver })
        expect(report).toMatchObject({ status: "failed", error: { code: "lease_lost" } })
        expect(await store.rows.count("servers", ORG)).toBe(5)
        expect(await store.runs.latest("org-1", "dock-1")).toMatchObject({
          status: "succeeded",
          unchanged: 2,
        })
      })

      it("keeps the lease through a listing that takes longer than it", async () => {
        let time = Date.parse(NOW)
        const seen: (string | null | undefined)[] = []
        async function* slow() {
          for (let page = 0; page < 10; page += 1) {
            time += 30_000
            yield { items: someServers(1, page) }
            seen.push((await store.docks.get("org-1", "dock-1"))?.leaseExpiresAt)
          }
        }
        const report = await syncFake(store, { servers: slow }, { now: () => time, leaseMs: 60_000 })
        expect(report.status).toBe("succeeded")
        expect(seen.at(-1)).toBe(new Date(time + 60_000).toISOString())
      })

      it("closes a run that a killed sync left open", async () => {
        const { id: dockId, orgId } = dockRow()
        const counts = {
          fetched: 0,
          inserted: 0,
          updated: 0,
          unchanged: 0,
          deleted: 0,
          skipped: 0,
          requests: 0,
          waitedMs: 0,
        }
        const killed = {
          id: "killed",
          orgId,
          dockId,
          startedAt: NOW,
          finishedAt: null,
          error: null,
          ...counts,
        }
        await store.runs.start({ ...killed, status: "running" })
        await syncFake(store, { servers: () => pages([], { failOn: 0 }) }, { now: LATER })
        expect(await store.runs.latest(orgId, dockId)).toMatchObject({
          status: "failed",
          error: "fake provider_error",
        })
      })
    })

    it("keeps rows when canceled, and says so", async () => {
      await fill(someServers(30))
      const cancel = new AbortController()
      async function* canceledOnPage2() {
        yield { items: someServers(10) }
        cancel.abort()
        yield { items: someServers(10, 10) }
        throw new Error("went on")
      }
      const report = await syncFake(
        store,
        { servers: canceledOnPage2 },
        { signal: cancel.signal, tables: ["servers", "dnsRecords"] },
      )
      expect(report).toMatchObject({
        status: "canceled",
        scopes: [{ error: { code: "canceled" }, fetched: 20 }],
      })
      expect(report.scopes).toHaveLength(1)
      expect(await store.rows.count("servers", ORG)).toBe(30)
    })

    it("fails by report when the client cannot be made", async () => {
      const report = await syncFake(store, {}, { connect: () => Promise.reject(dockError("unauthorized")) })
      expect(report).toMatchObject({ status: "failed", error: { code: "unauthorized" }, scopes: [] })
      expect(await store.docks.get("org-1", "dock-1")).toMatchObject({
        lastError: "fake unauthorized",
        leaseHolder: null,
      })
    })

    it("tells what happens while it works, and what it cost", async () => {
      const events: SyncEvent[] = []
      const account: Parameters<typeof syncFake>[1] = {
        async *servers() {
          for await (const page of pages(someServers(3), { size: 2, total: 3 })) {
            if (account.meter) account.meter.requests += 1
            yield page
          }
        },
      }
      const report = await syncFake(store, account, { onProgress: (event) => events.push(event) })
      expect(events.map((event) => event.type)).toEqual([
        "dock-started",
        "table-started",
        "scope-started",
        "page",
        "page",
        "scope-finished",
        "dock-finished",
      ])
      expect(events[4]).toMatchObject({ fetched: 3, total: 3, table: "servers", scope: "account" })
      expect(report.scopes[0]).toMatchObject({ requests: 2 })
    })
  })
}
