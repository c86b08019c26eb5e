import { describe, expect, it } from "vitest"
import { isShown, searchOf, viewsIn, withoutView, withView } from "./views.ts"

const down = { name: "Down", search: { status: "error", sort: "-updatedAt" }, columns: ["name", "status"] }

describe("saved views", () => {
  it("are in order of names, and one name is one view", () => {
    const views = withView(withView([], down), { ...down, name: " Asleep " })
    expect(views.map(({ name }) => name)).toEqual(["Asleep", "Down"])
    expect(withView(views, { ...down, name: "DOWN", columns: null })).toMatchObject([
      { name: "Asleep" },
      { name: "DOWN", columns: null },
    ])
    expect(withoutView(views, "down").map(({ name }) => name)).toEqual(["Asleep"])
  })

  it("take away the filters that they do not have", () => {
    expect(searchOf(down)).toEqual({
      q: undefined,
      provider: undefined,
      dock: undefined,
      status: "error",
      environment: undefined,
      removed: undefined,
      sort: "-updatedAt",
    })
  })

  it("are marked while the table is as they have it", () => {
    expect(isShown(down, { sort: "-updatedAt", status: "error" }, ["name", "status"])).toBe(true)
    expect(isShown(down, { status: "error" }, ["name", "status"])).toBe(false)
    expect(isShown(down, down.search, null)).toBe(false)
  })

  it("are read from a browser's storage as far as they are views", () => {
    expect(viewsIn(JSON.parse(JSON.stringify([down])))).toEqual([down])
    const odd = [
      null,
      7,
      { name: "" },
      { name: "Odd", search: { q: 1, status: "up", more: "x" }, columns: ["name", 3] },
    ]
    expect(viewsIn(odd)).toEqual([{ name: "Odd", search: { status: "up" }, columns: ["name"] }])
    expect(viewsIn("nonsense")).toEqual([])
  })
})
