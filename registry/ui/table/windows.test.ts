import { describe, expect, it } from "vitest"
import { newestTotal, windowsAround } from "./windows.ts"

describe("windowsAround", () => {
  it("asks for the windows that are in view", () => {
    expect(windowsAround({ first: 0, last: 30 }, 50_000)).toEqual([0])
    expect(windowsAround({ first: 190, last: 230 }, 50_000)).toEqual([100, 200])
  })

  it("takes neighbours that exist", () => {
    expect(windowsAround({ first: 0, last: 30 }, 50_000, 1)).toEqual([0, 100])
    expect(windowsAround({ first: 49_960, last: 49_999 }, 50_000, 1)).toEqual([49_800, 49_900])
    expect(windowsAround({ first: 0, last: 10 }, 11, 1)).toEqual([0])
  })

  it("asks for the first window when nothing is known yet, or nothing is there", () => {
    expect(windowsAround({ first: 0, last: 0 }, 0)).toEqual([0])
  })

  it("stays within the table when rows have gone away below the view", () => {
    expect(windowsAround({ first: 900, last: 940 }, 250)).toEqual([200])
  })
})

describe("newestTotal", () => {
  it("believes the answer that came last", () => {
    expect(
      newestTotal([
        { total: 10, at: 1 },
        { total: 12, at: 3 },
        { total: 11, at: 2 },
      ]),
    ).toBe(12)
    expect(newestTotal([])).toBeUndefined()
  })
})
