import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { account, read, upTo } from "./listing.suite.ts"
import { pageNumbers } from "./paging.ts"

describe("pageNumbers, while the account changes", () => {
  it("reads the page before again when rows were removed meanwhile, because one has slipped back onto it", async () => {
    const fetchPage = account(upTo(10), 5, (request, rows) => {
      if (request === 1) rows.splice(1, 1)
    })
    const { items, failure } = await read(pageNumbers(fetchPage))
    expect(failure).toBeUndefined()
    expect(new Set(items)).toEqual(new Set(upTo(10)))
  })

  it("fails when more was removed meanwhile than reading one page again can mend", async () => {
    const fetchPage = account(upTo(20), 5, (request, rows) => {
      if (request === 1) rows.splice(0, 6)
    })
    expect((await read(pageNumbers(fetchPage))).failure).toMatchObject({ code: "incomplete_listing" })
  })

  it("never misses a row that was there all the time, when rows are removed while it reads", async () => {
    await neverMisses({ concurrency: fc.integer({ min: 1, max: 4 }), create: fc.constant(false) })
  })

  it("never misses one when rows are created as well, one change at a time", async () => {
    await neverMisses({ concurrency: fc.constant(1), create: fc.boolean() })
  })

  it("does not fail over rows that are created while it reads", async () => {
    const fetchPage = account(upTo(10), 5, (request, rows) => {
      if (request === 1) rows.unshift(100)
      if (request === 2) rows.push(101)
    })
    const { items, failure } = await read(pageNumbers(fetchPage))
    expect(failure).toBeUndefined()
    expect(items).toEqual(expect.arrayContaining(upTo(10)))
  })
})

/** Each request may find one row more or less than the request before it. */
async function neverMisses(vary: { concurrency: fc.Arbitrary<number>; create: fc.Arbitrary<boolean> }) {
  const change = fc.record({ at: fc.nat(40), create: vary.create })
  let whole = 0
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 6 }),
      vary.concurrency,
      fc.array(fc.option(change), { maxLength: 12 }),
      async (count, size, concurrency, changes) => {
        const removed = new Set<number>()
        const fetchPage = account(upTo(count), size, (request, rows) => {
          const now = changes[request]
          if (!now) return
          if (now.create) rows.splice(now.at % (rows.length + 1), 0, 1_000 + request)
          else for (const row of rows.splice(now.at % (rows.length || 1), 1)) removed.add(row)
        })
        const { items, failure } = await read(pageNumbers(fetchPage, { concurrency }))
        if (failure) {
          expect(failure.code).toBe("incomplete_listing")
        } else {
          whole++
          expect(upTo(count).filter((row) => !removed.has(row) && !items.includes(row))).toEqual([])
        }
      },
    ),
    { numRuns: 1_000 },
  )
  expect(whole).toBeGreaterThan(100)
}
