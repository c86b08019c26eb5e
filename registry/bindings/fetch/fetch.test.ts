/// <reference types="node" />
import { afterEach, describe, expect, it, vi } from "vitest"
import { serve } from "../../server/node/serve.ts"
import { openServer } from "../../server/server.fixture.ts"
import { createServer } from "../../server/server.ts"
import type { Progress } from "../../ui/data/port.ts"
import { createFetchPort } from "./index.ts"

const opened: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

async function open(options: Parameters<typeof openServer>[0] = {}) {
  const { stackdock, signIn, store } = await openServer(options)
  const listening = await serve(
    (port) => createServer({ stackdock, signIn, origins: [`http://127.0.0.1:${port}`] }),
    { port: 0, host: "127.0.0.1" },
  )
  opened.push(listening.close)
  const origin = `http://127.0.0.1:${listening.port}`
  /** As a browser sends it from a page of the server. */
  const port = (user: string | undefined = "ada", isLocal = false) => {
    const made = createFetchPort({
      api: `${origin}/api`,
      isLocal,
      fetch: (input, init) => {
        const headers = new Headers(init?.headers)
        headers.set("origin", origin)
        if (user !== undefined) headers.set("cookie", `user=${user}`)
        return fetch(input, { ...init, headers })
      },
    })
    opened.push(made.close)
    return made
  }
  return { stackdock, signIn, store, origin, port, listening }
}

describe("questions", () => {
  it("are answered by the engine, each of them", async () => {
    const { port } = await open()
    const { read } = port("local", true)
    expect(await read.session({})).toMatchObject({
      organization: "org-a",
      user: null,
      grants: { docks: "full" },
      organizations: [{ id: "org-a", name: "org-a" }],
    })
    expect(await read.counts({})).toContainEqual(
      expect.objectContaining({ table: "monitors", total: 2, byStatus: { up: 2 }, byProvider: { acme: 2 } }),
    )
    expect((await read.changes({ limit: 5 })).changes).toBeInstanceOf(Array)
    expect(await read.runs({ limit: 1 })).toHaveLength(1)
    expect(await read.providers({})).toMatchObject([{ provider: "acme", title: "Acme" }])
    const [dock] = await read.docks({})
    expect(dock).toMatchObject({ name: "dock-of-a", isSyncing: false })
    const [made] = await read.provisionings({})
    expect(made).toMatchObject({ kind: "server", state: "provisioned", shows: [] })
    expect(await read.provisioning({ id: made?.id ?? "" })).toEqual(made)
    expect((await read.audit({ limit: 1 })).entries).toHaveLength(1)
    expect((await read.members({})).map(({ userId, name }) => [userId, name])).toContainEqual([
      "owner-of-a",
      "The owner-of-a",
    ])
    expect(await read.keys({})).toMatchObject({ keys: [{ state: "primary" }] })
  })

  it("carry filters, sort and stretch of a page as they were asked", async () => {
    const { port } = await open()
    const { read } = port()
    const all = await read.resources({ table: "servers" })
    expect(all.rows.map(({ name }) => name)).toEqual(["made-of-a", "servers-1-of-a", "servers-2-of-a"])
    const page = await read.resources({
      table: "servers",
      filter: { providers: ["acme", "other"], statuses: ["running"], text: "servers", deleted: false },
      sort: { column: "name", descending: true },
      offset: 1,
      limit: 1,
    })
    expect(page).toMatchObject({ total: 2, rows: [{ name: "servers-1-of-a" }] })
    const exact = await read.resources({ table: "servers", filter: { where: { name: "made-of-a" } } })
    expect(exact.total).toBe(1)
    const view = await read.resource({ id: exact.rows[0]?.id ?? "" })
    expect(view).toMatchObject({
      table: "servers",
      row: { name: "made-of-a" },
      actions: [{ name: "restart" }],
    })
    expect(await read.resourceData({ id: view.row.id })).toEqual({ name: "made-of-a" })
  })

  it("that cannot be answered fail with a code and words", async () => {
    const { port, listening } = await open()
    await expect(port().read.resource({ id: "servers_99" })).rejects.toMatchObject({
      name: "DataError",
      code: "unknown_resource",
      suggestion: expect.any(String),
    })
    await expect(port("client-of-a").read.members({})).rejects.toMatchObject({ code: "denied" })
    await expect(port("ada").read.keys({})).rejects.toMatchObject({ code: "denied" })
    const nobody = port()
    await expect(port("stranger").read.session({})).rejects.toMatchObject({ code: "no_organization" })
    await listening.close()
    await expect(nobody.read.session({})).rejects.toMatchObject({ code: "offline" })
  })

  it("of somebody who is not signed in fail as such", async () => {
    const { port, signIn } = await open()
    signIn.signedOut.add("ada")
    await expect(port().read.session({})).rejects.toMatchObject({ code: "unauthenticated" })
  })
})

