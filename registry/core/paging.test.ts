import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { DockError } from "./errors.ts"
import { account, answer, read, upTo } from "./listing.suite.ts"
import { cursors, offsets, pageNumbers, single } from "./paging.ts"

describe("every kind of listing", () => {
  it("gives every item once and in order, however many there are", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 5 }),
        async (count, size, concurrency) => {
          const rows = upTo(count)
          const listings = [
            pageNumbers(account(rows, size), { concurrency }),
            offsets(async (offset) => ({ answer, items: rows.slice(offset, offset + size), total: count })),
            cursors(async (cursor) => {
              const start = Number(cursor ?? 0)
              return {
                answer,
                items: rows.slice(start, start + size),
                next: start + size < count ? start + size : "",
              }
            }),
            single(async () => ({ answer, items: rows, total: count })),
          ]
          for (const listing of listings)
            expect(await read(listing)).toMatchObject({ items: rows, failure: undefined })
        },
      ),
    )
  })

  it("passes a failed request on, after the pages that came before it", async () => {
    const broken = new DockError({ code: "network", message: "gone", provider: "acme" })
    const fails = async (): Promise<never> => {
      throw broken
    }
    const first = { answer, items: [1], lastPage: 9, isLast: false, next: "b" }
    for (const listing of [
      pageNumbers((page) => (page === 1 ? Promise.resolve(first) : fails()), { concurrency: 3 }),
      offsets((offset) => (offset === 0 ? Promise.resolve(first) : fails())),
      cursors((cursor) => (cursor ? fails() : Promise.resolve(first))),
    ]) {
      expect(await read(listing)).toEqual({ items: [1], pages: 1, failure: broken })
    }
  })

  it("fails when less came than the provider declared, naming the endpoint and the request", async () => {
    const short = { answer, items: [1, 2], total: 3 }
    for (const listing of [
      pageNumbers(async () => ({ ...short, isLast: true })),
      offsets(async () => ({ ...short, isLast: true })),
      cursors(async () => ({ ...short, next: null })),
      single(async () => short),
    ]) {
      const { items, failure } = await read(listing)
      expect(items).toEqual([1, 2])
      expect(failure).toMatchObject({
        code: "incomplete_listing",
        message: "acme: the listing GET /sites ended after 2 of 3 items",
        ...answer,
      })
    }
  })

  it("does not mind more than was declared", async () => {
    expect((await read(single(async () => ({ answer, items: [1, 2], total: 1 })))).failure).toBeUndefined()
  })
})

describe("pageNumbers", () => {
  it("ends where the provider says so, not at an empty or short page", async () => {
    const pages = [[1, 2], [], [3], [4, 5]]
    const { items } = await read(
      pageNumbers(async (page) => ({ answer, items: pages[page - 1] ?? [], isLast: page === 4 })),
    )
    expect(items).toEqual([1, 2, 3, 4, 5])
  })

  it("fails when the provider does not say whether there is more", async () => {
    const { failure } = await read(pageNumbers(async () => ({ answer, items: [] })))
    expect(failure).toMatchObject({
      code: "incomplete_listing",
      message: expect.stringContaining("does not say"),
    })
  })

  it("fails on the second page of a provider that ignores the page's number", async () => {
    const { failure, pages } = await read(pageNumbers(async () => ({ answer, items: [1, 2], lastPage: 3 })))
    expect(failure).toMatchObject({
      code: "incomplete_listing",
      message: expect.stringContaining("same page"),
    })
    expect(pages).toBe(1)
  })

  it("fails on empty pages without end, and on a last page that never comes", async () => {
    const empty = await read(pageNumbers(async () => ({ answer, items: [], isLast: false })))
    expect(empty.failure?.code).toBe("incomplete_listing")
    expect(empty.pages).toBe(100)
    const endless = await read(pageNumbers(async (page) => ({ answer, items: [page], lastPage: page + 1 })))
    expect(endless.failure?.code).toBe("incomplete_listing")
    expect(endless.pages).toBe(100_000)
  })

  it("can count from 0", async () => {
    const asked: number[] = []
    await read(
      pageNumbers(
        async (page) => {
          asked.push(page)
          return { answer, items: [page], isLast: page === 2 }
        },
        { first: 0 },
      ),
    )
    expect(asked).toEqual([0, 1, 2])
  })

  it("has no more requests under way than told, keeps their order, and asks for each page once", async () => {
    let underWay = 0
    let most = 0
    const asked: number[] = []
    const { items } = await read(
      pageNumbers(
        async (page) => {
          asked.push(page)
          most = Math.max(most, ++underWay)
          for (let turn = 0; turn < 10 - page; turn++) await Promise.resolve()
          underWay--
          return { answer, items: [page], lastPage: 9 }
        },
        { concurrency: 3 },
      ),
    )
    expect(items).toEqual(upTo(9))
    expect(asked).toEqual(upTo(9))
    expect(most).toBe(3)
  })

  it("stops asking when its reader stops", async () => {
    let asked = 0
    const pages = pageNumbers(async () => ({ answer, items: [++asked], lastPage: 9 }))
    for await (const _ of pages) break
    expect(asked).toBe(1)
  })
})

