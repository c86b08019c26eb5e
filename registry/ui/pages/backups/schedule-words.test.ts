import { expect, test } from "vitest"
import { frequencyWords, retentionWords, timeWords } from "./schedule-words.ts"

const schedule = {
  frequency: "daily",
  minute: 5,
  hour: 2,
  dayOfWeek: null,
  dayOfMonth: null,
  timezone: null,
  retainDays: 30,
} as const

test("a schedule is told as people say it", () => {
  expect(frequencyWords(schedule)).toBe("Daily")
  expect(frequencyWords({ ...schedule, frequency: "weekly", dayOfWeek: 0 })).toBe("Weekly on Sunday")
  expect(frequencyWords({ ...schedule, frequency: "monthly", dayOfMonth: 1 })).toBe("Monthly on day 1")
  expect(timeWords(schedule)).toBe("02:05")
  expect(timeWords({ ...schedule, timezone: "Europe/Berlin" })).toBe("02:05 Europe/Berlin")
  expect(timeWords({ ...schedule, frequency: "hourly", hour: null })).toBe("at minute 5")
  expect([0, 1, 90].map((retainDays) => retentionWords({ retainDays }))).toEqual([
    "Without limit",
    "1 day",
    "90 days",
  ])
})

test("what the provider does not say is not made up", () => {
  const untold = { ...schedule, frequency: null, minute: null, hour: null, retainDays: null }
  expect([frequencyWords(untold), timeWords(untold), retentionWords(untold)]).toEqual([null, null, null])
  expect(frequencyWords({ ...schedule, frequency: "weekly" })).toBe("Weekly")
  expect(timeWords({ ...schedule, hour: null })).toBeNull()
})
