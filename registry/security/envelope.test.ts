import { inspect } from "node:util"
import * as fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import { VaultError } from "../engine/ports.ts"
import { open, seal } from "./envelope.ts"
import { generateKey, type Keyset } from "./keyset.ts"

const owner = { orgId: "org-1", dockId: "dock-1" }
const plaintext = JSON.stringify({ apiKey: "fake-secret-in-the-envelope" })

let keyset: Keyset
let envelope: string

beforeAll(async () => {
  keyset = { primary: await generateKey(), older: [await generateKey()] }
  envelope = await seal(keyset, plaintext, owner)
})

describe("an envelope", () => {
  it("gives back what was sealed, whatever the text and the owner", async () => {
    const anyText = fc.string({ unit: "grapheme" })
    await fc.assert(
      fc.asyncProperty(anyText, fc.string({ unit: "binary" }), fc.string(), async (text, orgId, dockId) => {
        const sealed = await seal(keyset, text, { orgId, dockId })
        expect(sealed).toMatch(/^v1\.[\w-]{12}\.[\w-]{16}\.[\w-]{22,}$/)
        expect(await open(keyset, sealed, { orgId, dockId })).toBe(text)
      }),
      { numRuns: 50 },
    )
  })

  it("is another one each time", async () => {
    expect(await seal(keyset, plaintext, owner)).not.toBe(envelope)
  })

  it("opens with an older key of the keyset", async () => {
    const rotated = { primary: await generateKey(), older: [keyset.primary] }
    expect(await open(rotated, envelope, owner)).toBe(plaintext)
  })
})

describe("never plaintext, always a clear error", () => {
  it("when any bit is flipped", async () => {
    for (const [position, byte] of new TextEncoder().encode(envelope).entries()) {
      for (let bit = 0; bit < 7; bit++) {
        const changed = String.fromCharCode(byte ^ (1 << bit))
        await refuses(envelope.slice(0, position) + changed + envelope.slice(position + 1))
      }
    }
  })

  it("when it is cut at any length", async () => {
    for (let length = 0; length < envelope.length; length++) await refuses(envelope.slice(0, length))
  })

  it("when something is added", async () => {
    for (const extra of ["A", "AAAA", ".", "=", " ", "\n", ".v1"]) {
      await refuses(envelope + extra)
      await refuses(extra + envelope)
    }
  })

  it("when it is any other text", async () => {
    await fc.assert(fc.asyncProperty(fc.string(), (text) => refuses(text)))
    const part = fc.stringMatching(/^[\w-]{0,24}$/)
    await fc.assert(fc.asyncProperty(part, part, part, (id, iv, text) => refuses(`v1.${id}.${iv}.${text}`)))
  })

  it("when the keyset does not hold its key", async () => {
    const other = { primary: await generateKey(), older: [] }
    await refuses(envelope, owner, "unknown_key", other)
  })

  it("when it was copied to another dock or organisation", async () => {
    await refuses(envelope, { orgId: "org-1", dockId: "dock-2" }, "not_authentic")
    await refuses(envelope, { orgId: "org-2", dockId: "dock-1" }, "not_authentic")
  })

  it("when the owner's parts only look the same once joined", async () => {
    const sealed = await seal(keyset, plaintext, { orgId: "a", dockId: 'b","c' })
    await refuses(sealed, { orgId: 'a","b', dockId: "c" }, "not_authentic")
    await refuses(
      await seal(keyset, plaintext, { orgId: "a", dockId: "bc" }),
      { orgId: "ab", dockId: "c" },
      "not_authentic",
    )
  })

  it("when its parts come from two envelopes", async () => {
    const [version, keyId, , ciphertext] = envelope.split(".")
    const [, , otherIv] = (await seal(keyset, plaintext, owner)).split(".")
    await refuses([version, keyId, otherIv, ciphertext].join("."), owner, "not_authentic")
  })

  it("when it claims another key of the same keyset", async () => {
    const [version, , iv, ciphertext] = envelope.split(".")
    await refuses([version, keyset.older[0]?.id, iv, ciphertext].join("."), owner, "not_authentic")
  })

  it("when its key was filed under another id", async () => {
    const [version, , iv, ciphertext] = envelope.split(".")
    const renamed = { primary: { id: "another-id", material: keyset.primary.material }, older: [] }
    await refuses([version, "another-id", iv, ciphertext].join("."), owner, "not_authentic", renamed)
  })
})

async function refuses(text: string, by = owner, code?: VaultError["code"], keys = keyset): Promise<void> {
  const error: unknown = await open(keys, text, by).then(
    (opened) => `opened as ${opened}`,
    (reason) => reason,
  )
  expect(error, `envelope ${text}`).toBeInstanceOf(VaultError)
  if (code) expect(error).toMatchObject({ code })
  expect(error).toMatchObject({ suggestion: expect.stringMatching(/\w/) })
  expect(inspect(error, { showHidden: true, depth: null })).not.toContain("fake-secret")
}