describe("offsets", () => {
  it("goes on from what came, not from what was asked for", async () => {
    const asked: number[] = []
    await read(
      offsets(async (offset) => {
        asked.push(offset)
        return { answer, items: offset === 0 ? [1, 2] : [3, 4, 5], isLast: offset > 0 }
      }),
    )
    expect(asked).toEqual([0, 2])
  })

  it("fails when the provider says neither a total nor an end", async () => {
    expect((await read(offsets(async () => ({ answer, items: [1] })))).failure?.code).toBe(
      "incomplete_listing",
    )
  })

  it("fails on an empty page before the end, since it cannot go on from there", async () => {
    const { failure } = await read(
      offsets(async (offset) => ({ answer, items: offset === 0 ? [1] : [], total: 5 })),
    )
    expect(failure).toMatchObject({
      code: "incomplete_listing",
      message: expect.stringContaining("empty page"),
    })
  })

  it("reads the page before again when rows were removed meanwhile", async () => {
    const rows = upTo(10)
    let requests = 0
    const { items, failure } = await read(
      offsets(async (offset) => {
        if (requests++ === 1) rows.splice(0, 1)
        return { answer, items: rows.slice(offset, offset + 4), total: rows.length }
      }),
    )
    expect(failure).toBeUndefined()
    expect(new Set(items)).toEqual(new Set(upTo(10)))
  })
})

describe("cursors", () => {
  it.each([
    ["at once", ["a", "a"]],
    ["after a round", ["a", "b", "c", "a"]],
    ["as a number and as text", [1, "1"]],
  ])("fails on a cursor that repeats %s", async (_, told) => {
    let page = 0
    const { failure, pages } = await read(
      cursors(async () => ({ answer, items: [page], next: told[page++] })),
    )
    expect(failure).toMatchObject({
      code: "incomplete_listing",
      message: expect.stringContaining("read before"),
    })
    expect(pages).toBe(told.length)
  })

  it("goes on after an empty page in the middle", async () => {
    const pages = [[1], [], [2]]
    let page = 0
    const { items } = await read(
      cursors(async () => ({ answer, items: pages[page++] ?? [], next: page < 3 ? page : null })),
    )
    expect(items).toEqual([1, 2])
  })

  it("fails on empty pages without end", async () => {
    let page = 0
    const { failure } = await read(cursors(async () => ({ answer, items: [], next: page++ })))
    expect(failure?.message).toContain("empty pages in a row")
  })

  it("fails on a provider that ignores the cursor and makes up new ones", async () => {
    let page = 0
    const { failure } = await read(cursors(async () => ({ answer, items: ["a"], next: page++ })))
    expect(failure?.message).toContain("same page")
  })

  it("treats 0 as a cursor, not as the end", async () => {
    const asked: unknown[] = []
    await read(
      cursors(async (cursor) => {
        asked.push(cursor)
        return { answer, items: [asked.length], next: cursor === undefined ? 0 : null }
      }),
    )
    expect(asked).toEqual([undefined, "0"])
  })

  it("does not fail over what is created or removed while it reads", async () => {
    const totals = [3, 2]
    let page = 0
    expect(
      (
        await read(
          cursors(async () => ({ answer, items: [page], total: totals[page++], next: page < 2 ? page : "" })),
        )
      ).failure,
    ).toBeUndefined()
  })
})
