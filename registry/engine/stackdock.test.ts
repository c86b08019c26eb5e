import { inspect } from "node:util"
import { beforeEach, describe, expect, it } from "vitest"
import { z } from "zod"
import { credentials, plain, secret } from "../core/credentials.ts"
import { type AnyDock, defineDock } from "../core/dock.ts"
import { DockError } from "../core/errors.ts"
import { resource } from "../core/resource.ts"
import { environmentVault } from "../security/env.ts"
import { formatKeyset, generateKey } from "../security/keyset.ts"
import { memoryStore } from "../stores/memory/index.ts"
import type { Store } from "./ports.ts"
import { createStackdock, type Stackdock } from "./stackdock.ts"

const apiKey = "fake-secret-api-key"

/** What the fake provider has: accounts by API key, and the names of each account's servers. */
let accounts: Map<string, { id: string; servers: string[] }>
let calls: string[]
let store: Store
let keys: string

beforeEach(async () => {
  accounts = new Map([[apiKey, { id: "account-1", servers: ["one", "two"] }]])
  calls = []
  store = memoryStore()
  keys = formatKeyset({ primary: await generateKey(), older: [] })
})

describe("connect", () => {
  it("asks the provider, then stores the credential encrypted", async () => {
    const stackdock = setUp()
    const connected = await stackdock.connect({ provider: "acme", credentials: { apiKey } })
    expect(connected).toMatchObject({
      provider: "acme",
      name: "acme",
      account: { id: "account-1" },
      sameAccountAs: [],
    })
    expect(calls).toEqual(["verify"])

    const [row] = await store.docks.list("default")
    expect(row).toMatchObject({ id: connected.dockId, accountId: "account-1", status: "connected" })
    expect(row?.credentials).toMatch(/^v1\./)
    expect(inspect(row)).not.toContain(apiKey)
    expect(JSON.stringify(await stackdock.listDocks())).not.toContain("v1.")
  })

  it("stores nothing when the provider refuses", async () => {
    const connecting = setUp().connect({ provider: "acme", credentials: { apiKey: "fake-secret-other" } })
    await expect(connecting).rejects.toMatchObject({ code: "unauthorized" })
    expect(await store.docks.list("default")).toEqual([])
  })

  it("does not ask when told not to", async () => {
    const connected = await setUp().connect({ provider: "acme", credentials: { apiKey }, verify: false })
    expect(connected.account).toBeNull()
    expect(calls).toEqual([])
  })

  it("names the field of a credential that cannot be right, and never its value", async () => {
    const wrong: [unknown, string][] = [
      [{}, "apiKey is missing"],
      [{ apiKey: "" }, "apiKey: API key is empty"],
      [{ apiKey: 4711 }, "apiKey: "],
      [{ apiKey, baseUrl: "fake-secret-no-address" }, "baseUrl: must be an https:// address"],
      [{ apiKey, baseUrl: "http://192.0.2.1/api" }, "baseUrl: must be an https:// address"],
      [{ apiKey, apikey: "fake-secret-typed-twice" }, "apikey"],
      ["fake-secret-text", "expected object"],
      [null, "expected object"],
    ]
    for (const [given, message] of wrong) {
      const error: unknown = await setUp()
        .connect({ provider: "acme", credentials: given })
        .catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(DockError)
      expect(error).toMatchObject({
        code: "invalid_credentials",
        message: expect.stringContaining(message),
        suggestion: expect.stringContaining("apiKey, team (optional), baseUrl (optional)"),
      })
      expect(inspect(error, { showHidden: true })).not.toMatch(/fake-secret|4711/)
    }
    expect(calls).toEqual([])
  })

  it("refuses a name that is taken, before it asks the provider", async () => {
    const stackdock = setUp()
    await stackdock.connect({ provider: "acme", credentials: { apiKey }, name: "agency" })
    calls = []
    const again = stackdock.connect({ provider: "acme", credentials: { apiKey }, name: "agency" })
    await expect(again).rejects.toMatchObject({
      code: "name_taken",
      message: expect.stringContaining("agency"),
    })
    expect(calls).toEqual([])
  })

  it("allows the same account twice, and says so", async () => {
    const stackdock = setUp()
    await stackdock.connect({ provider: "acme", credentials: { apiKey }, name: "first" })
    const second = await stackdock.connect({ provider: "acme", credentials: { apiKey }, name: "second" })
    expect(second.sameAccountAs).toEqual(["first"])
  })

  it("knows only the project's docks", async () => {
    await expect(setUp().connect({ provider: "acne", credentials: {} })).rejects.toMatchObject({
      code: "unknown_provider",
      suggestion: expect.stringContaining("acme"),
    })
  })

  it("does not replace a lost key", async () => {
    await setUp().connect({ provider: "acme", credentials: { apiKey }, name: "first" })
    keys = ""
    const second = setUp().connect({ provider: "acme", credentials: { apiKey }, name: "second" })
    await expect(second).rejects.toMatchObject({ code: "missing_key" })
  })
})

