import { expect, test } from "vitest"
import { every, intervalChoices } from "./intervals.ts"

test("minutes are told in the largest unit that they fill", () => {
  expect([1, 5, 60, 90, 360, 1440, 2880].map(every)).toEqual([
    "Every minute",
    "Every 5 minutes",
    "Every hour",
    "Every 90 minutes",
    "Every 6 hours",
    "Every day",
    "Every 2 days",
  ])
})

test("an interval that was set elsewhere can still be seen, in its place", () => {
  const labels = intervalChoices(45, "Off").map(({ label }) => label)
  expect(labels.slice(0, 6)).toEqual([
    "Off",
    "Every 5 minutes",
    "Every 15 minutes",
    "Every 30 minutes",
    "Every 45 minutes",
    "Every hour",
  ])
  expect(intervalChoices(15, "Off")).toHaveLength(7)
})
