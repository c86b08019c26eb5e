import { afterEach, describe, expect, it, vi } from "vitest"
import { z } from "zod"
import type { AnyDock } from "../core/dock.ts"
import { DockError } from "../core/errors.ts"
import { provision } from "../core/provision.ts"
import { resource } from "../core/resource.ts"
import { Secret } from "../core/secret.ts"
import { createStackdock } from "../engine/stackdock.ts"
import { acme, GOOD_KEY } from "../engine/two-organizations.fixture.ts"
import { environmentVault } from "../security/env.ts"
import { formatKeyset, generateKey } from "../security/keyset.ts"
import { memoryStore } from "../stores/memory/index.ts"
import { type Asking, openServer } from "./server.fixture.ts"

const SHOWN = "fake-secret-shown-once"
const Named = z.looseObject({ name: z.string() })

/** A provider that answers only when the test lets it, and that tells a password once. */
function slowDock() {
  const failures: DockError[] = []
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  let reached = () => {}
  const isReached = new Promise<void>((resolve) => {
    reached = resolve
  })
  const wait = async () => {
    reached()
    await released
  }
  const dock: AnyDock = {
    ...acme,
    sync: {
      servers: resource("servers", Named, {
        async *list() {
          await wait()
          yield { items: [{ name: "one" }] }
          yield { items: [{ name: "two" }] }
        },
        map: ({ name }) => ({ providerResourceId: name, name, status: "running" }),
      }),
    },
    provision: {
      server: provision({
        table: "servers",
        title: "Server",
        input: z.strictObject({ name: z.string() }),
        steps: [
          {
            name: "server",
            async create(_, { name }) {
              const failure = failures.shift()
              if (failure) throw failure
              return { id: name, shows: [{ title: "Password", value: new Secret(SHOWN) }] }
            },
            async undo() {},
          },
        ],
        async observe(_, made) {
          await wait()
          return { state: "ready", item: { name: made["server"]?.id } }
        },
        async destroy() {},
      }),
    },
  }
  return { dock, release, isReached, failures }
}

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function open() {
  const slow = slowDock()
  const store = memoryStore()
  const keys = formatKeyset({ primary: await generateKey(), older: [] })
  const stackdock = createStackdock({ docks: [slow.dock], store, vault: environmentVault(keys) })
  const credentials = { apiKey: GOOD_KEY, whose: "me" }
  await stackdock.connect({ provider: "acme", credentials })
  for (const userId of ["ada", "bob"]) await stackdock.setMember({ userId, role: "owner" })
  const world = await openServer({ stackdock })
  closing.push(async () => {
    slow.release()
    await world.server.close()
  })
  return { ...world, ...slow, stackdock }
}

const begin: Asking = {
  as: "ada",
  json: { dock: "acme", kind: "server", input: { name: "web" }, idempotencyKey: "12345678" },
}

describe("long work", () => {
  it("is begun by a request that does not wait for its end", async () => {
    const { ask, release, isReached, stackdock } = await open()
    expect((await ask("/api/sync", { as: "ada", json: {} })).status).toBe(202)
    await isReached
    expect(await stackdock.runs({})).toMatchObject([{ status: "running" }])
    release()
    await vi.waitFor(async () => expect(await stackdock.runs({})).toMatchObject([{ status: "succeeded" }]))
  })

  it("stops at a safe point when the server does, and leaves nothing half done", async () => {
    const { ask, server, release, isReached, stackdock } = await open()
    const closed = vi.spyOn(stackdock, "close")
    await ask("/api/sync", { as: "ada", json: {} })
    await isReached
    const stopped = server.close()
    expect(closed).not.toHaveBeenCalled()
    release()
    await stopped
    expect(closed).toHaveBeenCalledOnce()
    expect(await stackdock.runs({})).toMatchObject([{ status: "canceled" }])
    expect((await stackdock.dockStatuses())[0]).toMatchObject({ isSyncing: false })
  })

  it("answers with the intent as soon as it is written, and the same for the same key", async () => {
    const { ask, release, isReached, stackdock } = await open()
    const answer = await ask("/api/provisionings", begin)
    expect(answer.status).toBe(202)
    const report = (await answer.json()) as { id: string }
    expect(report).toMatchObject({ state: "provisioning", kind: "server" })
    await isReached
    const again = await ask("/api/provisionings", begin)
    expect(await again.json()).toMatchObject({ id: report.id, state: "provisioning" })
    const resumed = await ask(`/api/provisionings/${report.id}/resume`, { as: "ada", json: {} })
    expect(await resumed.json()).toMatchObject({ id: report.id, state: "provisioning" })
    release()
    await vi.waitFor(async () =>
      expect(await stackdock.provisioning(report.id)).toMatchObject({ state: "provisioned" }),
    )
    expect(await (await ask("/api/provisionings", begin)).json()).toMatchObject({
      id: report.id,
      state: "provisioned",
    })
    expect(await stackdock.provisionings()).toHaveLength(1)
  })
})

describe("what a provider tells only once", () => {
  it("is for the session that asked, also after a reload, and is in no row, no log and nobody else's answer", async () => {
    const { ask, store, logged, release, isReached } = await open()
    const { id } = (await (await ask("/api/provisionings", begin)).json()) as { id: string }
    await isReached
    const mine = async () => (await ask(`/api/provisionings/${id}`, { as: "ada" })).text()
    expect(JSON.parse(await mine())).toMatchObject({ shows: [{ title: "Password", value: SHOWN }] })
    const others = [
      await ask(`/api/provisionings/${id}`, { as: "bob" }),
      await ask("/api/provisionings", { as: "ada" }),
      await ask("/api/audit", { as: "ada" }),
    ]
    for (const response of others) expect(await response.text()).not.toContain(SHOWN)
    release()
    await vi.waitFor(async () => expect(JSON.parse(await mine())).toMatchObject({ state: "provisioned" }))
    const kept = [await store.provisionings.list("default"), logged]
    expect(JSON.stringify(kept)).not.toContain(SHOWN)
  })

  it("is for them too when the provider tells it later, to the clock that goes on with it", async () => {
    const { ask, server, release, failures } = await open()
    failures.push(
      new DockError({
        code: "rate_limited",
        provider: "acme",
        message: "Too many requests.",
      }),
    )
    const { id } = (await (await ask("/api/provisionings", begin)).json()) as { id: string }
    const seenBy = async (as: string) => (await ask(`/api/provisionings/${id}`, { as })).json()
    await vi.waitFor(async () =>
      expect(await seenBy("ada")).toMatchObject({ error: { code: "rate_limited" } }),
    )
    release()
    const isToldLater = async () => {
      // The clock begins at once; what the request has not let go of yet, it leaves.
      server.start()
      expect(await seenBy("ada")).toMatchObject({ state: "provisioned", shows: [{ value: SHOWN }] })
    }
    await vi.waitFor(isToldLater, { timeout: 10_000 })
    expect(await seenBy("bob")).toMatchObject({ state: "provisioned", shows: [] })
  })
})