describe("disconnect", () => {
  it("forgets the credential and keeps the rows, until the dock is connected again", async () => {
    const stackdock = setUp()
    const { dockId } = await stackdock.connect({ provider: "acme", credentials: { apiKey } })
    await stackdock.sync()
    await stackdock.disconnect("acme")

    expect((await store.docks.get("default", dockId))?.credentials).toBeNull()
    expect(await names(stackdock)).toEqual(["one", "two"])
    expect((await stackdock.sync()).docks).toEqual([])
    expect((await stackdock.sync({ docks: ["acme"] })).docks).toMatchObject([
      { status: "failed", error: { code: "disconnected", suggestion: "Type: npx stackdock connect acme" } },
    ])

    accounts.set("fake-secret-new-key", { id: "account-1", servers: ["one", "two"] })
    const again = await stackdock.connect({
      provider: "acme",
      credentials: { apiKey: "fake-secret-new-key" },
    })
    expect(again.dockId).toBe(dockId)
    expect((await stackdock.sync()).docks).toMatchObject([{ scopes: [{ unchanged: 2 }] }])
  })

  it("does not give the rows of one account to another", async () => {
    const stackdock = setUp()
    await stackdock.connect({ provider: "acme", credentials: { apiKey } })
    await stackdock.disconnect("acme")
    accounts.set("fake-secret-other", { id: "account-2", servers: [] })
    const other = stackdock.connect({ provider: "acme", credentials: { apiKey: "fake-secret-other" } })
    await expect(other).rejects.toMatchObject({ code: "name_taken" })
    expect((await store.docks.list("default"))[0]?.credentials).toBeNull()
  })

  it("removes the rows when asked to", async () => {
    const stackdock = setUp()
    await stackdock.connect({ provider: "acme", credentials: { apiKey } })
    await stackdock.sync()
    await stackdock.disconnect("acme", { removeRows: true })
    expect(await stackdock.listDocks()).toEqual([])
    expect(await names(stackdock)).toEqual([])
  })

  it("lists the docks it knows when it is given another", async () => {
    const stackdock = setUp()
    await expect(stackdock.disconnect("acme")).rejects.toMatchObject({
      code: "unknown_dock",
      suggestion: expect.stringContaining("stackdock connect"),
    })
    await stackdock.connect({ provider: "acme", credentials: { apiKey } })
    await expect(stackdock.disconnect("acne")).rejects.toMatchObject({
      code: "unknown_dock",
      suggestion: expect.stringContaining("acme"),
    })
  })
})

describe("sync", () => {
  it("goes on with the next dock when one fails", async () => {
    const stackdock = setUp()
    accounts.set("fake-secret-gone-soon", { id: "account-2", servers: ["three"] })
    await stackdock.connect({ provider: "acme", credentials: { apiKey: "fake-secret-gone-soon" }, name: "a" })
    await stackdock.connect({ provider: "acme", credentials: { apiKey }, name: "b" })
    accounts.delete("fake-secret-gone-soon")

    const report = await stackdock.sync()
    expect(report.docks).toMatchObject([
      { name: "a", status: "failed", scopes: [{ error: { code: "unauthorized" } }] },
      { name: "b", status: "succeeded", scopes: [{ inserted: 2, error: null }] },
    ])
    expect(JSON.stringify(report)).not.toContain("fake-secret")
  })

  it("fails only the dock whose credential does not open", async () => {
    const stackdock = setUp()
    const { dockId } = await stackdock.connect({ provider: "acme", credentials: { apiKey }, name: "a" })
    const other = await stackdock.connect({ provider: "acme", credentials: { apiKey }, name: "b" })
    const copied = (await store.docks.get("default", other.dockId))?.credentials ?? null
    await store.docks.update("default", dockId, { credentials: copied })

    expect((await stackdock.sync()).docks).toMatchObject([
      { name: "a", status: "failed", error: { code: "not_authentic", suggestion: expect.any(String) } },
      { name: "b", status: "succeeded" },
    ])
    expect((await stackdock.listDocks())[0]?.lastError).toContain("belongs to another dock")
  })

  it("fails only the dock whose code is no longer in the project", async () => {
    await setUp().connect({ provider: "acme", credentials: { apiKey } })
    expect((await setUp([]).sync()).docks).toMatchObject([
      { status: "failed", error: { code: "unknown_provider", suggestion: "Type: npx stackdock add acme" } },
    ])
  })

  it("takes names and ids, each dock once", async () => {
    const stackdock = setUp()
    const { dockId } = await stackdock.connect({ provider: "acme", credentials: { apiKey } })
    expect((await stackdock.sync({ docks: ["acme", dockId] })).docks).toHaveLength(1)
    await expect(stackdock.sync({ docks: ["acme", "acne"] })).rejects.toMatchObject({
      code: "unknown_dock",
      message: expect.stringContaining("acne"),
    })
  })

  it("tells of its progress, also of a dock that cannot be started", async () => {
    await setUp().connect({ provider: "acme", credentials: { apiKey } })
    const events: string[] = []
    const onProgress = ({ type }: { type: string }) => events.push(type)
    await setUp([]).sync({ onProgress })
    await setUp().sync({ onProgress })
    expect(events).toEqual([
      ...["dock-started", "dock-finished"],
      ...["dock-started", "table-started", "scope-started", "page", "scope-finished", "dock-finished"],
    ])
  })

  it("stays within its organisation", async () => {
    const stackdock = setUp()
    await stackdock.connect({ provider: "acme", credentials: { apiKey } })
    await stackdock.sync()
    const other = createStackdock({
      docks: [acme],
      store,
      vault: environmentVault(keys),
      organization: { id: "org-2", name: "Other" },
    })
    expect(await other.listDocks()).toEqual([])
    expect(await names(other)).toEqual([])
    expect((await other.sync()).docks).toEqual([])
  })
})

