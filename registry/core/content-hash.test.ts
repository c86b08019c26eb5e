import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { contentHash } from "./content-hash.ts"

describe("contentHash", () => {
  it("stays the same from one release to the next, so that an update rewrites no rows", () => {
    expect(contentHash({ id: 7, name: "web-1", tags: ["a", "b"], on: true, none: null })).toBe(
      "cfd1f4d5d4d08ce4",
    )
  })

  it("differs for every one of a million small changes", () => {
    const hashes = new Set<string>()
    for (let n = 0; n < 200_000; n += 1) {
      hashes.add(contentHash({ id: n, name: "web" }))
      hashes.add(contentHash({ id: "1", name: `web-${n}` }))
      hashes.add(contentHash([n, "web"]))
      hashes.add(contentHash({ a: { b: n } }))
      hashes.add(contentHash({ a: n, b: n + 1 }))
    }
    expect(hashes.size).toBe(1_000_000)
  })

  it("does not depend on the order of keys, at any depth", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(contentHash(reordered(value))).toBe(contentHash(value))
      }),
    )
  })

  it("depends on the order of an array, on types and on nesting", () => {
    const values = [
      [1, 2],
      [2, 1],
      ["1", 2],
      [[1, 2]],
      { 0: 1, 1: 2 },
      [1, 2, null],
      {},
      [],
      [null],
      null,
      "",
      "null",
      0,
      "0",
      { a: "b", b: "a" },
      { a: "a", b: "b" },
      { a: "b" },
      { b: "a" },
      false,
    ]
    expect(new Set(values.map(contentHash)).size).toBe(values.length)
  })

  it("treats an undefined member as absent, as JSON does", () => {
    expect(contentHash({ a: 1, b: undefined })).toBe(contentHash({ a: 1 }))
  })

  it("differs for different values", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        fc.pre(JSON.stringify(reordered(a)) !== JSON.stringify(reordered(b)))
        const sorted = (value: unknown) => JSON.stringify(value, (_, member) => sortKeys(member))
        expect(contentHash(a) === contentHash(b)).toBe(sorted(a) === sorted(b))
      }),
    )
  })
})

function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reordered(member)]),
  )
}

function sortKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
