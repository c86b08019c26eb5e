import type { AuditEntry } from "../schema/audit-log.ts"
import { collect } from "./fake-dock.fixture.ts"
import type { Permission } from "./permissions.ts"
import { organizationFunctions } from "./public-functions.ts"
import type { OrganizationFunctions } from "./stackdock.ts"
import { GOOD_KEY, OTHER_KEY, type World } from "./two-organizations.fixture.ts"

type Name = keyof OrganizationFunctions

/** A call of a public function, to be made by different people. */
export interface Call {
  readonly name: Name
  readonly args: readonly unknown[]
  readonly title: string
}

/** The rows that the store in memory has numbered first, in each organisation. */
const FIRST_OF_A = "servers_1"
const FIRST_OF_B = "servers_6"

/** Calls of every function, some of them aimed at what belongs to others. A function without one does not compile. */
const calls: { [N in Name]: readonly Parameters<OrganizationFunctions[N]>[] } = {
  connect: [
    [{ provider: "acme", name: "new", credentials: { apiKey: GOOD_KEY, whose: "of-a" } }],
    [{ provider: "acme", name: "dock-of-b", credentials: { apiKey: GOOD_KEY, whose: "of-a" } }],
    [{ provider: "acme", name: "dock-of-a", credentials: { apiKey: GOOD_KEY, whose: "of-a" } }],
    [{ provider: "acme", name: "new", credentials: { apiKey: "fake-secret-bad", whose: "of-a" } }],
  ],
  listDocks: [[]],
  disconnect: [
    ["dock-of-a"],
    ["dock-of-b"],
    ["dock-of-a", { removeRows: true }],
    ["dock-of-b", { removeRows: true }],
  ],
  sync: [[], [{ docks: ["dock-of-a"] }], [{ docks: ["dock-of-b"] }], [{ dryRun: true }]],
  resources: [
    ["servers"],
    ["monitors"],
    ["repositories"],
    ["servers", { dock: "dock-of-b" }],
    ["servers", { dock: "dock-of-a", deleted: true }],
    ["docks" as "servers"],
  ],
  rotateCredential: [
    [{ dock: "dock-of-a", credentials: { apiKey: GOOD_KEY } }],
    [{ dock: "dock-of-a", credentials: { apiKey: OTHER_KEY } }],
    [{ dock: "dock-of-b", credentials: { apiKey: GOOD_KEY } }],
  ],
  listMembers: [[]],
  setMember: [
    [{ userId: "eve", role: "client" }],
    [{ userId: "eve", role: "owner" }],
    [{ userId: "client-of-b", role: "client" }],
    [{ userId: "owner-of-a", role: "client" }],
    [{ userId: "client-of-a", role: "no-role" }],
  ],
  removeMember: [["client-of-a"], ["owner-of-a"], ["client-of-b"], ["nobody"]],
  provision: [
    [{ dock: "dock-of-a", kind: "server", input: { name: "new" } }],
    [{ dock: "dock-of-a", kind: "server", input: {} }],
    [{ dock: "dock-of-a", kind: "nothing", input: {} }],
    [{ dock: "dock-of-b", kind: "server", input: { name: "new" } }],
  ],
  deprovision: [
    [{ resourceId: FIRST_OF_A }],
    [{ resourceId: FIRST_OF_B }],
    [{ resourceId: "monitors_3" }],
    [{ resourceId: "nothing" }],
  ],
  act: [
    [{ resourceId: FIRST_OF_A, action: "restart" }],
    [{ resourceId: FIRST_OF_A, action: "explode" }],
    [{ resourceId: FIRST_OF_B, action: "restart" }],
  ],
  rehearse: [
    [{ of: "provision", dock: "dock-of-a", kind: "server", input: { name: "new" } }],
    [{ of: "provision", dock: "dock-of-b", kind: "server", input: { name: "new" } }],
    [{ of: "deprovision", resourceId: FIRST_OF_B }],
    [{ of: "action", resourceId: FIRST_OF_A, action: "restart" }],
  ],
  provisionings: [[], [{ unfinished: true }], [{ dock: "dock-of-a" }], [{ dock: "dock-of-b" }]],
  resume: [[], [{ id: "nothing" }]],
  auditLog: [[], [{ result: "denied" }], [{ actor: "user:owner-of-b" }]],
  whoami: [[]],
  resourcePage: [
    [{ table: "servers" }],
    [{ table: "monitors", sort: { column: "status", descending: true } }],
    [{ table: "repositories" }],
    [{ table: "servers", filter: { text: "of-" }, offset: 1, limit: 1 }],
    [{ table: "servers", filter: { docks: ["dock-of-b"] } }],
    [{ table: "servers", sort: { column: "orgId" } }],
    [{ table: "docks" as "servers" }],
  ],
  resource: [[FIRST_OF_A], [FIRST_OF_B], ["monitors_3"], ["nothing"]],
  resourceData: [[FIRST_OF_A], [FIRST_OF_B], ["monitors_3"]],
  counts: [[]],
  changes: [[], [{ table: "monitors" }]],
  runs: [[], [{ dock: "dock-of-a" }], [{ dock: "dock-of-b" }], [{ limit: 0 }]],
  dockStatuses: [[]],
  providers: [[]],
  provisioning: [["nothing"]],
  auditPage: [[], [{ result: "denied" }], [{ actor: "user:owner-of-b", limit: 1 }], [{ after: "nothing" }]],
  setSyncInterval: [
    [{ dock: "dock-of-a", minutes: 30 }],
    [{ dock: "dock-of-a", minutes: 0 }],
    [{ dock: "dock-of-b", minutes: 30 }],
  ],
}
export const allCalls: readonly Call[] = (Object.keys(calls) as Name[]).flatMap((name) =>
  calls[name].map((args): Call => ({ name, args, title: `${name} ${JSON.stringify(args)}` })),
)

