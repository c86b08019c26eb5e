import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { memoryStore } from "../stores/memory/index.ts"
import { temporaryFiles } from "../stores/sql/temporary.fixture.ts"
import { collect, dockRow, type FakeServer, NOW, pages, syncFake } from "./fake-dock.fixture.ts"
import type { Store } from "./ports.ts"

const { newStore } = temporaryFiles()

/** One listing as a provider may give it: whole, broken off at a page, with an odd item, or shorter than told. */
const listing = fc.record({
  servers: fc.uniqueArray(
    fc.record({ id: fc.integer({ min: 0, max: 30 }), version: fc.integer({ min: 0, max: 2 }) }),
    { selector: (server) => server.id, maxLength: 30 },
  ),
  pageSize: fc.integer({ min: 1, max: 12 }),
  failOn: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined, freq: 3 }),
  odd: fc.boolean(),
  missing: fc.integer({ min: 0, max: 1 }),
  allowMassDelete: fc.boolean(),
  dryRun: fc.boolean(),
})

/** What the rows should be, said as simply as it can be. */
class Model {
  live = new Map<number, number>()

  apply({ servers, pageSize, failOn, odd, missing, allowMassDelete, dryRun }: Listing): void {
    const pageCount = Math.max(1, Math.ceil((servers.length + (odd ? 1 : 0)) / pageSize))
    const fails = failOn !== undefined && failOn < pageCount
    const stored = fails ? servers.slice(0, failOn * pageSize) : servers
    const before = this.live
    const after = new Map(before)
    for (const { id, version } of stored) after.set(id, version)
    if (!fails && !odd && missing === 0) {
      const gone = [...before.keys()].filter((id) => !servers.some((server) => server.id === id))
      const isMass = gone.length >= 20 && gone.length > before.size * 0.3
      if (!isMass || allowMassDelete) for (const id of gone) after.delete(id)
    }
    if (!dryRun) this.live = after
  }
}

type Listing = typeof listing extends fc.Arbitrary<infer Value> ? Value : never

async function follow(store: Store, listings: readonly Listing[]): Promise<void> {
  await store.docks.insert(dockRow())
  const model = new Model()
  for (const [step, one] of listings.entries()) {
    const servers: FakeServer[] = one.servers.map(({ id, version }) => ({
      id: `s${id}`,
      version,
      state: "on",
    }))
    const items: unknown[] = one.odd ? [...servers, { id: null }] : servers
    const { pageSize: size, failOn, allowMassDelete, dryRun } = one
    const total = items.length + one.missing
    const options = failOn === undefined ? { size, total } : { size, total, failOn }
    const before = model.live
    model.apply(one)
    const report = await syncFake(
      store,
      { servers: () => pages(items, options) },
      { allowMassDelete, dryRun, now: () => Date.parse(NOW) + step * 1_000 },
    )

    const rows = await collect(store.rows.list("servers", { orgId: "org-1" }))
    const stored = rows.map((row) => [Number(row.providerResourceId.slice(1)), row.fullApiData["version"]])
    expect(new Map(stored as [number, number][])).toEqual(model.live)
    expect(rows).toHaveLength(model.live.size)

    const scope = report.scopes[0]
    const counted =
      (scope?.inserted ?? 0) + (scope?.updated ?? 0) + (scope?.unchanged ?? 0) + (scope?.skipped ?? 0)
    expect(counted).toBe(scope?.fetched)
    if (!dryRun) expect(scope?.deleted).toBe([...before.keys()].filter((id) => !model.live.has(id)).length)
  }
  await store.close()
}

describe("after any sequence of listings the rows are what a simple model says", () => {
  it("in memory", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(listing, { minLength: 2, maxLength: 8 }), (listings) =>
        follow(memoryStore(), listings),
      ),
      { numRuns: 200 },
    )
  })

  it("in SQL", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(listing, { minLength: 2, maxLength: 8 }), (listings) =>
        newStore().then((store) => follow(store, listings)),
      ),
      { numRuns: 40 },
    )
  })
})
