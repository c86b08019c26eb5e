import { describe, expect, it } from "vitest"
import { byDay, type Deployment, tookMs } from "./days.ts"

// In local time, as whoever runs this has it.
const now = new Date(2026, 10, 20, 9, 30)
const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString()
const deployment = (id: string, startedAt: string | null, finishedAt: string | null = null) =>
  ({ id, startedAt, finishedAt }) as Deployment

describe("deployments by day", () => {
  it("stand under the day on which they happened here, the newest first", () => {
    const days = byDay(
      [
        deployment("old", at(3, 12)),
        deployment("late", at(19, 23)),
        deployment("early", at(20, 0)),
        deployment("now", at(20, 9)),
      ],
      now,
    )
    expect(days.map(({ deployments }) => deployments.map(({ id }) => id))).toEqual([
      ["now", "early"],
      ["late"],
      ["old"],
    ])
    expect(days.slice(0, 2).map(({ title }) => title)).toEqual(["Today", "Yesterday"])
    expect(days[2]?.title).toContain("2026")
  })

  it("come last where no time is told", () => {
    const days = byDay([deployment("untold", null), deployment("ended", null, at(20, 8))], now)
    expect(days.map(({ title }) => title)).toEqual(["Today", "Time not told"])
  })

  it("knows the day before the first of a month", () => {
    const [day] = byDay(
      [deployment("one", new Date(2026, 10, 30, 22).toISOString())],
      new Date(2026, 11, 1, 8),
    )
    expect(day?.title).toBe("Yesterday")
  })
})

it("tells how long one took only where both ends are told, in their order", () => {
  expect(tookMs(deployment("one", at(20, 8), at(20, 9)))).toBe(3_600_000)
  expect(tookMs(deployment("one", at(20, 8)))).toBeNull()
  expect(tookMs(deployment("one", at(20, 9), at(20, 8)))).toBeNull()
})
