import { inspect } from "node:util"
import { describe, expect, it } from "vitest"
import { VaultError } from "../engine/ports.ts"
import { toBase64url } from "./base64url.ts"
import { environmentVault } from "./env.ts"
import { formatKeyset, generateKey, parseKeyset } from "./keyset.ts"

const owner = { orgId: "org-1", dockId: "dock-1" }

describe("the JSON form of a keyset", () => {
  it("keeps the primary key and the older ones", async () => {
    const keyset = { primary: await generateKey(), older: [await generateKey(), await generateKey()] }
    const read = await parseKeyset(formatKeyset(keyset), "the test")
    expect(read.primary.id).toBe(keyset.primary.id)
    expect(read.primary.material.reveal()).toBe(keyset.primary.material.reveal())
    expect(read.older.map((key) => key.id).sort()).toEqual(keyset.older.map((key) => key.id).sort())
  })

  it("is refused when damaged, without quoting it", async () => {
    const { primary } = await generateSet()
    const other = await generateKey()
    const material = primary.material.reveal()
    const damaged = [
      `${material} is not JSON`,
      "null",
      `["${material}"]`,
      JSON.stringify({ version: 2, primary: primary.id, keys: { [primary.id]: material } }),
      JSON.stringify({ version: 1, primary: other.id, keys: { [primary.id]: material } }),
      JSON.stringify({ version: 1, primary: other.id, keys: { [other.id]: material } }),
      JSON.stringify({ version: 1, primary: primary.id, keys: { [primary.id]: material.slice(1) } }),
      JSON.stringify({ version: 1, primary: primary.id, keys: { [primary.id]: 7 } }),
      JSON.stringify({ version: 1, primary: primary.id, keys: null }),
      JSON.stringify({ version: 1, primary: primary.id, keys: {} }),
      JSON.stringify({
        version: 1,
        primary: primary.id,
        keys: { [primary.id]: toBase64url(new Uint8Array(16)) },
      }),
    ]
    for (const text of damaged) {
      const error: unknown = await parseKeyset(text, "the test").catch((reason: unknown) => reason)
      expect(error, text).toBeInstanceOf(VaultError)
      expect(error).toMatchObject({ code: "malformed_keyset", message: expect.stringContaining("the test") })
      expect(inspect(error, { showHidden: true })).not.toContain(material.slice(2, 20))
    }
  })

  it("is not shown by printing the keyset", async () => {
    const keyset = await generateSet()
    const material = keyset.primary.material.reveal()
    expect(inspect(keyset, { showHidden: true, depth: null })).not.toContain(material)
    expect(JSON.stringify(keyset)).not.toContain(material)
  })
})

describe("a keyset in the environment", () => {
  it("seals and opens", async () => {
    const vault = environmentVault(formatKeyset(await generateSet()))
    await vault.prepare({ encryptedRowsExist: false })
    expect(await vault.open(await vault.seal("text", owner), owner)).toBe("text")
  })

  it("is asked for, and never made, when the variable is empty", async () => {
    for (const encryptedRowsExist of [true, false]) {
      const prepared = environmentVault("", "MY_KEYS").prepare({ encryptedRowsExist })
      await expect(prepared).rejects.toMatchObject({
        code: "missing_key",
        suggestion: expect.stringContaining("MY_KEYS"),
      })
    }
  })
})

async function generateSet() {
  return { primary: await generateKey(), older: [] }
}
