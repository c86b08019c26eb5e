import { expect, test } from "vitest"
import { filterOf, isNarrowed } from "./activity-filter.ts"

test("the address says what is asked for", () => {
  expect(
    filterOf({
      actor: "user:mira",
      action: "sync",
      result: "failed",
      table: "docks",
      target: "d1",
      tab: "x",
    }),
  ).toEqual({ actor: "user:mira", action: "sync", result: "failed", targetTable: "docks", targetId: "d1" })
})

test("days are those of the reader, from their first millisecond to their last", () => {
  const { since, until } = filterOf({ from: "2026-03-04", to: "2026-03-04" })
  expect(since).toBe(new Date(2026, 2, 4).toISOString())
  expect(until).toBe(new Date(2026, 2, 4, 23, 59, 59, 999).toISOString())
})

test("words that nobody could have chosen are not asked", () => {
  expect(filterOf({ result: "perhaps", from: "yesterday", to: "" })).toEqual({})
})

test("only filters narrow the log", () => {
  expect(isNarrowed({ result: "failed" })).toBe(true)
  expect(isNarrowed({ other: "x" })).toBe(false)
})