describe("deeds", () => {
  it("are done, each of them", async () => {
    const { port } = await open()
    const { act, read } = port("local", true)
    const credentials = { apiKey: "fake-secret-good", whose: "of-a" }
    const connected = await act.connect({ provider: "acme", name: "second/one", credentials })
    expect(connected).toMatchObject({ name: "second/one", sameAccountAs: ["dock-of-a"] })
    expect(await act.setSyncInterval({ dock: "second/one", minutes: 30 })).toMatchObject({
      syncIntervalMinutes: 30,
    })
    expect(await act.rotateCredential({ dock: "second/one", credentials })).toMatchObject({
      name: "second/one",
    })
    await act.sync({ docks: ["second/one"] })
    await vi.waitFor(async () => {
      expect((await read.docks({})).find(({ name }) => name === "second/one")).toMatchObject({ rows: 4 })
    })
    expect(await act.disconnect({ dock: "second/one", removeRows: true })).toMatchObject({
      name: "second/one",
    })

    const rehearsal = { of: "provision", dock: "dock-of-a", kind: "server", input: { name: "new" } } as const
    expect(await act.rehearse(rehearsal)).toMatchObject([{ step: "server" }])
    const idempotencyKey = crypto.randomUUID()
    const { of: _, ...wanted } = rehearsal
    const begun = await act.provision({ ...wanted, idempotencyKey })
    await vi.waitFor(async () => {
      expect(await read.provisioning({ id: begun.id })).toMatchObject({ state: "provisioned" })
    })
    const again = await act.provision({ ...wanted, idempotencyKey })
    expect(again).toMatchObject({ id: begun.id, state: "provisioned" })
    expect(await act.resume({ id: begun.id })).toMatchObject({ id: begun.id })
    const resourceId = again.resourceId ?? ""
    expect(await act.act({ resourceId, action: "restart" })).toMatchObject({ message: "Restarting new." })
    const removal = await act.deprovision({ resourceId })
    await vi.waitFor(async () => {
      expect(await read.provisioning({ id: removal.id })).toMatchObject({ state: "deprovisioned" })
    })

    expect(await act.setMember({ userId: "eve", role: "client" })).toMatchObject({ role: "client" })
    await act.removeMember({ userId: "eve" })
    expect(await act.rotateKeys({}).catch((error: unknown) => error)).toMatchObject({
      code: "read_only_keyset",
    })
    await act.signOut({})
  })

  it("that are refused name the fields that are wrong", async () => {
    const { port } = await open()
    const { act } = port()
    await expect(act.sync({ docks: ["nothing"] })).rejects.toMatchObject({ code: "unknown_dock" })
    await expect(port("client-of-a").act.sync({})).rejects.toMatchObject({ code: "denied" })
    await expect(
      act.connect({ provider: "acme", credentials: { apiKey: "fake-secret-bad", whose: "me" } }),
    ).rejects.toMatchObject({ code: "unauthorized", message: "The key was refused." })
    const short = { dock: "dock-of-a", kind: "server", input: {}, idempotencyKey: "short" }
    await expect(act.provision(short)).rejects.toMatchObject({
      code: "invalid_request",
      fields: { idempotencyKey: expect.any(String) },
    })
  })
})

describe("what is live", () => {
  it("tells whoever listens of work that another has begun, and which answers are others now", async () => {
    const { port } = await open()
    const [one, other] = [port("ada"), port("owner-of-a")]
    const progress: Progress[] = []
    other.follow((told) => progress.push(told))
    const changed = vi.fn()
    await other.read.runs({})
    other.watch("runs", {}, changed)
    await one.act.sync({})
    await vi.waitFor(() => {
      expect(progress.map(({ event }) => event.type)).toEqual(
        expect.arrayContaining(["dock-started", "scope-finished", "dock-finished"]),
      )
      expect(changed).toHaveBeenCalled()
    })
  })

  it("misses nothing between an answer and the begin of listening", async () => {
    const { port, stackdock } = await open()
    const listener = port()
    await listener.read.members({})
    await port("owner-of-a").act.setMember({ userId: "eve", role: "client" })
    const changed = vi.fn()
    listener.watch("members", {}, changed)
    await vi.waitFor(() => expect(changed).toHaveBeenCalled())
    expect(await stackdock.listMembers()).toHaveLength(4)
  })

  it("goes on after the connection was lost, and tells all to ask again where it cannot know", async () => {
    const first = await open()
    const listener = first.port()
    const changed = vi.fn()
    await listener.read.docks({})
    listener.watch("docks", {}, changed)
    const { port: number } = first.listening
    await first.listening.close()
    const again = await openServer()
    const listening = await serve(
      createServer({ stackdock: again.stackdock, signIn: again.signIn, origins: [first.origin] }),
      { port: number, host: "127.0.0.1" },
    )
    opened.push(listening.close)
    await vi.waitFor(() => expect(changed).toHaveBeenCalled(), { timeout: 10_000 })
  })

  it("asks once more, and is quiet, when the session is over", async () => {
    const { port, signIn } = await open()
    const listener = port()
    const changed = vi.fn()
    listener.watch("docks", {}, changed)
    await listener.read.docks({})
    signIn.signedOut.add("ada")
    const other = port("owner-of-a")
    await other.act.setMember({ userId: "eve", role: "client" })
    await vi.waitFor(() => expect(changed).toHaveBeenCalled(), { timeout: 10_000 })
    await expect(listener.read.docks({})).rejects.toMatchObject({ code: "unauthenticated" })
  })
})
