import { expect, it } from "vitest"
import { type PageAsked, Stretches } from "./stretches.ts"

/** A listing of the numbers below `count`, whose cursor is the last one that was given. */
function listing(count: number) {
  const asked: PageAsked[] = []
  const read = async ({ cursor, numItems }: PageAsked) => {
    asked.push({ cursor, numItems })
    const start = cursor === null ? 0 : Number(cursor) + 1
    const page = Array.from({ length: Math.min(numItems, count - start) }, (_, index) => start + index)
    return { page, isDone: start + page.length === count, continueCursor: String(start + page.length - 1) }
  }
  return { read, asked }
}

it("any stretch holds what is there, in whatever order stretches are asked for", async () => {
  const stretches = new Stretches<number>(undefined)
  const { read } = listing(2345)
  for (const offset of [0, 1200, 300, 2300, 1250, 0, 2400, 777]) {
    const { rows } = await stretches.rows({ offset: offset, limit: 100 }, read)
    const expected = Array.from({ length: Math.max(0, Math.min(100, 2345 - offset)) }, (_, n) => offset + n)
    expect(rows, String(offset)).toEqual(expected)
  }
})

it("the way to a far stretch is walked once, in the largest steps", async () => {
  const { read, asked } = listing(50_000)
  const stretches = new Stretches<number>(undefined)
  await stretches.rows({ offset: 40_000, limit: 100 }, read)
  expect(asked).toHaveLength(81)
  asked.length = 0
  await stretches.rows({ offset: 40_100, limit: 100 }, read)
  await stretches.rows({ offset: 39_500, limit: 100 }, read)
  expect(asked).toHaveLength(2)
})

it("rows that the question could not leave out are left out, and counted as never there", async () => {
  const stretches = new Stretches<number>((number) => number % 7 === 0)
  const { read } = listing(3000)
  expect((await stretches.rows({ offset: 100, limit: 3 }, read)).rows).toEqual([700, 707, 714])
  expect((await stretches.rows({ offset: 428, limit: 10 }, read)).rows).toEqual([2996])
  expect(stretches.total).toEqual({ rows: 429, isExact: true })
})

it("before the end was seen, there is always more than what was", async () => {
  const stretches = new Stretches<number>(undefined)
  const { read } = listing(250)
  await stretches.rows({ offset: 0, limit: 100 }, read)
  expect(stretches.total).toEqual({ rows: 101, isExact: false })
  await stretches.rows({ offset: 200, limit: 100 }, read)
  expect(stretches.total).toEqual({ rows: 250, isExact: true })
})

it("an empty listing has an end", async () => {
  const stretches = new Stretches<number>(undefined)
  const { read } = listing(0)
  expect(await stretches.rows({ offset: 0, limit: 100 }, read)).toEqual({ rows: [], asked: [] })
  expect(stretches.total).toEqual({ rows: 0, isExact: true })
})
