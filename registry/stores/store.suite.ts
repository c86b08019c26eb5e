import { beforeEach, describe, expect, it } from "vitest"
import type {
  AuditFilter,
  AuditPageFilter,
  ListedRow,
  OpenScope,
  ProvisioningFilter,
  RowFilter,
  RunFilter,
  Store,
} from "../engine/ports.ts"
import type { ChangeFilter, RowQuery } from "../engine/read-ports.ts"
import type { AuditEntry } from "../schema/audit-log.ts"
import type { DockRow } from "../schema/docks.ts"
import type { ResourceTableName } from "../schema/index.ts"
import type { Membership, Organization } from "../schema/organizations.ts"
import type { Provisioning } from "../schema/provisionings.ts"
import { parseRowId } from "../schema/row-id.ts"
import type { SyncRun } from "../schema/sync-runs.ts"

const NOW = "2026-03-01T12:00:00.000Z"
const LATER = "2026-03-02T12:00:00.000Z"
const ORG: RowFilter = { orgId: "org-1" }

/**
 * What every store promises. `openStore` gives an empty one whose tables are up to date. `most` is how many rows it is worth
 * to write at once, where the database is an imitation that reads all of them for each.
 */
export function storeSuite(name: string, openStore: () => Promise<Store>, { most = 12_000 } = {}): void {
  describe(`a store in ${name}`, () => {
    let store: Store

    beforeEach(async () => {
      store = await openStore()
      await store.docks.insert(dock())
      await store.docks.insert(dock({ id: "dock-2", name: "second" }))
      await store.docks.insert(dock({ id: "foreign", orgId: "org-2" }))
      return () => store.close()
    })

    const open = (changes: Partial<OpenScope> = {}) =>
      store.rows.openScope({
        orgId: "org-1",
        dockId: "dock-1",
        provider: "fake",
        table: "servers",
        scope: "account",
        leaseHolder: "me",
        dryRun: false,
        ...changes,
      })
    const write = async (rows: ListedRow[], changes: Partial<OpenScope> = {}, now = NOW) =>
      (await open(changes)).write(rows, now)
    const listed = async (filter: Partial<RowFilter> = {}) => {
      const rows = []
      for await (const row of store.rows.list("servers", { ...ORG, ...filter })) rows.push(row)
      return rows
    }
    const ids = async (filter: Partial<RowFilter> = {}) =>
      (await listed(filter)).map((row) => row.providerResourceId)

    describe("keeps docks", () => {
      it("as they were given", async () => {
        expect(await store.docks.get("org-1", "dock-1")).toEqual(dock())
      })

      it("of each organisation for itself", async () => {
        expect((await store.docks.list("org-1")).map((row) => row.id)).toEqual(["dock-1", "dock-2"])
        expect(await store.docks.get("org-1", "foreign")).toBeUndefined()
        await expect(store.docks.update("org-1", "foreign", { name: "mine" })).rejects.toMatchObject({
          code: "not_found",
        })
        await expect(store.docks.remove("org-1", "foreign")).rejects.toMatchObject({ code: "not_found" })
        expect(await store.docks.get("org-2", "foreign")).toMatchObject({ name: "first" })
      })

      it("under names that are unique in the organisation", async () => {
        const taken = dock({ id: "dock-3" })
        await expect(store.docks.insert(taken)).rejects.toMatchObject({
          name: "StoreError",
          code: "conflict",
        })
        await expect(store.docks.update("org-1", "dock-2", { name: "first" })).rejects.toMatchObject({
          code: "conflict",
        })
        expect((await store.docks.list("org-1")).map((row) => row.name)).toEqual(["first", "second"])
      })

      it("changing only what it is told to", async () => {
        await store.docks.update("org-1", "dock-1", { lastSyncedAt: LATER, lastError: "no" })
        expect(await store.docks.get("org-1", "dock-1")).toEqual(
          dock({ lastSyncedAt: LATER, lastError: "no" }),
        )
      })

      it("and knows whether any of them has credentials", async () => {
        expect(await store.docks.hasCredentials()).toBe(true)
        for (const [org, id] of [
          ["org-1", "dock-1"],
          ["org-1", "dock-2"],
          ["org-2", "foreign"],
        ] as const) {
          expect(await store.docks.hasCredentials()).toBe(true)
          await store.docks.update(org, id, { credentials: null })
        }
        expect(await store.docks.hasCredentials()).toBe(false)
      })

      it("and gives all sealed credentials in pages, whosever they are", async () => {
        await store.docks.update("org-1", "dock-2", { credentials: null })
        const [first, ...more] = await store.docks.sealed({ after: undefined, limit: 1 })
        expect([first, more]).toEqual([{ orgId: "org-1", dockId: "dock-1", envelope: "v1.sealed" }, []])
        expect(await store.docks.sealed({ after: "dock-1", limit: 2 })).toEqual([
          { orgId: "org-2", dockId: "foreign", envelope: "v1.sealed" },
        ])
        expect(await store.docks.sealed({ after: "foreign", limit: 2 })).toEqual([])
      })

      it("and replaces only an envelope that has not changed meanwhile", async () => {
        const change = (orgId: string, dockId: string, before: string, envelope: string) => ({
          sealed: { orgId, dockId, envelope: before },
          envelope,
        })
        const replaced = await store.docks.reseal([
          change("org-1", "dock-1", "v1.sealed", "v1.new"),
          change("org-1", "dock-2", "v1.older", "v1.wrong"),
          change("org-1", "foreign", "v1.sealed", "v1.wrong"),
          change("org-1", "nobody", "v1.sealed", "v1.wrong"),
        ])
        expect(replaced).toBe(1)
        expect(await store.docks.get("org-1", "dock-1")).toEqual(dock({ credentials: "v1.new" }))
        expect((await store.docks.get("org-1", "dock-2"))?.credentials).toBe("v1.sealed")
        expect((await store.docks.get("org-2", "foreign"))?.credentials).toBe("v1.sealed")
        expect(await store.docks.reseal([])).toBe(0)
      })

      it("until they are removed, with their rows, scopes and runs, and nobody else's", async () => {
        await write([row("a")])
        await write([row("a")], { dockId: "dock-2" })
        await store.runs.start(run())
        await store.runs.recordScope(scope())
        await store.runs.recordScope(scope({ dockId: "dock-2" }))
        await store.docks.remove("org-1", "dock-1")
        expect(await store.docks.get("org-1", "dock-1")).toBeUndefined()
        expect((await listed()).map((left) => left.dockId)).toEqual(["dock-2"])
        expect(await store.runs.latest("org-1", "dock-1")).toBeUndefined()
        expect(await store.runs.scopes("org-1", "dock-1")).toEqual([])
        expect(await store.runs.scopes("org-1", "dock-2")).toHaveLength(1)
      })
    })

    describe("has a lease for each dock", () => {
      const claim = (holder: string, now: string, expiresAt: string) =>
        store.leases.acquire({ orgId: "org-1", dockId: "dock-2", holder, now, expiresAt })
      const at = (minute: number) => `2026-03-01T12:${String(minute).padStart(2, "0")}:00.000Z`

      it("that one holder gets, and others are told of", async () => {
        expect(await claim("a", at(0), at(5))).toEqual({ acquired: true })
        expect(await claim("b", at(1), at(6))).toEqual({ acquired: false, holder: "a", expiresAt: at(5) })
      })

      it("that its holder can prolong", async () => {
        await claim("a", at(0), at(5))
        expect(await claim("a", at(4), at(9))).toEqual({ acquired: true })
        expect(await claim("b", at(6), at(11))).toMatchObject({ acquired: false, expiresAt: at(9) })
      })

      it("that ends by itself", async () => {
        await claim("a", at(0), at(5))
        expect(await claim("b", at(5), at(10))).toEqual({ acquired: true })
        expect(await claim("a", at(6), at(11))).toMatchObject({ acquired: false, holder: "b" })
      })

      it("that only its holder can give back", async () => {
        await claim("a", at(0), at(5))
        await store.leases.release({ orgId: "org-1", dockId: "dock-2", holder: "b" })
        expect(await claim("b", at(1), at(6))).toMatchObject({ acquired: false })
        await store.leases.release({ orgId: "org-1", dockId: "dock-2", holder: "a" })
        expect(await claim("b", at(1), at(6))).toEqual({ acquired: true })
      })

      it("that only one of many gets who ask at once", async () => {
        const answers = await Promise.all(
          ["a", "b", "c", "d", "e"].map((holder) => claim(holder, at(0), at(5))),
        )
        expect(answers.filter((answer) => answer.acquired)).toHaveLength(1)
      })

      it("that is not another organisation's to take", async () => {
        const foreign = { orgId: "org-1", dockId: "foreign", holder: "a", now: at(0), expiresAt: at(5) }
        await expect(store.leases.acquire(foreign)).rejects.toMatchObject({ code: "not_found" })
      })
    })

    describe("writes rows", () => {
      it("with every kind of value, as they were given", async () => {
        const given = row("a", {
          ...EMPTY_SERVER,
          name: "Größe \u{1f600} 'quoted' \"twice\"",
          fullApiData: { nested: { list: [1, 2.5, null, true, "x"] } },
          ipAddresses: ["192.0.2.1", "192.0.2.2"],
          cpuCores: 4,
        })
        await write([given])
        const [stored] = await listed()
        expect(stored).toEqual({
          ...given,
          id: expect.stringMatching(/^servers_\d+$/),
          orgId: "org-1",
          dockId: "dock-1",
          provider: "fake",
          scope: "account",
          createdAt: NOW,
          updatedAt: NOW,
          lastSeenAt: NOW,
          deletedAt: null,
          provisioningSource: "manual",
          provisioningState: null,
          provisionedAt: null,
        })
      })

      it("with booleans, instants and fractions", async () => {
        const own = { isPrimary: true, autoRenew: false, expiresAt: LATER, nameServers: ["ns1.example.com"] }
        await write([row("d", { ...own, status: "active" })], { table: "domains" })
        for await (const stored of store.rows.list("domains", ORG)) expect(stored).toMatchObject(own)
        await write([row("m", { uptimePercent: 99.95, responseTimeMs: 120, status: "up" })], {
          table: "monitors",
        })
        for await (const stored of store.rows.list("monitors", ORG)) {
          expect(stored).toMatchObject({ uptimePercent: 99.95, responseTimeMs: 120 })
        }
        expect([await store.rows.count("domains", ORG), await store.rows.count("monitors", ORG)]).toEqual([
          1, 1,
        ])
      })

      it("and counts what is new, changed and unchanged", async () => {
        expect(await write([row("a"), row("b"), row("c")])).toEqual({ inserted: 3, updated: 0, unchanged: 0 })
        const counts = await write([row("a"), row("b", { name: "B" }), row("d")], {}, LATER)
        expect(counts).toEqual({ inserted: 1, updated: 1, unchanged: 1 })
        const rows = new Map((await listed()).map((stored) => [stored.providerResourceId, stored]))
        expect(rows.get("a")).toMatchObject({ createdAt: NOW, updatedAt: NOW })
        expect(rows.get("b")).toMatchObject({ createdAt: NOW, updatedAt: LATER, name: "B" })
        expect(rows.get("d")).toMatchObject({ createdAt: LATER, updatedAt: LATER })
      })

      it("and keeps the id of a row that changes", async () => {
        await write([row("a"), row("b")])
        const before = new Map((await listed()).map((stored) => [stored.providerResourceId, stored.id]))
        await write([row("a", { name: "A" }), row("b", { name: "B" })])
        const after = new Map((await listed()).map((stored) => [stored.providerResourceId, stored.id]))
        expect(after).toEqual(before)
        expect(new Set(after.values()).size).toBe(2)
      })

      it("that are named twice once, as they were named last", async () => {
        const writer = await open()
        expect(await writer.write([row("a"), row("a", { name: "2" })], NOW)).toMatchObject({ inserted: 1 })
        expect(await writer.write([row("a", { name: "3" })], NOW)).toEqual({
          inserted: 0,
          updated: 0,
          unchanged: 0,
        })
        expect((await listed()).map((stored) => stored.name)).toEqual(["3"])
      })

      it("of two docks with the same ids apart", async () => {
        await write([row("a", { name: "one" })])
        await write([row("a", { name: "two" })], { dockId: "dock-2" })
        expect((await listed()).map((stored) => [stored.dockId, stored.name])).toEqual([
          ["dock-1", "one"],
          ["dock-2", "two"],
        ])
      })

      it("in batches of any size", async () => {
        const length = Math.min(1234, most)
        const many = Array.from({ length }, (_, index) => row(`r${index}`))
        expect(await write(many)).toMatchObject({ inserted: length })
        expect(await write(many)).toMatchObject({ unchanged: length })
        expect(await write(many.map((one) => ({ ...one, contentHash: "2" })))).toMatchObject({
          updated: length,
        })
        expect(await store.rows.count("servers", ORG)).toBe(length)
        expect(await write([])).toEqual({ inserted: 0, updated: 0, unchanged: 0 })
      })

      it("moves a row to the scope where it is listed now", async () => {
        await write([row("a")], { scope: "zone/1" })
        expect(await write([row("a")], { scope: "zone/2" })).toMatchObject({ updated: 1 })
        expect(await ids({ scope: "zone/1" })).toEqual([])
        expect(await ids({ scope: "zone/2" })).toEqual(["a"])
      })

      it("only for the holder of the lease", async () => {
        await write([row("a"), row("b")])
        const writer = await open()
        const thief = {
          orgId: "org-1",
          dockId: "dock-1",
          holder: "thief",
          now: LATER,
          expiresAt: "2026-03-03T12:00:00.000Z",
        }
        expect(await store.leases.acquire(thief)).toEqual({ acquired: true })
        await expect(writer.write([row("c")], NOW)).rejects.toMatchObject({
          name: "StoreError",
          code: "lease_lost",
        })
        await expect(writer.deleteMissing(NOW)).rejects.toMatchObject({ code: "lease_lost" })
        expect(await ids()).toEqual(["a", "b"])
      })

      it("only into a dock of the organisation", async () => {
        await expect(write([row("a")], { dockId: "foreign" })).rejects.toMatchObject({ code: "lease_lost" })
        expect(await ids({ orgId: "org-2" })).toEqual([])
      })
    })

    describe("deletes rows", () => {
      it("that no write has mentioned, in this scope only", async () => {
        await write([row("a"), row("b"), row("c")])
        await write([row("z")], { scope: "other" })
        await write([row("y")], { dockId: "dock-2" })
        const writer = await open()
        await writer.write([row("b")], LATER)
        expect(await writer.missing()).toEqual({ missing: 2, before: 3 })
        expect(await writer.deleteMissing(LATER)).toBe(2)
        expect((await ids()).sort()).toEqual(["b", "y", "z"])
        const gone = await listed({ deleted: true })
        expect(gone.map((deleted) => deleted.providerResourceId)).toEqual(["a", "c"])
        expect(gone[0]).toMatchObject({ deletedAt: LATER, updatedAt: LATER, lastSeenAt: NOW })
        expect(await writer.missing()).toMatchObject({ missing: 0 })
      })

      it("in any number", async () => {
        await write(Array.from({ length: most }, (_, index) => row(`r${index}`)))
        const writer = await open()
        const last = `r${most - 1}`
        await writer.write([row(last), row("r0")], LATER)
        expect(await writer.missing()).toEqual({ missing: most - 2, before: most })
        expect(await writer.deleteMissing(LATER)).toBe(most - 2)
        expect(await ids()).toEqual(["r0", last])
      })

      it("but not those that came while the listing ran", async () => {
        await write([row("a")])
        const writer = await open()
        await write([row("new")])
        await writer.write([row("a")], LATER)
        expect(await writer.missing()).toEqual({ missing: 0, before: 1 })
        expect(await writer.deleteMissing(LATER)).toBe(0)
        expect(await ids()).toEqual(["a", "new"])
      })

      it("and brings them back when they are listed again", async () => {
        await write([row("a")])
        await (await open()).deleteMissing(NOW)
        const writer = await open()
        expect(await writer.write([row("a")], LATER)).toEqual({ inserted: 0, updated: 1, unchanged: 0 })
        expect(await writer.missing()).toEqual({ missing: 0, before: 0 })
        const [back] = await listed()
        expect(back).toMatchObject({ deletedAt: null, createdAt: NOW, updatedAt: LATER })
      })

      it("in a dry run only on paper", async () => {
        await write([row("a"), row("b"), row("c")])
        const before = await listed()
        const writer = await open({ dryRun: true, leaseHolder: "" })
        const counts = await writer.write([row("a"), row("b", { name: "B" }), row("d")], LATER)
        expect(counts).toEqual({ inserted: 1, updated: 1, unchanged: 1 })
        expect(await writer.missing()).toEqual({ missing: 1, before: 3 })
        expect(await writer.deleteMissing(LATER)).toBe(1)
        expect(await listed()).toEqual(before)
      })
    })

    describe("lists rows", () => {
      it("in the order of their names, however many bear the same", async () => {
        const half = Math.min(650, most / 2)
        const rows = Array.from({ length: 2 * half }, (_, index) =>
          row(`r${index}`, { name: index % 2 ? "b" : "a" }),
        )
        await write(rows)
        const found = await listed()
        expect(found.map((stored) => stored.name)).toEqual([
          ...Array(half).fill("a"),
          ...Array(half).fill("b"),
        ])
        expect(new Set(found.map((stored) => stored.id)).size).toBe(2 * half)
        expect(parseRowId(found[0]?.id ?? "")?.table).toBe("servers")
      })

      it("by what they are asked for, and counts them alike", async () => {
        await write([row("a"), row("b")])
        await write([row("c")], { scope: "zone/1" })
        await write([row("d")], { dockId: "dock-2", provider: "other" })
        await write([row("f")], { orgId: "org-2", dockId: "foreign" })
        const writer = await open()
        await writer.write([row("a")], LATER)
        await writer.deleteMissing(LATER)
        const asked: [Partial<RowFilter>, string[]][] = [
          [{}, ["a", "c", "d"]],
          [{ deleted: true }, ["b"]],
          [{ scope: "zone/1" }, ["c"]],
          [{ provider: "other" }, ["d"]],
          [{ dockId: "dock-1" }, ["a", "c"]],
          [{ orgId: "org-2" }, ["f"]],
          [{ orgId: "org-2", dockId: "dock-1" }, []],
        ]
        for (const [filter, expected] of asked) {
          expect(await ids(filter)).toEqual(expected)
          expect(await store.rows.count("servers", { ...ORG, ...filter })).toBe(expected.length)
        }
      })

      it("while the reader writes between two of them", async () => {
        const length = Math.min(600, most)
        await write(Array.from({ length }, (_, index) => row(`r${index}`)))
        let read = 0
        for await (const stored of store.rows.list("servers", ORG)) {
          read += 1
          if (read % (length / 3) === 0)
            await write([row(stored.providerResourceId, { name: stored.name, plan: "new" })])
        }
        expect(read).toBe(length)
      })

      it("as last seen when their scope was last listed whole, without touching them", async () => {
        await write([row("a"), row("b")])
        await store.runs.recordScope(scope({ lastCompleteAt: LATER }))
        await write([row("c")], { scope: "zone/1" })
        const seen = (await listed()).map((stored) => [
          stored.providerResourceId,
          stored.lastSeenAt,
          stored.updatedAt,
        ])
        expect(seen).toEqual([
          ["a", LATER, NOW],
          ["b", LATER, NOW],
          ["c", NOW, NOW],
        ])
      })

      it("and does not say that a deleted row was seen after it was gone", async () => {
        await write([row("a")])
        await store.runs.recordScope(scope({ lastCompleteAt: LATER }))
        await (await open()).deleteMissing("2026-03-03T12:00:00.000Z")
        await store.runs.recordScope(scope({ lastCompleteAt: "2026-03-03T12:00:00.000Z" }))
        const [gone] = await listed({ deleted: true })
        expect(gone).toMatchObject({ lastSeenAt: LATER, deletedAt: "2026-03-03T12:00:00.000Z" })
      })
    })

    describe("gives stretches of a table", () => {
      const page = (query: Partial<RowQuery> = {}, table: ResourceTableName = "servers") =>
        store.rows.page(table, {
          orgId: "org-1",
          filter: {},
          sort: { column: "name", descending: false },
          offset: 0,
          limit: 100,
          ...query,
        })
      const names = async (query: Partial<RowQuery> = {}) => (await page(query)).rows.map(({ name }) => name)
      const by = (column: string, descending = false) => names({ sort: { column, descending } })
      const found = (filter: RowQuery["filter"]) => names({ filter })

      beforeEach(async () => {
        await write([
          row("1", { ...EMPTY_SERVER, name: "Delta", cpuCores: 4, hostname: "d.example.com" }),
          row("2", { ...EMPTY_SERVER, name: "alpha", cpuCores: 16, ipAddresses: ["192.0.2.7", "192.0.2.8"] }),
          row("3", { ...EMPTY_SERVER, name: "Beta 100%", status: "stopped", region: "fra" }),
          row("4", { ...EMPTY_SERVER, name: "Beta_100x", cpuCores: 2, region: "ams" }),
        ])
        await write([row("1", { ...EMPTY_SERVER, name: "Gamma" })], { dockId: "dock-2", provider: "other" })
        await write([row("1", { name: "strange" })], { orgId: "org-2", dockId: "foreign" })
      })

      it("without the providers' answers, and with how many there are in all", async () => {
        const { rows, total } = await page({ offset: 1, limit: 2 })
        expect(rows.map(({ name }) => name)).toEqual(["Beta_100x", "Delta"])
        expect(total).toBe(5)
        for (const one of rows) expect(one).not.toHaveProperty("fullApiData")
        const [first] = (await page({ filter: { text: "delta" } })).rows
        const { fullApiData: _, ...whole } = (await listed()).find(({ name }) => name === "Delta") ?? {}
        expect(first).toEqual(whole)
        expect(await page({ offset: 10 })).toEqual({ rows: [], total: 5 })
      })

      it("in the order of any column, what is null last", async () => {
        expect(await by("name", true)).toEqual(["alpha", "Gamma", "Delta", "Beta_100x", "Beta 100%"])
        expect((await by("cpuCores")).slice(0, 3)).toEqual(["Beta_100x", "Delta", "alpha"])
        expect((await by("cpuCores", true)).slice(0, 3)).toEqual(["alpha", "Delta", "Beta_100x"])
        expect((await by("region")).slice(0, 2)).toEqual(["Beta_100x", "Beta 100%"])
        expect((await by("region", true)).slice(0, 2)).toEqual(["Beta 100%", "Beta_100x"])
        expect(new Set(await by("lastSeenAt"))).toEqual(new Set(await by("name")))
      })

      it("of rows that are equal, always in the same order", async () => {
        const ids = async (descending: boolean) => {
          const { rows } = await page({ sort: { column: "plan", descending } })
          return rows.map(({ id }) => parseRowId(id)?.key ?? 0)
        }
        const sorted = (await ids(false)).sort((a, b) => a - b)
        expect(await ids(false)).toEqual(sorted)
        expect(await ids(true)).toEqual(sorted.reverse())
      })

      it("of one or several docks, providers and statuses", async () => {
        expect(await found({ docks: ["dock-2"] })).toEqual(["Gamma"])
        expect(await found({ providers: ["other", "unknown"] })).toEqual(["Gamma"])
        expect(await found({ providers: ["fake"], statuses: ["stopped"] })).toEqual(["Beta 100%"])
        expect(await found({ docks: ["dock-1", "dock-2"], statuses: [] })).toHaveLength(5)
        expect(await found({ docks: ["foreign"] })).toEqual([])
        expect(await found({ where: { region: "fra" } })).toEqual(["Beta 100%"])
        expect(await found({ where: { region: "fra", status: "running" } })).toEqual([])
      })

      it("of an environment", async () => {
        await write(
          [
            row("a", { status: "active", environment: "staging" }),
            row("b", { status: "active", environment: "production" }),
            row("c", { status: "active" }),
          ],
          { table: "webServices" },
        )
        const { rows } = await page({ filter: { environments: ["staging", "preview"] } }, "webServices")
        expect(rows.map(({ name }) => name)).toEqual(["a"])
      })

      it("that have each word in a text that tells what they are", async () => {
        expect(await found({ text: "BETA" })).toEqual(["Beta 100%", "Beta_100x"])
        expect(await found({ text: "  beta   X" })).toEqual(["Beta_100x"])
        expect(await found({ text: "192.0.2.8" })).toEqual(["alpha"])
        expect(await found({ text: "example.com elt" })).toEqual(["Delta"])
        expect(await found({ text: "fra" })).toEqual([])
        await write([row("5", { ...EMPTY_SERVER, name: "Ärztehaus" })])
        expect(await found({ text: "ärzte" })).toEqual(["Ärztehaus"])
        expect(await found({ text: "ÄRZTE" })).toEqual(["Ärztehaus"])
        expect(await found({ text: "arzte" })).toEqual([])
        expect(await found({ text: " " })).toHaveLength(6)
      })

      it("and takes no word for a pattern", async () => {
        expect(await found({ text: "100%" })).toEqual(["Beta 100%"])
        expect(await found({ text: "a_1" })).toEqual(["Beta_100x"])
        expect(await found({ text: "\\" })).toEqual([])
        expect(await found({ text: "' or 1=1 --" })).toEqual([])
        expect(await found({ where: { region: "' or 1=1 --" } })).toEqual([])
      })

      it("that are gone, instead of those that are there", async () => {
        const writer = await open()
        await writer.write([row("1", { ...EMPTY_SERVER, name: "Delta" })], LATER)
        await writer.deleteMissing(LATER)
        expect(await found({ deleted: true })).toEqual(["Beta 100%", "Beta_100x", "alpha"])
        expect(await found({ deleted: true, text: "alpha" })).toEqual(["alpha"])
        expect(await found({})).toEqual(["Delta", "Gamma"])
      })

      it("by what one column holds", async () => {
        const lookup = async (
          column: string,
          values: string[],
          docks?: string[],
          table: ResourceTableName = "servers",
        ) => {
          const found = await store.rows.lookup(table, { orgId: "org-1", docks, column, values, limit: 100 })
          expect(found.total).toBe(found.rows.length)
          for (const one of found.rows) expect(one).not.toHaveProperty("fullApiData")
          return found.rows.map(({ name }) => name)
        }
        const site = (id: string, own: Record<string, unknown>) => row(id, { status: "active", ...own })
        await write(
          [
            site("b", { serverProviderId: "1", productionUrl: "https://b.example.com" }),
            site("a", { serverProviderId: "1", productionUrl: "https://a.example.com" }),
            site("c", { serverProviderId: "2" }),
          ],
          { table: "webServices" },
        )
        await write([site("d", { serverProviderId: "1" })], { table: "webServices", dockId: "dock-2" })
        expect(await lookup("name", ["Gamma", "Delta", "strange", "nothing"])).toEqual(["Delta", "Gamma"])
        expect(await lookup("name", ["Gamma", "Delta"], ["dock-2"])).toEqual(["Gamma"])
        expect(await lookup("providerResourceId", ["1", "4"], ["dock-1"])).toEqual(["Beta_100x", "Delta"])
        expect(await lookup("serverProviderId", ["1"], ["dock-1"], "webServices")).toEqual(["a", "b"])
        expect(await lookup("serverProviderId", ["1", "2"], undefined, "webServices")).toHaveLength(4)
        const addresses = ["https://a.example.com", "http://b.example.com"]
        expect(await lookup("productionUrl", addresses, undefined, "webServices")).toEqual(["a"])
        await (await open()).deleteMissing(LATER)
        expect(await lookup("name", ["Delta"])).toEqual([])
        expect(await lookup("providerResourceId", ["1"], ["dock-1"])).toEqual([])
      })

      it("and counts the live rows of every table by dock and status", async () => {
        await write([row("d", { status: "active" })], { table: "domains" })
        const writer = await open()
        await writer.write([row("1"), row("3", { status: "stopped" })], LATER)
        await writer.deleteMissing(LATER)
        const counts = await store.rows.counts("org-1")
        const told = counts.map(({ table, dockId, provider, status, count }) =>
          [table, dockId, provider, status, count].join(" "),
        )
        expect(told.sort()).toEqual([
          "domains dock-1 fake active 1",
          "servers dock-1 fake running 1",
          "servers dock-1 fake stopped 1",
          "servers dock-2 other running 1",
        ])
        expect((await store.rows.counts("org-2")).map(({ dockId }) => dockId)).toEqual(["foreign"])
      })
    })

    describe("records", () => {
      it("runs, and closes those that were left running", async () => {
        await store.runs.start(run({ id: "killed" }))
        await store.runs.start(run({ id: "elsewhere", dockId: "dock-2" }))
        await store.runs.start(run({ id: "next", startedAt: LATER }))
        expect(await store.runs.latest("org-1", "dock-1")).toMatchObject({ id: "next", status: "running" })
        await store.runs.finish(
          run({ id: "next", startedAt: LATER, status: "succeeded", finishedAt: LATER, inserted: 3 }),
        )
        expect(await store.runs.latest("org-1", "dock-1")).toMatchObject({ status: "succeeded", inserted: 3 })
        expect(await store.runs.latest("org-1", "dock-2")).toMatchObject({
          id: "elsewhere",
          status: "running",
        })
        expect(await store.runs.latest("org-2", "dock-1")).toBeUndefined()
      })

      it("and lists the last runs, of all docks or of one", async () => {
        await store.runs.start(run({ id: "a" }))
        await store.runs.start(run({ id: "b", dockId: "dock-2", startedAt: LATER }))
        await store.runs.start(run({ id: "c", orgId: "org-2", dockId: "foreign" }))
        const ids = async (filter: Partial<RunFilter> = {}) =>
          (await store.runs.list({ orgId: "org-1", limit: 10, ...filter })).map(({ id }) => id)
        expect(await ids()).toEqual(["b", "a"])
        expect(await ids({ limit: 1 })).toEqual(["b"])
        expect(await ids({ dockId: "dock-1" })).toEqual(["a"])
        expect(await ids({ dockId: "foreign" })).toEqual([])
      })

      it("a run that was left running as interrupted", async () => {
        await store.runs.start(run({ id: "killed", startedAt: LATER }))
        await store.runs.start(run({ id: "older clock", startedAt: NOW }))
        expect(await store.runs.latest("org-1", "dock-1")).toMatchObject({
          id: "killed",
          status: "interrupted",
          finishedAt: NOW,
        })
      })

      it("the last of each scope, for its organisation and table", async () => {
        await store.runs.recordScope(scope({ lastCompleteAt: NOW }))
        await store.runs.recordScope(scope({ lastError: "no", lastTriedAt: LATER, lastCompleteAt: NOW }))
        await store.runs.recordScope(scope({ tableName: "domains" }))
        expect(await store.runs.scopes("org-1", "dock-1", "servers")).toEqual([
          scope({ lastError: "no", lastTriedAt: LATER, lastCompleteAt: NOW }),
        ])
        expect(await store.runs.scopes("org-1", "dock-1")).toHaveLength(2)
        expect(await store.runs.scopes("org-2", "dock-1")).toEqual([])
      })
    })

    describe("keeps one row by itself", () => {
      const key = (providerResourceId: string, orgId = "org-1") => {
        return { orgId, dockId: "dock-1", providerResourceId }
      }
      const told = (one: ListedRow, changes: Record<string, unknown> = {}) => {
        return { orgId: "org-1", dockId: "dock-1", provider: "fake", scope: "account", row: one, ...changes }
      }
      const made = {
        provisioningSource: "api",
        provisioningState: "provisioned",
        provisionedAt: NOW,
      } as const

      it("which is found by either of its ids, deleted or not, in its organisation only", async () => {
        await write([row("a"), row("b")])
        const found = await store.rows.find("servers", key("b"))
        expect(found).toMatchObject({ providerResourceId: "b", name: "b" })
        const id = found?.id ?? ""
        expect(await store.rows.find("servers", { orgId: "org-1", id })).toEqual(found)
        await (await open()).deleteMissing(LATER)
        expect(await store.rows.find("servers", key("b"))).toMatchObject({ id, deletedAt: LATER })
        expect(await store.rows.find("servers", key("c"))).toBeUndefined()
        expect(await store.rows.find("servers", key("b", "org-2"))).toBeUndefined()
        expect(await store.rows.find("servers", { orgId: "org-2", id })).toBeUndefined()
        for (const odd of [id.replace("servers", "domains"), "servers_", "servers_x", "servers", "1", ""]) {
          expect(await store.rows.find("servers", { orgId: "org-1", id: odd }), odd).toBeUndefined()
        }
      })

      it("which is new, and which a listing leaves as it was made", async () => {
        await store.rows.put("servers", told(row("a")), made, NOW)
        expect(await listed()).toMatchObject([{ ...row("a"), ...made, scope: "account", createdAt: NOW }])
        await write([row("a", { name: "A" })], {}, LATER)
        expect(await listed()).toMatchObject([{ name: "A", ...made, updatedAt: LATER }])
      })

      it("which was there, keeping its id, or was deleted and comes back", async () => {
        await write([row("a")])
        const [before] = await listed()
        await (await open()).deleteMissing(NOW)
        await store.rows.put("servers", told(row("a", { name: "A" }), { scope: "zone/1" }), {}, LATER)
        const [after] = await listed()
        expect(after).toMatchObject({ id: before?.id, name: "A", scope: "zone/1", createdAt: NOW })
        expect(after).toMatchObject({ deletedAt: null, updatedAt: LATER, provisioningSource: "manual" })
      })

      it("which a listing under way does not take for gone", async () => {
        await write([row("a")])
        const writer = await open()
        await store.rows.put("servers", told(row("new")), made, NOW)
        await writer.write([row("a")], LATER)
        expect(await writer.deleteMissing(LATER)).toBe(0)
        expect(await ids()).toEqual(["a", "new"])
      })

      it("but not for a dock that is gone or another's", async () => {
        for (const dockId of ["gone", "foreign"]) {
          const put = store.rows.put("servers", told(row("a"), { dockId }), {}, NOW)
          await expect(put).rejects.toMatchObject({ code: "not_found" })
        }
        expect([...(await ids()), ...(await ids({ orgId: "org-2" }))]).toEqual([])
      })

      it("marked as what the engine knows of it, and nothing else changed", async () => {
        await write([row("a"), row("b")])
        await store.runs.recordScope(scope({ lastCompleteAt: LATER }))
        const end = "2026-03-03T12:00:00.000Z"
        const marks = { provisioningState: "deprovisioned", deletedAt: end } as const
        await store.rows.mark("servers", key("a"), marks, end)
        await store.rows.mark("servers", key("b", "org-2"), marks, end)
        await store.rows.mark("servers", key("c"), marks, end)
        expect(await ids()).toEqual(["b"])
        const [gone] = await listed({ deleted: true })
        expect(gone).toMatchObject({ ...row("a"), ...marks, updatedAt: end, lastSeenAt: LATER })
        expect(gone).toMatchObject({ createdAt: NOW, provisioningSource: "manual" })
      })
    })

    describe("keeps what became different about rows", () => {
      const changes = async (filter: Partial<ChangeFilter> & { limit?: number } = {}) =>
        store.changes.list({ orgId: "org-1", limit: 100, ...filter })
      const told = async (filter: Partial<ChangeFilter> & { limit?: number } = {}) =>
        (await changes(filter)).map(({ kind, name }) => `${kind} ${name}`).sort()
      const later = (minutes: number) => new Date(Date.parse(LATER) + minutes * 60_000).toISOString()
      const sync = async (rows: ListedRow[], now: string) => {
        const writer = await open()
        await writer.write(rows, now)
        await writer.deleteMissing(now)
        await store.runs.recordScope(scope({ lastTriedAt: now, lastCompleteAt: now }))
      }
      const server = (id: string, own: Record<string, unknown> = {}) => row(id, { ...EMPTY_SERVER, ...own })

      it("but not that everything is new when a scope is first listed", async () => {
        await (await open()).write([server("a")], NOW)
        await sync([server("a"), server("b")], NOW)
        expect(await changes()).toEqual([])
        await sync([server("a"), server("b"), server("c")], LATER)
        const [added, ...others] = await changes()
        expect(others).toEqual([])
        const [row] = await listed({}).then((rows) => rows.filter(({ name }) => name === "c"))
        expect(added).toEqual({
          id: expect.any(String),
          orgId: "org-1",
          dockId: "dock-1",
          provider: "fake",
          tableName: "servers",
          resourceId: row?.id,
          name: "c",
          kind: "added",
          fields: [],
          at: LATER,
        })
      })

      it("column by column, and never the provider's answer", async () => {
        await sync([server("a", { plan: "small", ipAddresses: ["192.0.2.1"] })], NOW)
        await sync(
          [
            {
              ...server("a", {
                status: "stopped",
                plan: null,
                ipAddresses: ["192.0.2.1", "192.0.2.2"],
                cpuCores: 2,
              }),
              fullApiData: { secret: "of the provider" },
            },
          ],
          LATER,
        )
        const [changed] = await changes()
        expect(changed?.kind).toBe("changed")
        expect([...(changed?.fields ?? [])].sort((a, b) => (a.column < b.column ? -1 : 1))).toEqual([
          { column: "cpuCores", before: null, after: 2 },
          { column: "ipAddresses", before: ["192.0.2.1"], after: ["192.0.2.1", "192.0.2.2"] },
          { column: "plan", before: "small", after: null },
          { column: "status", before: "running", after: "stopped" },
        ])
        expect(JSON.stringify(await changes())).not.toContain("of the provider")
      })

      it("and not what is the provider's own, what never rests, or in what scope it is", async () => {
        await sync([server("a")], NOW)
        await sync([{ ...server("a"), contentHash: "other", fullApiData: { other: true } }], LATER)
        await write([server("a")], { scope: "other" }, LATER)
        const check = (uptimePercent: number, own: Record<string, unknown> = {}) =>
          row("m", { status: "up", uptimePercent, ...own })
        await write([check(99)], { table: "monitors" })
        await write([check(98)], { table: "monitors" }, LATER)
        expect(await changes()).toEqual([])
        await write([check(97, { status: "down" })], { table: "monitors" }, LATER)
        expect((await changes()).map(({ fields }) => fields)).toEqual([
          [{ column: "status", before: "up", after: "down" }],
        ])
      })

      it("when rows go and come back", async () => {
        await sync([server("a"), server("b")], NOW)
        await sync([server("a")], LATER)
        await sync([server("a"), server("b", { plan: "large" })], later(1))
        expect(await told({ since: LATER })).toEqual(["removed b", "returned b"])
        expect(await told({ since: later(1) })).toEqual(["returned b"])
      })

      it("when one row is written or marked by itself", async () => {
        const place = { orgId: "org-1", dockId: "dock-1", provider: "fake", scope: "account" }
        const put = (own: Record<string, unknown>, now: string) =>
          store.rows.put("servers", { ...place, row: server("a", own) }, { provisioningSource: "api" }, now)
        const key = { orgId: "org-1", dockId: "dock-1", providerResourceId: "a" }
        await put({}, NOW)
        await put({}, later(1))
        await put({ plan: "large" }, later(2))
        await store.rows.mark("servers", key, { provisioningState: "deprovisioning" }, later(3))
        await store.rows.mark("servers", key, { deletedAt: later(4) }, later(4))
        await store.rows.mark("servers", key, { deletedAt: later(4) }, later(5))
        await store.rows.mark("servers", { ...key, providerResourceId: "no" }, { deletedAt: NOW }, NOW)
        await put({ plan: "large" }, later(6))
        expect((await changes()).map(({ kind, at }) => [kind, at])).toEqual([
          ["returned", later(6)],
          ["removed", later(4)],
          ["changed", later(2)],
          ["added", NOW],
        ])
      })

      it("of each organisation for itself, by table, row and time, and counts them", async () => {
        await sync([server("a"), server("b")], NOW)
        await sync([server("a", { plan: "x" }), server("c")], LATER)
        await write([row("m", { status: "up" })], { table: "monitors" }, NOW)
        await write([row("m", { status: "down" })], { table: "monitors" }, later(1))
        expect(await told()).toEqual(["added c", "changed a", "changed m", "removed b"])
        expect((await changes({ limit: 1 })).map(({ name }) => name)).toEqual(["m"])
        expect(await told({ tables: ["monitors", "issues"] })).toEqual(["changed m"])
        expect(await told({ since: later(1) })).toEqual(["changed m"])
        const [first] = await changes({ tables: ["monitors"] })
        expect(await told({ resourceId: first?.resourceId ?? "" })).toEqual(["changed m"])
        expect(await told({ orgId: "org-2" })).toEqual([])
        expect(await told({ orgId: "org-2", resourceId: first?.resourceId ?? "" })).toEqual([])
        const totals = await store.changes.totals({ orgId: "org-1", tables: ["servers"] })
        expect(totals).toEqual({ added: 1, changed: 1, removed: 1, returned: 0 })
        expect(await store.changes.totals({ orgId: "org-1", since: later(2) })).toEqual({
          added: 0,
          changed: 0,
          removed: 0,
          returned: 0,
        })
      })

      it("until they are old, or their dock is removed, and nothing of a dry run", async () => {
        await sync([server("a"), server("b")], NOW)
        await (await open({ dryRun: true })).write([server("a", { plan: "x" })], LATER)
        await sync([server("a", { plan: "x" })], LATER)
        await sync([server("a", { plan: "y" })], later(1))
        const old = { orgId: "org-1", dockId: "dock-1", before: later(1), limit: 1 }
        expect(await store.changes.prune({ ...old, orgId: "org-2" })).toBe(0)
        expect(await store.changes.prune({ ...old, dockId: "dock-2" })).toBe(0)
        expect(await store.changes.prune(old)).toBe(1)
        expect(await store.changes.prune({ ...old, limit: 5 })).toBe(1)
        expect(await told()).toEqual(["changed a"])
        await store.docks.remove("org-1", "dock-1")
        expect(await told()).toEqual([])
      })
    })

    describe("keeps provisionings", () => {
      const owner = (id: string, holder = "me", orgId = "org-1") => ({ orgId, id, holder })

      it("as they were given", async () => {
        await store.provisionings.insert(intent())
        expect(await store.provisionings.get("org-1", { id: "intent" })).toEqual(intent())
        expect(await store.provisionings.get("org-1", { idempotencyKey: "key" })).toEqual(intent())
        expect(await store.provisionings.get("org-2", { id: "intent" })).toBeUndefined()
        expect(await store.provisionings.get("org-2", { idempotencyKey: "key" })).toBeUndefined()
      })

      it("one for each key of an organisation", async () => {
        await store.provisionings.insert(intent())
        const again = store.provisionings.insert(intent({ id: "other" }))
        await expect(again).rejects.toMatchObject({ name: "StoreError", code: "conflict" })
        await store.provisionings.insert(intent({ id: "foreign", orgId: "org-2", dockId: "foreign" }))
        expect(await store.provisionings.list("org-1")).toHaveLength(1)
      })

      it("and lists them by dock and by whether they are under way, the newest first", async () => {
        const states = ["provisioning", "provisioned", "failed", "deprovisioning", "deprovisioned"] as const
        for (const [index, state] of states.entries()) {
          const createdAt = `2026-03-0${index + 1}T12:00:00.000Z`
          await store.provisionings.insert(intent({ id: state, idempotencyKey: state, state, createdAt }))
        }
        await store.provisionings.insert(intent({ id: "second", idempotencyKey: "2", dockId: "dock-2" }))
        const found = async (filter: ProvisioningFilter, org = "org-1") =>
          (await store.provisionings.list(org, filter)).map(({ id }) => id)
        expect(await found({ dockId: "dock-1" })).toEqual([...states].reverse())
        expect(await found({ dockId: "dock-1", unfinished: true })).toEqual([
          "deprovisioning",
          "provisioning",
        ])
        expect(await found({ dockId: "dock-2", unfinished: true })).toEqual(["second"])
        expect(await found({})).toHaveLength(6)
        expect(await found({}, "org-2")).toEqual([])
      })

      it("and finds those of one row", async () => {
        const of = { tableName: "servers", providerResourceId: "s-1" }
        await store.provisionings.insert(intent({ ...of }))
        await store.provisionings.insert(
          intent({ id: "later", idempotencyKey: "2", createdAt: LATER, ...of }),
        )
        await store.provisionings.insert(
          intent({ id: "other", idempotencyKey: "3", ...of, tableName: "domains" }),
        )
        await store.provisionings.insert(
          intent({ id: "second", idempotencyKey: "4", ...of, dockId: "dock-2" }),
        )
        const key = { orgId: "org-1", dockId: "dock-1", providerResourceId: "s-1" }
        const ids = async (orgId = "org-1", limit = 10) =>
          (await store.provisionings.ofRow("servers", { ...key, orgId }, limit)).map(({ id }) => id)
        expect(await ids()).toEqual(["later", "intent"])
        expect(await ids("org-1", 1)).toEqual(["later"])
        expect(await ids("org-2")).toEqual([])
        expect(await store.provisionings.list("org-1", { limit: 1 })).toHaveLength(1)
      })

      it("changed by whoever has their lease, and by nobody else", async () => {
        await store.provisionings.insert(intent())
        await store.provisionings.update(owner("intent"), {
          state: "failed",
          errorCode: "no",
          isRollingBack: true,
        })
        expect(await store.provisionings.get("org-1", { id: "intent" })).toEqual(
          intent({ state: "failed", errorCode: "no", isRollingBack: true }),
        )
        for (const other of [owner("intent", "thief"), owner("intent", "me", "org-2"), owner("gone")]) {
          const changing = store.provisionings.update(other, { errorCode: "stolen" })
          await expect(changing).rejects.toMatchObject({ code: "lease_lost" })
        }
        expect(await store.provisionings.get("org-1", { id: "intent" })).toMatchObject({ errorCode: "no" })
      })

      it("with a lease that one holder has until it is given back or ends", async () => {
        await store.provisionings.insert(intent({ leaseExpiresAt: LATER }))
        const end = "2026-03-03T12:00:00.000Z"
        const take = (holder: string, now: string) =>
          store.provisionings.acquire(owner("intent", holder), { now, expiresAt: end })
        expect(await take("b", NOW)).toEqual({ acquired: false, holder: "me", expiresAt: LATER })
        expect(await take("b", LATER)).toEqual({ acquired: true })
        expect(await take("me", LATER)).toMatchObject({ acquired: false, holder: "b" })
        await store.provisionings.release(owner("intent", "me"))
        expect(await take("me", LATER)).toMatchObject({ acquired: false })
        await store.provisionings.release(owner("intent", "b"))
        const answers = await Promise.all(["c", "d", "e"].map((holder) => take(holder, LATER)))
        expect(answers.filter((answer) => answer.acquired)).toHaveLength(1)
        const foreign = store.provisionings.acquire(owner("intent", "a", "org-2"), {
          now: end,
          expiresAt: end,
        })
        await expect(foreign).rejects.toMatchObject({ code: "not_found" })
      })

      it("until their dock is removed", async () => {
        await store.provisionings.insert(intent())
        await store.provisionings.insert(intent({ id: "other", idempotencyKey: "other", dockId: "dock-2" }))
        await store.docks.remove("org-1", "dock-1")
        expect((await store.provisionings.list("org-1")).map(({ id }) => id)).toEqual(["other"])
      })
    })

    describe("keeps organisations", () => {
      const memberships = async (orgId: string) =>
        (await store.organizations.members(orgId)).map(({ userId, role }) => [userId, role])

      it("made with their first member, or with neither", async () => {
        await store.organizations.create(organization(), member())
        expect(await store.organizations.get("org-1")).toEqual(organization())
        expect(await store.organizations.membership("org-1", "ada")).toEqual(member())
        const taken = store.organizations.create(
          organization({ id: "org-3" }),
          member({ id: "m-3", orgId: "org-3" }),
        )
        await expect(taken).rejects.toMatchObject({ name: "StoreError", code: "conflict" })
        expect(await store.organizations.get("org-3")).toBeUndefined()
        expect(await store.organizations.members("org-3")).toEqual([])
      })

      it("made once, by however many at once, and left as they are", async () => {
        const all = Array.from({ length: 5 }, () => store.organizations.ensure(organization()))
        await Promise.all(all)
        await store.organizations.ensure(organization({ name: "Other" }))
        expect(await store.organizations.get("org-1")).toEqual(organization())
        const taken = store.organizations.ensure(organization({ id: "org-3" }))
        await expect(taken).rejects.toMatchObject({ code: "conflict" })
      })

      it("with the members of each for itself", async () => {
        await store.organizations.create(organization(), member())
        await store.organizations.create(
          organization({ id: "org-2", name: "A first", slug: "second" }),
          member({ id: "m-2", orgId: "org-2", role: "client" }),
        )
        await store.organizations.setMember(member({ id: "m-3", userId: "bob", role: "client" }), "owner")
        expect(await memberships("org-1")).toEqual([
          ["ada", "owner"],
          ["bob", "client"],
        ])
        expect(await memberships("org-2")).toEqual([["ada", "client"]])
        expect(await store.organizations.membership("org-2", "bob")).toBeUndefined()
        expect(
          (await store.organizations.ofUser("ada")).map(({ organization, role }) => [organization.id, role]),
        ).toEqual([
          ["org-2", "client"],
          ["org-1", "owner"],
        ])
        expect(await store.organizations.ofUser("nobody")).toEqual([])
        expect((await store.organizations.list()).map(({ id }) => id)).toEqual(["org-2", "org-1"])
        const foreign = store.organizations.removeMember("org-2", "bob", "owner")
        await expect(foreign).rejects.toMatchObject({ code: "not_found" })
        expect(await memberships("org-1")).toHaveLength(2)
      })

      it("whose members change their role and stay the same", async () => {
        await store.organizations.create(organization(), member())
        await store.organizations.setMember(member({ id: "m-3", userId: "bob", role: "client" }), "owner")
        await store.organizations.setMember(
          member({ id: "other", userId: "bob", role: "admin", createdAt: LATER, updatedAt: LATER }),
          "owner",
        )
        expect(await store.organizations.membership("org-1", "bob")).toEqual(
          member({ id: "m-3", userId: "bob", role: "admin", updatedAt: LATER }),
        )
      })

      it("which always keep somebody of the role that must remain", async () => {
        await store.organizations.create(organization(), member())
        await store.organizations.setMember(member({ id: "m-3", userId: "bob", role: "client" }), "owner")
        const refused = { name: "StoreError", code: "conflict" }
        await expect(
          store.organizations.setMember(member({ role: "client" }), "owner"),
        ).rejects.toMatchObject(refused)
        await expect(store.organizations.removeMember("org-1", "ada", "owner")).rejects.toMatchObject(refused)
        await store.organizations.setMember(member({ userId: "bob", role: "owner" }), "owner")
        const leaving = await Promise.allSettled(
          ["ada", "bob"].map((userId) => store.organizations.removeMember("org-1", userId, "owner")),
        )
        expect(leaving.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"])
        expect(await memberships("org-1")).toHaveLength(1)
      })
    })

    describe("keeps an audit log", () => {
      const logged = async (filter: Partial<AuditFilter> = {}) => {
        const entries: AuditEntry[] = []
        for await (const found of store.audit.list({ orgId: "org-1", ...filter })) entries.push(found)
        return entries
      }

      it("as it was written, the newest first", async () => {
        const older = entry({ id: "a", targetTable: null, targetId: null, requestId: null })
        const newer = entry({ id: "b", at: LATER, result: "failed", errorCode: "timeout" })
        await store.audit.append([newer])
        await store.audit.append([older])
        await store.audit.append([])
        expect(await logged()).toEqual([newer, older])
        expect(await logged({ result: "failed" })).toEqual([newer])
        expect(await logged({ result: "succeeded" })).toEqual([older])
      })

      it("of each organisation for itself, by whom and how it ended", async () => {
        await store.audit.append([
          entry({ id: "a" }),
          entry({ id: "b", actor: "system", result: "denied" }),
          entry({ id: "c", orgId: "org-2" }),
        ])
        const ids = async (filter: Partial<AuditFilter> = {}) =>
          (await logged(filter)).map(({ id }) => id).sort()
        expect(await ids()).toEqual(["a", "b"])
        expect(await ids({ actor: "system" })).toEqual(["b"])
        expect(await ids({ actor: "system", result: "succeeded" })).toEqual([])
        expect(await ids({ orgId: "org-2" })).toEqual(["c"])
      })

      it("in pages, of whatever is asked for", async () => {
        const at = (index: number) => new Date(Date.parse(NOW) + Math.floor(index / 3)).toISOString()
        const many = Array.from({ length: 20 }, (_, index) =>
          entry({
            id: `e${index}`,
            at: at(index),
            action: index % 2 === 0 ? "sync" : "connect",
            targetId: index < 10 ? "dock-1" : "dock-2",
          }),
        )
        await store.audit.append(many)
        await store.audit.append([entry({ id: "foreign", orgId: "org-2" })])
        const page = (filter: Partial<AuditPageFilter> = {}) =>
          store.audit.page({ orgId: "org-1", limit: 100, ...filter })
        const whole = await page()
        expect(whole.map((one) => one.at)).toEqual(many.map((one) => one.at).reverse())
        const walked: AuditEntry[] = []
        for (let after: string | undefined; ; after = walked.at(-1)?.id) {
          const entries = await page({ after, limit: 7 })
          walked.push(...entries)
          if (entries.length < 7) break
        }
        expect(walked).toEqual(whole)
        const ids = async (filter: Partial<AuditPageFilter>) =>
          (await page(filter)).map(({ id }) => id).sort()
        expect(await ids({ action: "sync", targetTable: "docks", targetId: "dock-2" })).toEqual(
          ["e10", "e12", "e14", "e16", "e18"].sort(),
        )
        expect(await ids({ since: at(6), until: at(9), action: "sync" })).toEqual(["e6", "e8"])
        expect(await ids({ actor: "user:ada", result: "failed" })).toEqual([])
        expect(await ids({ after: "nothing" })).toHaveLength(20)
        expect(await ids({ after: "foreign" })).toHaveLength(20)
      })

      it("of any length, also while it grows", async () => {
        const at = (index: number) => new Date(Date.parse(NOW) + Math.floor(index / 3)).toISOString()
        const length = Math.min(1300, most)
        const many = Array.from({ length }, (_, index) => entry({ id: `e${index}`, at: at(index) }))
        for (let start = 0; start < many.length; start += 100) {
          await store.audit.append(many.slice(start, start + 100))
        }
        const found: AuditEntry[] = []
        for await (const one of store.audit.list({ orgId: "org-1" })) {
          if (found.length % 100 === 0)
            await store.audit.append([entry({ id: `n${found.length}`, at: LATER })])
          found.push(one)
        }
        const before = found.filter(({ id }) => id.startsWith("e"))
        expect(new Set(before.map(({ id }) => id)).size).toBe(length)
        expect(before.map((one) => one.at)).toEqual(many.map((one) => one.at).reverse())
      })

      it("that outlives the docks it tells of", async () => {
        await store.audit.append([entry()])
        await store.docks.remove("org-1", "dock-1")
        expect(await logged()).toEqual([entry()])
      })
    })

    it("can be brought up to date again", async () => {
      await write([row("a")])
      await store.migrate()
      expect(await ids()).toEqual(["a"])
    })
  })
}

function dock(changes: Partial<DockRow> = {}): DockRow {
  return {
    id: "dock-1",
    orgId: "org-1",
    provider: "fake",
    name: "first",
    accountId: "7",
    accountName: null,
    status: "connected",
    credentials: "v1.sealed",
    lastError: null,
    lastSyncedAt: null,
    syncIntervalMinutes: 15,
    leaseHolder: "me",
    leaseExpiresAt: NOW,
    createdAt: NOW,
    updatedAt: NOW,
    ...changes,
  }
}

/** A listed row. Its hash follows its content, as the engine's does. */
function row(id: string, changes: Record<string, unknown> = {}): ListedRow {
  const content = { name: id, status: "running", ...changes } as Pick<ListedRow, "name" | "status">
  return {
    providerResourceId: id,
    providerStatus: null,
    providerUrl: null,
    fullApiData: { id },
    contentHash: JSON.stringify(content),
    ...content,
  }
}

const EMPTY_SERVER = {
  primaryIpAddress: null,
  ipAddresses: null,
  hostname: null,
  region: null,
  plan: null,
  operatingSystem: null,
  cpuCores: null,
  memoryMb: null,
  diskGb: null,
  stack: null,
  infrastructureProvider: null,
}

function organization(changes: Partial<Organization> = {}): Organization {
  return { id: "org-1", name: "The first", slug: "first", createdAt: NOW, updatedAt: NOW, ...changes }
}

function member(changes: Partial<Membership> = {}): Membership {
  return {
    id: "m-1",
    orgId: "org-1",
    userId: "ada",
    role: "owner",
    createdAt: NOW,
    updatedAt: NOW,
    ...changes,
  }
}

function entry(changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id: "e",
    orgId: "org-1",
    actor: "user:ada",
    action: "disconnect",
    targetTable: "docks",
    targetId: "dock-1",
    result: "succeeded",
    errorCode: null,
    requestId: "r-1",
    at: NOW,
    ...changes,
  }
}

