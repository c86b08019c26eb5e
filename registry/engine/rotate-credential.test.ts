import { inspect } from "node:util"
import { beforeEach, describe, expect, it } from "vitest"
import { z } from "zod"
import { credentials, secret } from "../core/credentials.ts"
import { type AnyDock, defineDock } from "../core/dock.ts"
import { DockError } from "../core/errors.ts"
import { resource } from "../core/resource.ts"
import { environmentVault } from "../security/env.ts"
import { formatKeyset, generateKey } from "../security/keyset.ts"
import { memoryStore } from "../stores/memory/index.ts"
import type { Store } from "./ports.ts"
import { createStackdock, type Stackdock } from "./stackdock.ts"

/** The account of each key that the fake provider accepts. */
let accounts: Map<string, string>
/** Each key that was used, and at which address. */
let used: string[]
let store: Store
let stackdock: Stackdock
let dockId: string

const baseUrl = "https://self-hosted.example"

beforeEach(async () => {
  accounts = new Map([
    ["fake-secret-old", "account-1"],
    ["fake-secret-new", "account-1"],
    ["fake-secret-other", "account-2"],
  ])
  used = []
  store = memoryStore()
  const keys = formatKeyset({ primary: await generateKey(), older: [] })
  stackdock = createStackdock({ docks: [acme], store, vault: environmentVault(keys) })
  const credentials = { apiKey: "fake-secret-old", baseUrl }
  ;({ dockId } = await stackdock.connect({ provider: "acme", name: "agency", credentials }))
  used = []
})

const rotate = (apiKey: string, more = {}) =>
  stackdock.rotateCredential({ dock: "agency", credentials: { apiKey, ...more } })
const sealed = async () => (await store.docks.get("default", dockId))?.credentials
const usedBySync = async () => {
  used = []
  await stackdock.sync()
  return used
}

describe("replacing a credential", () => {
  it("takes the new one once the provider has accepted it", async () => {
    const replaced = await rotate("fake-secret-new")
    expect(replaced).toMatchObject({
      id: dockId,
      name: "agency",
      accountId: "account-1",
      status: "connected",
    })
    expect(inspect(replaced)).not.toMatch(/fake-secret|v1\./)
    expect(await usedBySync()).toEqual([`fake-secret-new at ${baseUrl}`])
  })

  it("asks at the same address, which is no secret and stays, unless another is given", async () => {
    await rotate("fake-secret-new")
    expect(used).toEqual([`fake-secret-new at ${baseUrl}`])
    await rotate("fake-secret-new", { baseUrl: "https://moved.example" })
    expect(await usedBySync()).toEqual(["fake-secret-new at https://moved.example"])
  })

  it.each([
    ["refused", "fake-secret-refused", "unauthorized"],
    ["of another account", "fake-secret-other", "other_account"],
    ["empty", "", "invalid_credentials"],
  ])("keeps the old one when the new one is %s", async (_, apiKey, code) => {
    const before = await sealed()
    const error: unknown = await rotate(apiKey).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code })
    expect(inspect(error, { showHidden: true })).not.toContain("fake-secret")
    expect(await sealed()).toBe(before)
    expect(await usedBySync()).toEqual([`fake-secret-old at ${baseUrl}`])
  })

  it("does not take the secret from the old one", async () => {
    const partly = stackdock.rotateCredential({
      dock: "agency",
      credentials: { baseUrl: "https://evil.example" },
    })
    await expect(partly).rejects.toMatchObject({ code: "invalid_credentials" })
    expect(used).toEqual([])
  })

  it("asks whose the old one is where that was never asked, and refuses where it cannot be told", async () => {
    const connect = (name: string, apiKey: string) =>
      stackdock.connect({ provider: "acme", name, credentials: { apiKey }, verify: false })
    await connect("unasked", "fake-secret-old")
    const other = stackdock.rotateCredential({
      dock: "unasked",
      credentials: { apiKey: "fake-secret-other" },
    })
    await expect(other).rejects.toMatchObject({ code: "other_account" })
    const same = await stackdock.rotateCredential({
      dock: "unasked",
      credentials: { apiKey: "fake-secret-new" },
    })
    expect(same.accountId).toBe("account-1")

    await connect("revoked", "fake-secret-revoked")
    const unknown = stackdock.rotateCredential({
      dock: "revoked",
      credentials: { apiKey: "fake-secret-new" },
    })
    await expect(unknown).rejects.toMatchObject({
      code: "other_account",
      suggestion: expect.stringContaining("stackdock disconnect revoked"),
    })
  })

  it("does not undo that somebody disconnected the dock meanwhile", async () => {
    accounts.set("fake-secret-new", "account-1")
    whileVerifying = async () => {
      await stackdock.disconnect("agency")
    }
    await expect(rotate("fake-secret-new")).rejects.toMatchObject({ code: "disconnected" })
    expect(await sealed()).toBeNull()
    await expect(rotate("fake-secret-new")).rejects.toMatchObject({ code: "disconnected" })
  })

  it("is not stopped by keys that are changed meanwhile", async () => {
    const { reseal } = store.docks
    let tries = 0
    store.docks.reseal = async (changes) => {
      tries += 1
      // Another has encrypted the old credential anew, between the look at it and its replacement.
      if (tries === 1) await store.docks.update("default", dockId, { credentials: "v1.other" })
      return reseal(changes)
    }
    await rotate("fake-secret-new")
    expect(tries).toBe(2)
    expect(await usedBySync()).toEqual([`fake-secret-new at ${baseUrl}`])
  })
})

/** Run once, at the next call of `verify`. */
let whileVerifying: (() => Promise<void>) | undefined

const acme: AnyDock = defineDock({
  provider: "acme",
  title: "Acme",
  website: "https://acme.example",
  hosts: ["api.acme.example"],
  credentials: credentials({ apiKey: secret("API key", "Account > API") }),
  limits: { windows: [], documentedAt: "https://acme.example/limits" },
  connect: ({ apiKey, baseUrl }) => ({ key: apiKey.reveal(), baseUrl }),
  async verify({ key, baseUrl }) {
    used.push(`${key} at ${baseUrl}`)
    const during = whileVerifying
    whileVerifying = undefined
    await during?.()
    const id = accounts.get(key)
    if (id !== undefined) return { id, name: "The account" }
    throw new DockError({ code: "unauthorized", provider: "acme", message: "The key was refused." })
  },
  sync: {
    servers: resource("servers", z.looseObject({ name: z.string() }), {
      async *list({ key, baseUrl }: { key: string; baseUrl?: string | undefined }) {
        used.push(`${key} at ${baseUrl}`)
        yield { items: [] }
      },
      map: ({ name }) => ({ providerResourceId: name, name, status: "running" }),
    }),
  },
})
