// @vitest-environment edge-runtime
import { beforeAll, describe, expect, it, vi } from "vitest"
import { allows, grantsOf, type Permission, rolesWith } from "../engine/permissions.ts"
import { acme, customRoles, GOOD_KEY } from "../engine/two-organizations.fixture.ts"
import { type Deployment, deployment } from "./deployment.fixture.ts"

const roles = rolesWith(customRoles)
const everyRole = [...Object.keys(roles), undefined]
const page = { paginationOpts: { cursor: null, numItems: 20 } }

interface World {
  here: Deployment
  own: Side
  other: Side
}
interface Side {
  orgId: string
  dock: string
  server: string
  intent: string
}

/** Each public function, with what it needs; its arguments point at what belongs to `side`. */
const calls: Record<string, [Permission, (side: Side) => Record<string, unknown>][]> = {
  members: [["settings:read", () => ({})]],
  docks: [["docks:read", () => ({})]],
  runs: [["docks:read", ({ dock }) => ({ dock })]],
  changes: [
    ["resources:read", () => ({})],
    ["monitoring:read", () => ({ table: "monitors" })],
  ],
  getProvisionStatus: [["provisioning:read", ({ intent }) => ({ id: intent })]],
  provisionings: [["provisioning:read", ({ dock }) => ({ dock, ...page })]],
  auditLog: [["settings:read", () => page]],
  resources: [
    ["resources:read", () => ({ table: "servers", ...page })],
    ["resources:read", ({ dock }) => ({ table: "servers", dock, status: "running", ...page })],
    ["resources:read", () => ({ table: "servers", provider: "acme", deleted: true, ...page })],
    ["resources:read", () => ({ table: "servers", text: "servers", ...page })],
    ["monitoring:read", () => ({ table: "monitors", status: "up", ...page })],
    ["projects:read", () => ({ table: "repositories", provider: "acme", ...page })],
  ],
  resource: [["resources:read", ({ server }) => ({ id: server })]],
  resourceData: [["resources:full", ({ server }) => ({ id: server })]],
  dashboard: [["resources:read", () => ({})]],
  connect: [
    [
      "docks:full",
      () => ({ provider: "acme", name: "new", credentials: { apiKey: GOOD_KEY, whose: "new" } }),
    ],
  ],
  disconnect: [["docks:full", ({ dock }) => ({ dock, removeRows: true })]],
  rotateCredential: [["docks:full", ({ dock }) => ({ dock, credentials: { apiKey: GOOD_KEY } })]],
  setSyncInterval: [["docks:full", ({ dock }) => ({ dock, minutes: 5 })]],
  sync: [["operations:full", ({ dock }) => ({ docks: [dock] })]],
  provision: [["provisioning:full", ({ dock }) => ({ dock, kind: "server", input: { name: "made" } })]],
  deprovision: [["provisioning:full", ({ server }) => ({ resourceId: server })]],
  resume: [["provisioning:full", ({ intent }) => ({ id: intent })]],
  act: [["operations:full", ({ server }) => ({ resourceId: server, action: "restart" })]],
  rehearse: [
    ["provisioning:read", ({ server }) => ({ operation: { of: "deprovision", resourceId: server } })],
  ],
  setMember: [["settings:full", () => ({ userId: "eve", role: "nothing" })]],
  removeMember: [["settings:full", () => ({ userId: "client" })]],
}
const allCalls = Object.entries(calls).flatMap(([name, ways]) =>
  ways.map(([needs, args]) => ({ name, needs, args })),
)

async function furnish(here: Deployment, whose: string): Promise<Side> {
  const owner = here.as(`owner-${whose}`)
  const { id: orgId } = await here.run("createOrganization", {
    name: whose,
    slug: whose,
    owner: `owner-${whose}`,
  })
  const dock = `dock-${whose}`
  await owner.action("connect", {
    orgId,
    provider: "acme",
    name: dock,
    credentials: { apiKey: GOOD_KEY, whose },
  })
  await vi.waitFor(
    async () =>
      expect((await owner.query("docks", { orgId }))[0].lastRun).toMatchObject({ status: "succeeded" }),
    { timeout: 20_000 },
  )
  await owner.action("setMember", { orgId, userId: "client", role: "client" })
  const made = await owner.action("provision", {
    orgId,
    dock,
    kind: "server",
    input: { name: `made-${whose}` },
  })
  const { page: servers } = await owner.query("resources", {
    orgId,
    table: "servers",
    text: "servers",
    ...page,
  })
  return { orgId, dock, server: servers[0].id, intent: made.id }
}

const invoke = ({ here }: World, user: string | undefined, name: string, args: Record<string, unknown>) => {
  const caller = user === undefined ? here.stranger : here.as(user)
  const registered = Object.entries(here.functions).find(([known]) => known === name)?.[1]
  return registered && "isQuery" in registered ? caller.query(name, args) : caller.action(name, args)
}
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => (error as { data?: { code?: string } }).data?.code ?? String(error),
  )

let world: World
const furnished = async (): Promise<World> => {
  const here = await deployment({ docks: [acme], roles: customRoles })
  return { here, own: await furnish(here, "a"), other: await furnish(here, "b") }
}
beforeAll(async () => {
  world = await furnished()
})

const contentOf = async ({ orgId }: Side, but: string[] = [], { here } = world) =>
  await here.backend.run(async ({ db }) => {
    const content: Record<string, unknown> = {}
    for (const table of [
      "docks",
      "servers",
      "monitors",
      "provisionings",
      "memberships",
      "auditLog",
    ] as const) {
      if (but.includes(table)) continue
      const documents = await db.query(table).collect()
      content[table] = documents.filter((document) => document.orgId === orgId)
    }
    return content
  })

