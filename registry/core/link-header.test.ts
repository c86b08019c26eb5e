import { expect, it } from "vitest"
import { nextLink } from "./link-header.ts"

const next = (link: string) => nextLink(new Headers({ link }))

it.each([
  '<https://example.com/?page=2>; rel="next"',
  "<https://example.com/?page=2>;rel=next",
  '<https://example.com/?page=1>; rel="prev", <https://example.com/?page=2>; rel="next"',
  '<https://example.com/?page=9>; rel="last"; title="a, <b>; rel=\\"next\\"", <https://example.com/?page=2>; title="x"; rel="NEXT start"',
  '<https://example.com/?page=2>; type="application/json"; rel="next"; title=""',
])("finds the next page in %s", (link) => {
  expect(next(link)).toBe("https://example.com/?page=2")
})

it.each([
  "",
  "nonsense",
  '<https://example.com/>; rel="prev"',
  '<https://example.com/>; rel="nextish"',
  "<https://example.com/>",
])("finds none in %j", (link) => {
  expect(next(link)).toBeNull()
})

it("finds none without the header", () => {
  expect(nextLink(new Headers())).toBeNull()
})

it("keeps commas and semicolons of an address", () => {
  expect(next('<https://example.com/?ids=1,2;3>; rel="next"')).toBe("https://example.com/?ids=1,2;3")
})
