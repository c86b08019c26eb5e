import { describe, expect, it } from "vitest"
import { z } from "zod"
import { readItem } from "./item.ts"

const Site = z.looseObject({
  id: z.int(),
  label: z.string().nullish(),
  php: z.object({ versions: z.array(z.object({ name: z.string() })) }).nullish(),
})

describe("readItem", () => {
  it("reads an item that is as documented, and keeps the fields it does not know", () => {
    expect(readItem(Site, { id: 1, label: "one", extra: true })).toEqual({
      item: { id: 1, label: "one", extra: true },
      facts: [],
    })
  })

  it("leaves out an optional field of the wrong type, and says which", () => {
    expect(readItem(Site, { id: 1, label: 5 })).toEqual({
      item: { id: 1 },
      facts: [
        { kind: "dropped_field", path: "label", message: "Invalid input: expected string, received number" },
      ],
    })
  })

  it("names the place inside a field, the same for every element of an array", () => {
    const read = readItem(Site, {
      id: 1,
      php: { versions: [{ name: "8.3" }, { name: 8.4 }, { name: null }] },
    })
    expect(read).toMatchObject({
      item: { id: 1 },
      facts: [{ kind: "dropped_field", path: "php.versions[].name" }],
    })
    expect(read.facts).toHaveLength(1)
  })

  it("skips an item whose identity is missing or of the wrong type", () => {
    for (const raw of [{ label: "no id" }, { id: null }, { id: "one" }, { id: 1.5 }]) {
      const read = readItem(Site, raw)
      expect(read).toMatchObject({
        skipped: expect.stringContaining("id: "),
        facts: [{ kind: "skipped", path: "id" }],
      })
    }
  })

  it("blames the identity, not the optional field beside it", () => {
    expect(readItem(Site, { label: 5, id: "x" })).toMatchObject({ facts: [{ kind: "skipped", path: "id" }] })
  })

  it("skips what is not an object", () => {
    for (const raw of [null, undefined, "text", 7, [], [{ id: 1 }]]) {
      expect(readItem(Site, raw)).toMatchObject({ facts: [{ kind: "skipped", path: "" }] })
    }
  })

  it("skips an item when the shape as a whole refuses it", () => {
    const Even = Site.refine((site) => site.id % 2 === 0, "must be even")
    expect(readItem(Even, { id: 1 })).toMatchObject({ skipped: "must be even" })
  })

  it("skips an item on which the shape itself throws", () => {
    const Broken = z.looseObject({
      id: z.int().transform(() => {
        throw new Error("a value that must not be repeated")
      }),
    })
    expect(readItem(Broken, { id: 1 })).toEqual({
      skipped: "the wire shape failed on it",
      facts: [{ kind: "skipped", path: "", message: "the wire shape failed on it" }],
    })
  })

  it("never repeats a value in a fact", () => {
    const Strict = z.looseObject({
      id: z.int(),
      state: z.enum(["on", "off"]).nullish(),
      at: z.iso.datetime().nullish(),
      any: z.union([z.int(), z.boolean()]).nullish(),
    })
    for (const field of ["id", "state", "at", "any"]) {
      const read = readItem(Strict, { id: 1, [field]: "the-odd-value" })
      expect(read.facts).toHaveLength(1)
      expect(JSON.stringify(read.facts)).not.toContain("the-odd-value")
    }
  })

  it("does not change what it was given", () => {
    const raw = Object.freeze({ id: 1, label: 5, php: Object.freeze({ versions: "none" }) })
    expect(readItem(Site, raw)).toHaveProperty("item")
    expect(raw).toEqual({ id: 1, label: 5, php: { versions: "none" } })
  })
})
