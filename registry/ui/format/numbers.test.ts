import { expect, test } from "vitest"
import { formatBytes, formatPercent } from "./numbers.ts"

test.each([
  [0, "0 B"],
  [0.4, "0 B"],
  [999, "999 B"],
  [1000, "1 kB"],
  [1500, "1.5 kB"],
  [999_499, "999 kB"],
  [999_500, "1 MB"],
  [123_456_789, "123 MB"],
  [5e18, "5,000 PB"],
])("%d bytes are %s", (bytes, words) => expect(formatBytes(bytes)).toBe(words))

test("what was not up all the time is never said to have been", () => {
  expect(formatPercent(99.9999)).toBe("99.99%")
  expect(formatPercent(100)).toBe("100%")
  expect(formatPercent(97.5)).toBe("97.5%")
})
