import { inspect } from "node:util"
import { beforeEach, describe, expect, it } from "vitest"
import { Secret } from "../core/secret.ts"
import { environmentVault } from "../security/env.ts"
import { formatKeyset, generateKey, type Keyset, parseKeyset } from "../security/keyset.ts"
import { createVault } from "../security/vault.ts"
import { memoryStore } from "../stores/memory/index.ts"
import { dockRow } from "./fake-dock.fixture.ts"
import type { Store, Vault } from "./ports.ts"
import { createStackdock, type Stackdock } from "./stackdock.ts"
import { openStored, storeSealed } from "./stored-credential.ts"

/** More than one batch, in two organisations. */
const DOCKS = 230

let store: Store
let keyset: Keyset | undefined
let vault: Vault
let stackdock: Stackdock

beforeEach(async () => {
  store = memoryStore()
  keyset = { primary: await generateKey(), older: [] }
  vault = vaultInMemory()
  stackdock = open(vault)
  for (let index = 0; index < DOCKS; index += 1) {
    const owner = { orgId: `org-${index % 2}`, dockId: `dock-${index}` }
    const credentials = await vault.seal(textOf(owner.dockId), owner)
    await store.docks.insert(dockRow({ ...owner, id: owner.dockId, name: owner.dockId, credentials }))
  }
})

describe("a rotation of keys", () => {
  it("encrypts everything anew, in every organisation, and drops the old key", async () => {
    const old = keyset?.primary.id ?? ""
    const rotated = await stackdock.rotateKeys()
    expect(rotated).toMatchObject({
      isContinued: false,
      resealed: DOCKS,
      dropped: [old],
      removable: [],
      kept: [],
      failures: [],
    })
    expect(rotated.primary).not.toBe(old)
    expect(await stackdock.keyStatus()).toEqual({
      keys: [{ id: rotated.primary, state: "primary", credentials: DOCKS }],
      unreadable: 0,
    })
    await expectAllToOpen()
  })

  it("continued after it was interrupted anywhere, ends as one that was not", {
    timeout: 60_000,
  }, async () => {
    const original = await store.docks.sealed({ after: undefined, limit: DOCKS })
    const first = keyset
    let interruptions = 0
    for (let moment = 1; ; moment += 1) {
      keyset = first
      const now = await store.docks.sealed({ after: undefined, limit: DOCKS })
      await store.docks.reseal(
        now.map((sealed, index) => ({ sealed, envelope: original[index]?.envelope ?? "" })),
      )
      const finished = await interruptedAt(moment)
      await expectAllToOpen()
      if (finished) break
      interruptions += 1

      const began = keyset !== first
      const primary = keyset?.primary.id
      const rotated = await stackdock.rotateKeys()
      // The new key of the interrupted one is used; only where it had finished its work, another begins.
      if (rotated.isContinued) expect(rotated.primary).toBe(primary)
      else expect(!began || keyset?.older.length === 0).toBe(true)
      expect(rotated.failures).toEqual([])
      expect(keyset?.older).toEqual([])
      expect((await stackdock.keyStatus()).keys).toHaveLength(1)
      await expectAllToOpen()
    }
    expect(interruptions).toBeGreaterThan(10)
  })

  it("keeps an old key that a credential still needs, and says which", async () => {
    const old = keyset?.primary.id ?? ""
    const moved = (await store.docks.get("org-0", "dock-2"))?.credentials ?? null
    await store.docks.update("org-1", "dock-1", { credentials: moved })
    await store.docks.update("org-1", "dock-3", { credentials: "no envelope" })
    const rotated = await stackdock.rotateKeys()
    expect(rotated).toMatchObject({ resealed: DOCKS - 2, dropped: [], kept: [old] })
    expect(rotated.failures).toEqual([
      { orgId: "org-1", dockId: "dock-1", error: expect.objectContaining({ code: "not_authentic" }) },
      { orgId: "org-1", dockId: "dock-3", error: expect.objectContaining({ code: "malformed_envelope" }) },
    ])
    expect(await stackdock.keyStatus()).toMatchObject({
      keys: [
        { state: "primary", credentials: DOCKS - 2 },
        { id: old, state: "older", credentials: 1 },
      ],
      unreadable: 1,
    })

    await store.docks.remove("org-1", "dock-1")
    expect(await stackdock.rotateKeys()).toMatchObject({ isContinued: true, dropped: [old], kept: [] })
  })

  it("overlooks no credential that is stored while it runs", async () => {
    const owner = { orgId: "org-1", dockId: "late" }
    await store.docks.insert(dockRow({ ...owner, id: "late", name: "late", credentials: null }))
    const old = keyset?.primary.id
    // It was sealed with the old key, and is stored when nothing needs that key any more and it is gone.
    await storeSealed(contextOf(), owner, textOf("late"), async (envelope, before) => {
      if (before === undefined) await stackdock.rotateKeys()
      await store.docks.update("org-1", "late", { credentials: envelope })
    })
    expect(keyset?.primary.id).not.toBe(old)
    await expectAllToOpen()
  })

  it("lets a sync open what it read before the old key was dropped", async () => {
    const dock = await store.docks.get("org-1", "dock-1")
    if (!dock) throw new Error("There is no such dock.")
    await stackdock.rotateKeys()
    expect(await openStored(contextOf(), dock)).toBe(textOf("dock-1"))

    const { open } = vault
    let rotations = 0
    const rotatingVault: Vault = {
      ...vault,
      async open(envelope, owner) {
        if (rotations++ === 0) await stackdock.rotateKeys()
        return open(envelope, owner)
      },
    }
    expect(await openStored({ ...contextOf(), vault: rotatingVault }, dock)).toBe(textOf("dock-1"))
  })

  it("of two that start at once makes one new key", async () => {
    const rotated = await Promise.all([stackdock.rotateKeys(), open(vaultInMemory()).rotateKeys()])
    expect(new Set(rotated.map(({ primary }) => primary)).size).toBe(1)
    expect(keyset?.older).toEqual([])
    await expectAllToOpen()
  })

  it("makes the first key where there is none yet, and none where it is lost", async () => {
    keyset = undefined
    await expect(stackdock.rotateKeys()).rejects.toMatchObject({ code: "missing_key" })
    expect(keyset).toBeUndefined()
    store = memoryStore()
    await open(vault).rotateKeys()
    expect(keyset).toBeDefined()
  })
})

