import { expect, it } from "vitest"
import { wireId } from "./wire.ts"

it("reads numbers and texts as the same id", () => {
  expect(wireId.parse(7)).toBe("7")
  expect(wireId.parse(" 7 ")).toBe("7")
  expect(wireId.parse(604989101982297)).toBe("604989101982297")
})

it("refuses what identifies nothing, or not exactly", () => {
  for (const raw of ["", " ", null, undefined, 1.5, 2 ** 60, Number.NaN, {}, true]) {
    expect(wireId.safeParse(raw).success).toBe(false)
  }
})
