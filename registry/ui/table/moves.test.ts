import { expect, it } from "vitest"
import { rowAfter } from "./moves.ts"

const at = (active: number) => ({ active, total: 50, page: 20 })

it.each([
  ["ArrowDown", -1, 0],
  ["ArrowDown", 49, 49],
  ["ArrowUp", 0, 0],
  ["ArrowUp", 7, 6],
  ["PageDown", 40, 49],
  ["PageUp", 30, 10],
  ["Home", 30, 0],
  ["End", 3, 49],
] as const)("%s from row %i leads to row %i", (key, from, to) => {
  expect(rowAfter(key, at(from))).toBe(to)
})

it("moves nothing for other keys, or where there are no rows", () => {
  expect(rowAfter("a", at(3))).toBeUndefined()
  expect(rowAfter("End", { active: 0, total: 0, page: 20 })).toBeUndefined()
})
