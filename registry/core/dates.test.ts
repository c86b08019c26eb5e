import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { instantFrom, instantFromMilliseconds, instantFromSeconds } from "./dates.ts"

describe("instantFrom", () => {
  it.each([
    ["2023-02-10T03:39:59.000000Z", "2023-02-10T03:39:59.000Z"],
    ["2023-02-10T03:39:59Z", "2023-02-10T03:39:59.000Z"],
    ["2023-02-10T03:39Z", "2023-02-10T03:39:00.000Z"],
    ["2023-02-10T03:39:59.123456789Z", "2023-02-10T03:39:59.123Z"],
    ["2023-02-10T03:39:59.5+02:00", "2023-02-10T01:39:59.500Z"],
    ["2023-02-10T03:39:59-0530", "2023-02-10T09:09:59.000Z"],
    ["2023-02-10 03:39:59 +0000 UTC", "2023-02-10T03:39:59.000Z"],
    ["2023-02-10 03:39:59 UTC", "2023-02-10T03:39:59.000Z"],
    [" 2024-02-29T00:00:00+00 ", "2024-02-29T00:00:00.000Z"],
  ])("reads %s", (text, instant) => {
    expect(instantFrom(text)).toBe(instant)
  })

  it.each([
    ["a wall-clock time without a zone", "2022-10-26 23:49:29"],
    ["the same with a T", "2022-10-26T23:49:29"],
    ["a day", "2022-10-26"],
    ["a day that does not exist", "2023-02-30T00:00:00Z"],
    ["an hour that does not exist", "2023-02-10T24:00:00Z"],
    ["a leap second", "2016-12-31T23:59:60Z"],
    ["a zone that does not exist", "2023-02-10T03:39:59+25:00"],
    ["the year 70", "0070-01-01T00:00:01Z"],
    ["Go's zero time", "0001-01-01T00:00:00Z"],
    ["MySQL's zero time", "0000-00-00T00:00:00Z"],
    ["the epoch itself", "1970-01-01T00:00:00Z"],
    ["a year of five digits", "+012023-02-10T03:39:59Z"],
    ["words", "yesterday"],
    ["nothing", ""],
    ["null", null],
    ["a number", 1_700_000_000],
    ["an object", {}],
  ])("does not guess from %s", (_, value) => {
    expect(instantFrom(value)).toBeNull()
  })

  it("gives back every instant in every zone", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(1), max: new Date("9998-12-31"), noInvalidDate: true }),
        fc.integer({ min: -14 * 60, max: 14 * 60 }),
        (date, offset) => {
          const wallClock = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1)
          const size = Math.abs(offset)
          const zone = `${offset < 0 ? "-" : "+"}${pad(Math.floor(size / 60))}:${pad(size % 60)}`
          fc.pre(!wallClock.startsWith("1969"))
          expect(instantFrom(wallClock + zone)).toBe(date.toISOString())
        },
      ),
    )
  })

  it("gives an instant or null for any text", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\dZ$/)),
        (text) => {
          const instant = instantFrom(text)
          expect(instant === null || new Date(instant).toISOString() === instant).toBe(true)
        },
      ),
    )
  })
})

describe("instants from numbers", () => {
  it("reads seconds and milliseconds since the epoch, also as text", () => {
    expect(instantFromSeconds(1_700_000_000)).toBe("2023-11-14T22:13:20.000Z")
    expect(instantFromSeconds("1700000000.25")).toBe("2023-11-14T22:13:20.250Z")
    expect(instantFromMilliseconds(1_700_000_000_123)).toBe("2023-11-14T22:13:20.123Z")
    expect(instantFromMilliseconds("1700000000123")).toBe("2023-11-14T22:13:20.123Z")
  })

  it.each([0, -5, Number.NaN, Number.POSITIVE_INFINITY, "", "soon", "-5", null, undefined, true, 1e15])(
    "does not guess from %s",
    (value) => {
      expect(instantFromSeconds(value)).toBeNull()
    },
  )

  it("takes milliseconds for no seconds", () => {
    expect(instantFromSeconds(1_700_000_000_123)).toBeNull()
  })
})

function pad(number: number): string {
  return String(number).padStart(2, "0")
}