describe("the public functions", () => {
  it("are all here, but for those that tell where one is a member, and as what", () => {
    const { organizations, whoami, providers, ...others } = world.here.functions
    expect({ organizations, whoami, providers }).toEqual({
      organizations: expect.anything(),
      whoami: expect.anything(),
      providers: expect.anything(),
    })
    expect(Object.keys(calls).sort()).toEqual(Object.keys(others).sort())
    for (const [name, registered] of Object.entries(world.here.functions))
      expect(registered, name).toHaveProperty("isPublic", true)
  })

  it("are closed to whoever is not signed in, and to members of other organisations", async () => {
    const before = await contentOf(world.own, ["auditLog"])
    for (const { name, args } of allCalls) {
      const given = { orgId: world.own.orgId, ...args(world.own) }
      expect(await codeOf(invoke(world, undefined, name, given)), name).toBe("unauthenticated")
      expect(await codeOf(invoke(world, "owner-b", name, given)), name).toBe("denied")
      expect(await codeOf(invoke(world, "owner-b", name, { ...given, orgId: "nowhere" })), name).toBe(
        "denied",
      )
    }
    await expect(world.here.stranger.query("organizations")).rejects.toThrow("not signed in")
    expect(await world.here.as("nobody").query("organizations")).toEqual([])
    expect(await contentOf(world.own, ["auditLog"])).toEqual(before)
  })

  it("touch and tell nothing of another organisation, whatever is asked for in one's own", async () => {
    const world = await furnished()
    const before = await contentOf(world.other, [], world)
    const { orgId } = world.own
    const nowhere: Side = { orgId, dock: "dock-x", server: "servers_1", intent: "nothing" }
    const answerTo = async (name: string, args: Record<string, unknown>) => {
      const call = invoke(world, "owner-a", name, { orgId, ...args })
      return JSON.stringify(await call.catch((error: { data: unknown }) => error.data))
    }
    for (const { name, args } of allCalls) {
      const [theirs, nothing] = [args(world.other), args(nowhere)]
      if (JSON.stringify(theirs) === JSON.stringify(nothing)) continue
      // What is somebody else's is to be told from what is nowhere by nothing but the name that was given.
      let answer = await answerTo(name, theirs)
      for (const key of ["dock", "server", "intent"] as const)
        answer = answer.replaceAll(world.other[key], nowhere[key])
      expect(answer, name).toBe(await answerTo(name, nothing))
    }
    for (const { name, args } of allCalls) {
      if (name === "removeMember") continue
      const answer = await answerTo(name, args(world.own))
      expect(answer, name).not.toContain(world.other.orgId)
      expect(answer, name).not.toMatch(/-[12]-b\b|dock-b|made-b|owner-b/)
    }
    expect(await contentOf(world.other, [], world)).toEqual(before)
  })
})

it("whoever is a member is told what they may do there, and nobody else is", async () => {
  const { orgId } = world.own
  expect(await world.here.as("client").query("whoami", { orgId })).toMatchObject({
    orgId,
    userId: "client",
    role: "client",
    grants: { resources: "read", settings: "none" },
  })
  expect(await world.here.as("client").query("providers", { orgId })).toMatchObject([{ provider: "acme" }])
  for (const name of ["whoami", "providers"]) {
    expect(await codeOf(world.here.as("owner-b").query(name, { orgId }))).toBe("denied")
    expect(await codeOf(world.here.stranger.query(name, { orgId }))).toBe("unauthenticated")
  }
})

/** What cannot be done twice, or goes by more than the permission. */
const onceOnly = ["connect", "disconnect", "deprovision", "setMember", "removeMember"]

it.each(everyRole)("the role %s can do what it permits, and nothing else", async (role) => {
  const { orgId } = world.own
  const user = `with-${role}`
  if (role !== undefined) await world.here.as("owner-a").action("setMember", { orgId, userId: user, role })
  const grants = role === undefined ? {} : grantsOf(roles, role)
  const [permitted, refused] = [true, false].map((does) =>
    allCalls.filter(({ needs }) => allows(grants, needs) === does),
  )
  const before = await contentOf(world.own, ["auditLog"])
  for (const { name, args } of refused ?? [])
    expect(await codeOf(invoke(world, user, name, { orgId, ...args(world.own) })), name).toBe("denied")
  expect(await contentOf(world.own, ["auditLog"])).toEqual(before)
  for (const { name, args } of permitted ?? []) {
    if (onceOnly.includes(name)) continue
    expect(await codeOf(invoke(world, user, name, { orgId, ...args(world.own) })), name).toBeUndefined()
  }
  const denials = { orgId, actor: `user:${user}`, result: "denied", ...page }
  const { page: entries } = await world.here.as("owner-a").query("auditLog", denials)
  // A query cannot put on record that it was refused; whatever changes something can.
  const actions = new Set((refused ?? []).map(({ name }) => name).filter((name) => onceOnly.includes(name)))
  const recorded = new Set(entries.map(({ action }: { action: string }) => action))
  for (const action of actions) expect(recorded).toContain(action)
})

it("an owner can do everything once", async () => {
  const { orgId } = world.own
  for (const { name, args } of allCalls.filter(({ name }) => onceOnly.includes(name))) {
    if (name === "disconnect") continue
    expect(await codeOf(invoke(world, "owner-a", name, { orgId, ...args(world.own) })), name).toBeUndefined()
  }
  const [, disconnect] = calls["disconnect"]?.[0] ?? []
  expect(
    await codeOf(invoke(world, "owner-a", "disconnect", { orgId, ...disconnect?.(world.own) })),
  ).toBeUndefined()
  const left: { name: string }[] = await world.here.as("owner-a").query("docks", { orgId })
  expect(left.map(({ name }) => name)).toEqual(["new"])
})