function run(changes: Partial<SyncRun> = {}): SyncRun {
  const counts = { fetched: 0, inserted: 0, updated: 0, unchanged: 0, deleted: 0, skipped: 0 }
  return {
    id: "run",
    orgId: "org-1",
    dockId: "dock-1",
    status: "running",
    startedAt: NOW,
    finishedAt: null,
    ...counts,
    requests: 0,
    waitedMs: 0,
    error: null,
    ...changes,
  }
}

function scope(changes: Record<string, unknown> = {}) {
  return {
    orgId: "org-1",
    dockId: "dock-1",
    tableName: "servers",
    scope: "account",
    lastTriedAt: NOW,
    lastCompleteAt: null,
    lastError: null,
    ...changes,
  }
}

function intent(changes: Partial<Provisioning> = {}): Provisioning {
  const step = { startedAt: NOW, foundBefore: null, id: "p-1", data: { zone: "z" }, error: null }
  return {
    id: "intent",
    orgId: "org-1",
    dockId: "dock-1",
    operation: "provision",
    kind: "server",
    tableName: "servers",
    state: "provisioning",
    idempotencyKey: "key",
    input: { name: "a", tags: ["x"] },
    withheld: [["nested", "password"]],
    steps: [{ name: "server", outcome: "made", ...step }],
    isRollingBack: false,
    providerResourceId: null,
    errorCode: null,
    errorMessage: null,
    requestedBy: "local",
    leaseHolder: "me",
    leaseExpiresAt: NOW,
    createdAt: NOW,
    updatedAt: NOW,
    finishedAt: null,
    ...changes,
  }
}
