import { describe, expect, it } from "vitest"
import { rowValue, score } from "./palette-score.ts"

describe("the palette", () => {
  it("finds what has the words in its name, from its beginning or within, in any order", () => {
    expect(score("Theme: Dark", "dark")).toBeGreaterThan(0)
    expect(score("Web services page", "Serv")).toBeGreaterThan(0)
    expect(score("Sync all docks", "docks sync")).toBeGreaterThan(0)
  })

  it("does not take scattered letters for a name", () => {
    expect(score("cloudflare Cloudflare dock", "dark")).toBe(0)
  })

  it("keeps every row that was found, by whatever it was found", () => {
    expect(score(rowValue("servers_1"), "192.0.2.10")).toBeGreaterThan(0)
  })
})
