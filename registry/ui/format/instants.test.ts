import { expect, test } from "vitest"
import { durationWords, instantWords } from "./instants.ts"

const now = new Date("2026-03-04T10:00:00.000Z")
const in_ = (ms: number) => instantWords(new Date(now.getTime() + ms), now)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

test.each([
  [-1000, "just now"],
  [10_000, "just now"],
  [30_000, "in a moment"],
  [-50_000, "1 minute ago"],
  [-5.9 * MINUTE, "5 minutes ago"],
  [90 * MINUTE, "in 1 hour"],
  [-23.9 * HOUR, "23 hours ago"],
  [-1.5 * DAY, "yesterday"],
  [-6.5 * DAY, "6 days ago"],
])("%d ms away is %s", (ms, words) => expect(in_(ms)).toBe(words))

test("what is further away than a week is a date", () => {
  expect(in_(-8 * DAY)).toContain("2026")
})

test.each([
  [0, "0 ms"],
  [850.4, "850 ms"],
  [4250, "4.2 s"],
  [61_000, "1 min 1 s"],
  [120_000, "2 min"],
  [2 * HOUR + 10 * MINUTE + 5000, "2 h 10 min"],
  [4 * DAY + 3 * HOUR, "4 d 3 h"],
])("%d ms last %s", (ms, words) => expect(durationWords(ms)).toBe(words))
