import { expect, test } from "vitest"
import { changeHours, hoursBefore } from "./change-hours.ts"

const now = new Date("2026-03-04T10:20:00.000Z")

test("each change is in its hour, the oldest hour first", () => {
  const hours = changeHours(
    [
      { kind: "added", at: "2026-03-04T10:19:59.000Z" },
      { kind: "returned", at: "2026-03-04T10:00:00.000Z" },
      { kind: "removed", at: "2026-03-04T09:59:59.999Z" },
      { kind: "changed", at: "2026-03-04T08:30:00.000Z" },
    ],
    now,
    3,
  )
  expect(hours.map(({ added, changed, removed }) => [added, changed, removed])).toEqual([
    [0, 1, 0],
    [0, 0, 1],
    [2, 0, 0],
  ])
})

test("what is older than the hours that are shown is not counted into one of them", () => {
  const hours = changeHours([{ kind: "added", at: "2026-03-04T07:59:00.000Z" }], now, 3)
  expect(hours.every(({ added }) => added === 0)).toBe(true)
})

test("the same instant is asked for all through an hour", () => {
  expect(hoursBefore(now, 24)).toBe("2026-03-03T11:00:00.000Z")
  expect(hoursBefore(new Date("2026-03-04T10:59:59.000Z"), 24)).toBe("2026-03-03T11:00:00.000Z")
})
