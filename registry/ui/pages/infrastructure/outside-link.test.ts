import { expect, it } from "vitest"
import { outsideLink } from "./outside-link.ts"

it("links to web pages", () => {
  expect(outsideLink("https://console.example.com/servers/1?tab=a")).toBe(
    "https://console.example.com/servers/1?tab=a",
  )
  expect(outsideLink("http://203.0.113.7:8080")).toBe("http://203.0.113.7:8080")
})

it.each([
  "javascript:alert(1)",
  " https://x",
  "data:text/html,x",
  "//example.com",
  "example.com",
  "https://",
  "",
  null,
  7,
])("links to nothing for %j", (address) => {
  expect(outsideLink(address)).toBeNull()
})
