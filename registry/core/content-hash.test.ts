import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { contentHash, murmur3 } from "./content-hash.ts"

const bytes = (text: string) => new TextEncoder().encode(text)

describe("contentHash", () => {
  it("is MurmurHash3 (x86, 128 bit), by the vectors of other implementations", () => {
    expect(murmur3(bytes(""))).toBe("00000000000000000000000000000000")
    expect(murmur3(bytes("The quick brown fox jumps over the lazy dog"))).toBe(
      "2f1583c3ecee2c675d7bf66ce5e91d2c",
    )
    expect(murmur3(bytes("I will not buy this tobacconist's, it is scratched."))).toBe(
      "9b5b7ba2ef3f7866889adeaf00f3f98e",
    )
  })

  it("hashes a view into a larger buffer by its own bytes only", () => {
    const larger = bytes("xxThe quick brown fox jumps over the lazy dogyy")
    expect(murmur3(larger.subarray(2, -2))).toBe(
      murmur3(bytes("The quick brown fox jumps over the lazy dog")),
    )
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
      null,
      "",
      0,
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
