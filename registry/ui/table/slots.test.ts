import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { slotsFor } from "./slots.ts"

const range = (from: number, length: number) => Array.from({ length }, (_, n) => from + n)

describe("slotsFor", () => {
  it("leaves rows where they are, and gives the elements of those that left to those that came", () => {
    const before = slotsFor(new Map(), range(0, 5))
    const after = slotsFor(before, range(2, 5))
    expect([2, 3, 4].map((index) => after.get(index))).toEqual([2, 3, 4].map((index) => before.get(index)))
    expect(new Set(after.values())).toEqual(new Set(before.values()))
  })

  it("never gives one element to two rows, wherever the view jumps", () => {
    const view = fc.record({ from: fc.nat(40), length: fc.nat(12), active: fc.option(fc.nat(60)) })
    fc.assert(
      fc.property(fc.array(view), (views) => {
        let slots = new Map<number, number>()
        for (const { from, length, active } of views) {
          const indexes = [...new Set([...range(from, length), ...(active === null ? [] : [active])])]
          slots = slotsFor(slots, indexes)
          expect([...slots.keys()].sort()).toEqual([...indexes].sort())
          expect(new Set(slots.values()).size).toBe(indexes.length)
        }
      }),
    )
  })
})
