import { describe, expect, it } from "vitest"
import {
  allows,
  areas,
  type Grants,
  grantsOf,
  includes,
  type Level,
  levels,
  rolesWith,
  standardRoles,
} from "./permissions.ts"

describe("a permission", () => {
  it("is given by its own area at its level or above, and by nothing else", () => {
    for (const area of areas) {
      for (const level of levels) {
        const grants: Grants = { [area]: level }
        for (const asked of areas) {
          const own = asked === area
          expect(allows(grants, `${asked}:read`), `${area}:${level}`).toBe(own && level !== "none")
          expect(allows(grants, `${asked}:full`), `${area}:${level}`).toBe(own && level === "full")
        }
      }
    }
  })

  it("is not given by words that are none", () => {
    const misspelt: Grants = JSON.parse('{ "docks": "Full", "dock": "full", "resources": null }')
    for (const area of areas) expect(allows(misspelt, `${area}:read`)).toBe(false)
    for (const asked of ["docks", "docks:none", "docks:all", ":", "toString:read"]) {
      expect(allows(standardRoles.owner, asked as "docks:read"), asked).toBe(false)
    }
  })
})

describe("roles", () => {
  it("permit what the documentation says", () => {
    const table = Object.entries(standardRoles).map(([role, grants]: [string, Grants]) => [
      role,
      areas.map((area) => grants[area] ?? "none").join(" "),
    ])
    expect(areas.join(" ")).toBe("projects resources docks operations settings provisioning monitoring")
    expect(Object.fromEntries(table)).toEqual({
      owner: "full full full full full full full",
      admin: "full full full full full full full",
      developer: "full full read full none full full",
      support: "read read read full none read full",
      client: "read read none none none none read",
    })
  })

  it("that nobody has defined permit nothing", () => {
    const roles = rolesWith()
    for (const name of ["", "nobody", "constructor", "__proto__", "toString", "Owner"]) {
      expect(grantsOf(roles, name), name).toEqual({})
    }
  })

  it("can be added and changed by a project, but for the owner", () => {
    const roles = rolesWith({ auditor: { settings: "read" }, client: {}, owner: {} })
    expect(allows(grantsOf(roles, "auditor"), "settings:read")).toBe(true)
    expect(allows(grantsOf(roles, "client"), "resources:read")).toBe(false)
    expect(allows(grantsOf(roles, "owner"), "settings:full")).toBe(true)
  })

  it("include another when nothing in it is above them", () => {
    const any = (level: Level): Grants => ({ projects: level, docks: "read" })
    expect(includes(any("full"), any("read"))).toBe(true)
    expect(includes(any("read"), any("full"))).toBe(false)
    expect(includes(any("read"), any("read"))).toBe(true)
    expect(includes(any("full"), { monitoring: "read" })).toBe(false)
    expect(includes({}, {})).toBe(true)
  })
})