export function neededFor({ name, args }: Call): Permission | "member:read" {
  const { needs } = organizationFunctions[name] as { needs: string | ((...args: unknown[]) => string) }
  return (typeof needs === "function" ? needs(...args) : needs) as Permission | "member:read"
}

export interface OutcomeOfCall {
  result: unknown
  code: string | undefined
  said: string | undefined
}

/** All that a caller learns, without what differs from run to run. */
export async function outcomeOf(
  { stackdock }: World,
  actor: { userId: string; orgId: string },
  { name, args }: Call,
): Promise<OutcomeOfCall> {
  const bound: Readonly<Record<string, (...args: unknown[]) => unknown>> = { ...stackdock.as(actor) } as never
  try {
    const answer = bound[name]?.(...args)
    const result = isStream(answer) ? await collect(answer) : await answer
    return { result: steady(result), code: undefined, said: undefined }
  } catch (error) {
    const { code, message, suggestion } = error as { code: string; message: string; suggestion: string }
    return { result: undefined, code, said: `${message} ${suggestion}` }
  }
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value
}

/** Random ids, times, and the numbers that a table gives its rows. */
function steady(value: unknown): unknown {
  const text = JSON.stringify(value ?? null)
  return JSON.parse(
    text
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, "<id>")
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>")
      .replace(/"((?:resourceI|i)d)":"\w+_\d+"/g, '"$1":"<number>"'),
  )
}

/** All that an organisation has, but for its audit log. */
export async function contentOf({ store }: World, orgId: string): Promise<unknown> {
  return {
    docks: await store.docks.list(orgId),
    members: await store.organizations.members(orgId),
    provisionings: await store.provisionings.list(orgId),
    organization: await store.organizations.get(orgId),
    servers: await collect(store.rows.list("servers", { orgId })),
    monitors: await collect(store.rows.list("monitors", { orgId })),
  }
}

export function auditOf({ store }: World, orgId: string): Promise<AuditEntry[]> {
  return collect(store.audit.list({ orgId }))
}
