import { describe, expect, it } from "vitest"
import {
  countFilters,
  filterOf,
  keptSearch,
  sortOf,
  sortText,
  toggled,
  valuesOf,
  withoutFilters,
} from "./search.ts"

describe("the address of a table", () => {
  it("says the whole filter", () => {
    const search = {
      q: "web 10.0",
      provider: "a,b",
      dock: "d1",
      status: "running",
      environment: "staging",
      removed: "1",
    }
    expect(filterOf(search)).toEqual({
      text: "web 10.0",
      providers: ["a", "b"],
      docks: ["d1"],
      statuses: ["running"],
      environments: ["staging"],
      deleted: true,
    })
  })

  it("lets everything through when it says nothing", () => {
    expect(filterOf({ q: "", provider: "", tab: "backups" })).toEqual({})
  })

  it("does not change what the page has decided", () => {
    expect(filterOf({ dock: "d2", status: "running" }, { docks: ["d1"], where: { kind: "zone" } })).toEqual({
      docks: ["d1"],
      statuses: ["running"],
      where: { kind: "zone" },
    })
  })

  it("gains a value that was not chosen, and loses one that was", () => {
    expect(toggled({}, "provider", "a")).toBe("a")
    expect(toggled({ provider: "a" }, "provider", "b")).toBe("a,b")
    expect(toggled({ provider: "a,b" }, "provider", "a")).toBe("b")
    expect(toggled({ provider: "a" }, "provider", "a")).toBeUndefined()
    expect(valuesOf({ provider: "a,,b" }, "provider")).toEqual(["a", "b"])
  })

  it("says the order, in both directions", () => {
    expect(sortOf({})).toBeUndefined()
    for (const text of ["name", "-updatedAt"])
      expect(sortText(sortOf({ sort: text }) ?? { column: "" })).toBe(text)
    expect(sortOf({ sort: "-updatedAt" })).toEqual({ column: "updatedAt", descending: true })
  })

  it("loses every filter at once, and keeps its order and what is not the table's", () => {
    const search = { q: "a", status: "b", removed: "1", sort: "name", tab: "x" }
    expect(countFilters(search)).toBe(3)
    expect(countFilters({ ...search, ...withoutFilters } as never)).toBe(0)
    expect(keptSearch(search)).toEqual({ q: "a", status: "b", removed: "1", sort: "name" })
  })
})