describe("resources", () => {
  it("can be narrowed to a dock by name, and refuses an unknown one", async () => {
    const stackdock = setUp()
    await stackdock.connect({ provider: "acme", credentials: { apiKey }, name: "a" })
    await stackdock.connect({ provider: "acme", credentials: { apiKey }, name: "b" })
    await stackdock.sync()
    expect(await names(stackdock)).toHaveLength(4)
    expect(await names(stackdock, { dock: "b" })).toEqual(["one", "two"])
    await expect(names(stackdock, { dock: "c" })).rejects.toMatchObject({ code: "unknown_dock" })
  })
})

describe("the store", () => {
  it("is brought up to date once, and again after it failed", async () => {
    let migrations = 0
    const migrate = async () => {
      migrations += 1
      if (migrations === 1) throw new Error("The disk is full.")
    }
    const stackdock = createStackdock({
      docks: [acme],
      store: { ...store, migrate },
      vault: environmentVault(keys),
    })
    await expect(stackdock.listDocks()).rejects.toThrow("The disk is full.")
    await Promise.all([stackdock.listDocks(), stackdock.listDocks()])
    expect(migrations).toBe(2)
  })
})

it("tells what a form for the credential needs", () => {
  const asked = { input: "text", choices: null }
  expect(setUp().credentialFields("acme")).toEqual([
    { name: "apiKey", title: "API key", where: "Account > API", isSecret: true, isRequired: true, ...asked },
    { name: "team", title: "Team", where: null, isSecret: false, isRequired: false, ...asked },
    {
      name: "baseUrl",
      title: "Base URL",
      where: "Another address of the same API",
      isSecret: false,
      isRequired: false,
      ...asked,
    },
  ])
})

function setUp(docks: readonly AnyDock[] = [acme]): Stackdock {
  return createStackdock({ docks, store, vault: environmentVault(keys) })
}

async function names(
  stackdock: Stackdock,
  filter?: Parameters<Stackdock["resources"]>[1],
): Promise<string[]> {
  const found: string[] = []
  for await (const row of stackdock.resources("servers", filter)) found.push(row.name)
  return found
}

class AcmeApi {
  readonly #key: string

  constructor(key: string) {
    this.#key = key
  }

  account() {
    const account = accounts.get(this.#key)
    if (account) return account
    throw new DockError({ code: "unauthorized", provider: "acme", message: "The key was refused." })
  }
}

const acme: AnyDock = defineDock({
  provider: "acme",
  title: "Acme",
  website: "https://acme.example",
  hosts: ["api.acme.example"],
  credentials: credentials({ apiKey: secret("API key", "Account > API"), team: plain("Team").optional() }),
  limits: { windows: [], documentedAt: "https://acme.example/limits" },
  connect: ({ apiKey }) => new AcmeApi(apiKey.reveal()),
  async verify(api) {
    calls.push("verify")
    const { id } = api.account()
    return { id, name: "The account" }
  },
  sync: {
    servers: resource("servers", z.looseObject({ name: z.string() }), {
      async *list(api: AcmeApi) {
        yield { items: api.account().servers.map((name) => ({ name })) }
      },
      map: ({ name }) => ({ providerResourceId: name, name, status: "running" }),
    }),
  },
})