describe("keys in the environment", () => {
  const inEnvironment = () => open(environmentVault(keyset && formatKeyset(keyset)))

  it("are rotated by putting a new one in front, and removing the old one when told", async () => {
    const old = keyset?.primary.id ?? ""
    await expect(inEnvironment().rotateKeys()).rejects.toMatchObject({
      code: "read_only_keyset",
      suggestion: expect.stringContaining("stackdock keys export --new-primary"),
    })
    const text = await inEnvironment().exportKeys({ withNewPrimary: true })
    keyset = await parseKeyset(text.reveal(), "the variable")
    expect(keyset.older.map(({ id }) => id)).toEqual([old])

    expect(await inEnvironment().rotateKeys()).toMatchObject({
      isContinued: true,
      resealed: DOCKS,
      dropped: [],
      removable: [old],
    })
    keyset = { ...keyset, older: [] }
    await expectAllToOpen()
  })
})

describe("exported keys", () => {
  it("open everything again where they are imported", async () => {
    const text = await stackdock.exportKeys()
    keyset = undefined
    expect(await stackdock.keyStatus()).toMatchObject({ keys: [{ state: "missing", credentials: DOCKS }] })
    const { added } = await stackdock.importKeys(text)
    expect(added).toHaveLength(1)
    await expectAllToOpen()
    expect(await stackdock.importKeys(text)).toEqual({ added: [] })
  })

  it("only open where there are other keys, until a rotation needs them no more", async () => {
    const text = await stackdock.exportKeys()
    const old = keyset?.primary.id ?? ""
    keyset = { primary: await generateKey(), older: [] }
    const primary = keyset.primary.id
    expect(await stackdock.importKeys(text)).toEqual({ added: [old] })
    expect(keyset.primary.id).toBe(primary)
    await expectAllToOpen()
    expect(await stackdock.rotateKeys()).toMatchObject({ primary, isContinued: true, dropped: [old] })
  })

  it("are refused when they are none, without being quoted", async () => {
    for (const text of ["fake-secret", "{}", '{"version":1,"primary":"fake-secret","keys":{}}']) {
      const error: unknown = await stackdock.importKeys(new Secret(text)).catch((reason: unknown) => reason)
      expect(error).toMatchObject({ code: "malformed_keyset" })
      expect(inspect(error)).not.toContain("fake-secret")
    }
  })

  it("are printed by nothing else", async () => {
    const said = inspect(
      [await stackdock.exportKeys(), await stackdock.keyStatus(), await stackdock.rotateKeys()],
      {
        depth: null,
      },
    )
    for (const { material } of keyset ? [keyset.primary, ...keyset.older] : []) {
      expect(said).not.toContain(material.reveal())
    }
  })
})

function textOf(dockId: string): string {
  return JSON.stringify({ apiKey: `fake-secret-of-${dockId}` })
}

function open(own: Vault): Stackdock {
  return createStackdock({ docks: [], store, vault: own })
}

function contextOf() {
  const context = { vault, store: async () => store }
  return context as Parameters<typeof openStored>[0]
}

/** As a key file is: whole, and changed by one at a time. */
function vaultInMemory(): Vault {
  let turn: Promise<unknown> = Promise.resolve()
  return createVault({
    howToRestore: "Restore it.",
    load: async () => keyset,
    async create() {
      keyset ??= { primary: await generateKey(), older: [] }
    },
    async update(change) {
      const mine = turn.then(async () => {
        keyset = await change(keyset)
      })
      turn = mine.catch(() => {})
      await mine
    },
  })
}

/** Runs a rotation whose process is gone at the n-th time that it turns to the vault or the store. True when it got through. */
async function interruptedAt(moment: number): Promise<boolean> {
  let steps = 0
  const gone = new Error("The process is gone.")
  const mortal = <Part extends object>(part: Part): Part =>
    new Proxy(part, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name)
        if (typeof value !== "function") return value
        return (...args: unknown[]) => {
          // Sealing changes nothing that outlives the process, and is done for every credential.
          if (name !== "seal" && name !== "open" && name !== "keyIdOf") steps += 1
          if (steps >= moment) throw gone
          return Reflect.apply(value, target, args)
        }
      },
    })
  const dying = createStackdock({
    docks: [],
    store: { ...store, docks: mortal(store.docks) },
    vault: mortal(vault),
  })
  try {
    await dying.rotateKeys()
    return true
  } catch (error) {
    if (error !== gone) throw error
    return false
  }
}

async function expectAllToOpen(): Promise<void> {
  for (const { orgId, dockId, envelope } of await store.docks.sealed({ after: undefined, limit: 1000 })) {
    expect(await vault.open(envelope, { orgId, dockId })).toBe(textOf(dockId))
  }
}
