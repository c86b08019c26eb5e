import { cloudflare } from "../../registry/docks/cloudflare/index.ts"
import { gridpane } from "../../registry/docks/gridpane/index.ts"
import { netlify } from "../../registry/docks/netlify/index.ts"
import { vercel } from "../../registry/docks/vercel/index.ts"
import { credentialFields } from "../../registry/engine/credentials.ts"
import { actionsOf, kindsOf } from "../../registry/engine/operations.ts"
import { areas, standardRoles } from "../../registry/engine/permissions.ts"
import type { ListedResource, ResourceChange } from "../../registry/engine/reading.ts"
import { type ResourceTableName, resourceTables } from "../../registry/schema/index.ts"
import { DataError, type DataPort, type Progress, type ReadName } from "../../registry/ui/data/port.ts"

const definitions = [gridpane, vercel, netlify, cloudflare]
const files = import.meta.glob<Record<string, unknown>[]>("../../registry/docks/*/recordings/*.rows.json", {
  eager: true,
  import: "default",
})
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
const rows = new Map<ResourceTableName, ListedResource[]>(
  Object.values(resourceTables).map(({ name }) => [name, []]),
)
for (const [path, list] of Object.entries(files)) {
  const [, provider = "", table = ""] = /docks\/([^/]+)\/recordings\/(\w+)\.rows/.exec(path) ?? []
  const own = resourceTables[table as ResourceTableName].own
  const nothing = Object.fromEntries(Object.keys(own).map((column) => [column, null]))
  const into = rows.get(table as ResourceTableName) ?? []
  for (const [index, row] of list.entries()) {
    into.push({
      ...nothing,
      id: `${table}_${into.length + 1}`,
      orgId: "default",
      dockId: `dock-${provider}`,
      provider,
      scope: "",
      providerStatus: null,
      providerUrl: null,
      contentHash: "x",
      createdAt: ago(60 * 24 * (index + 1)),
      updatedAt: ago(7 * index + 3),
      lastSeenAt: ago(3),
      deletedAt: null,
      provisioningSource: "manual",
      provisioningState: null,
      provisionedAt: null,
      ...row,
    } as never)
  }
}
const wanted = new URLSearchParams(location.search).get("rows")
if (wanted !== null) {
  const servers = rows.get("servers") ?? []
  const [model] = servers
  const made = Array.from({ length: Number(wanted) }, (_, n) => ({
    ...model,
    id: `servers_${n + 1}`,
    name: `server-${String(n).padStart(5, "0")}`,
    primaryIpAddress: `10.0.${n >> 8}.${n & 255}`,
  }))
  rows.set("servers", made as never)
}
const all = [...rows].flatMap(([table, list]) => list.map((row) => ({ table, row })))
const docks = definitions.map((dock, index) => ({
  id: `dock-${dock.provider}`,
  orgId: "default",
  provider: dock.provider,
  name: dock.provider,
  title: dock.title,
  accountId: "1",
  accountName: "Harbour Agency",
  status: index === 2 ? ("error" as const) : ("connected" as const),
  lastError: index === 2 ? "Netlify answered 401 Unauthorized at GET /sites." : null,
  lastSyncedAt: ago(12),
  syncIntervalMinutes: index === 0 ? 15 : null,
  createdAt: ago(9000),
  updatedAt: ago(12),
  isSyncing: false,
  lastRun: run(dock.provider, index),
  nextSyncAt: index === 0 ? ago(-3) : null,
  budget: [{ of: dock.hosts[0] ?? "", used: 12 * index + 4, limit: 60, seconds: 60, pausedUntil: null }],
  rows: all.filter(({ row }) => row.provider === dock.provider).length,
}))
function run(provider: string, index: number) {
  return {
    id: `run-${provider}`,
    orgId: "default",
    dockId: `dock-${provider}`,
    status: (["succeeded", "partial", "failed", "stopped"] as const)[index] ?? "succeeded",
    startedAt: ago(13),
    finishedAt: ago(12),
    fetched: 120,
    inserted: 4,
    updated: 3,
    unchanged: 113,
    deleted: 0,
    skipped: index,
    requests: 14,
    waitedMs: 900,
    error: index === 2 ? "Netlify answered 401 Unauthorized at GET /sites." : null,
  }
}
const audit = Array.from({ length: 160 }, (_, n) => ({
  id: `a${n}`,
  orgId: "default",
  actor: n % 3 ? "user:mira" : "system",
  action: ["sync", "connect", "provision", "act"][n % 4] ?? "sync",
  targetTable: "docks",
  targetId: "dock-gridpane",
  result: (["succeeded", "succeeded", "failed", "denied"] as const)[n % 4] ?? "succeeded",
  errorCode: n % 4 === 2 ? "unauthorized" : null,
  requestId: `r${n}`,
  at: ago(n * 37),
}))
const changes: ResourceChange[] = all.slice(0, 40).map(({ table, row }, n) => ({
  id: `c${n}`,
  table,
  resourceId: row.id,
  dockId: row.dockId,
  provider: row.provider,
  name: row.name,
  kind: (["changed", "added", "removed", "returned"] as const)[n % 4] ?? "changed",
  fields: n % 4 ? [] : [{ column: "status", before: "running", after: row.status }],
  at: ago(n * 31),
}))
const provisionings = (["provisioned", "provisioning", "failed"] as const).map((state, n) => ({
  id: `p${n}`,
  operation: "provision" as const,
  dockId: "dock-gridpane",
  provider: "gridpane",
  kind: "site",
  table: "webServices",
  state,
  input: { name: "harbour.example" },
  steps: [
    {
      name: "site",
      outcome: state === "failed" ? ("unknown" as const) : ("made" as const),
      id: "4101",
      error: state === "failed" ? "No answer." : null,
    },
  ],
  resourceId: state === "provisioned" ? "webServices_1" : null,
  providerResourceId: "4101",
  error:
    state === "failed"
      ? {
          code: "unknown_outcome",
          message: "Nobody can tell whether the site was made.",
          suggestion: "Look at GridPane, then decide.",
        }
      : null,
  needsDecision: state === "failed",
  requestedBy: "user:mira",
  idempotencyKey: `k${n}`,
  createdAt: ago(50),
  updatedAt: ago(40),
  finishedAt: state === "provisioning" ? null : ago(40),
  shows: [],
}))
const grants = Object.fromEntries(areas.map((area) => [area, "full"])) as never
const rolesOf = standardRoles as never

const matches = (
  row: ListedResource,
  filter: NonNullable<Parameters<DataPort["read"]["resources"]>[0]["filter"]>,
) => {
  const { providers, statuses, docks, text, where = {}, deleted = false } = filter
  return (
    deleted === (row.deletedAt !== null) &&
    (!providers?.length || providers.includes(row.provider)) &&
    (!statuses?.length || statuses.includes(row.status)) &&
    (!docks?.length || docks.includes(row.dockId)) &&
    (text ?? "")
      .toLowerCase()
      .split(/\s+/)
      .every((word) => JSON.stringify(row).toLowerCase().includes(word)) &&
    Object.entries(where).every(([column, value]) => String(Reflect.get(row, column)) === value)
  )
}
const listeners = new Set<(progress: Progress) => void>()
const watchers = new Set<{ name: ReadName; changed: () => void }>()
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** A whole world in memory, to look at the pages with: rows of the docks' recordings. `?state=empty|error|denied|slow` shows the other states. */
export function fixturePort(): DataPort {
  const state = new URLSearchParams(location.search).get("state")
  const answer = async <T>(value: T, name?: string): Promise<T> => {
    if (state === "slow" && name !== "session") await new Promise(() => {})
    if (state === "error" && name !== "session")
      throw new DataError({
        code: "unavailable",
        message: "The database does not answer.",
        suggestion: "Try again in a minute.",
      })
    if (state === "denied" && name !== "session")
      throw new DataError({
        code: "denied",
        message: "This needs the permission resources:read.",
        suggestion: "Ask an owner of the organisation for a role that has it.",
      })
    await later(30)
    if (state === "empty" && Array.isArray(value)) return [] as T
    return value
  }
  const rowsOf = (table: ResourceTableName) => (state === "empty" ? [] : (rows.get(table) ?? []))
  const sums = (of: ListedResource[], key: (row: ListedResource) => string) =>
    Object.fromEntries(
      [...new Set(of.map(key))].map((word) => [word, of.filter((row) => key(row) === word).length]),
    )
  return {
    abilities: { sortsByAnyColumn: true, managesKeys: true, signsOut: true },
    read: {
      session: () =>
        answer(
          {
            orgId: "default",
            organization: "Harbour Agency",
            userId: "mira",
            role: "owner",
            grants,
            roles: rolesOf,
            user: { name: "Mira Okafor", email: "mira@harbour.example" },
            organizations: [{ id: "default", name: "Harbour Agency" }],
          },
          "session",
        ),
      counts: () =>
        answer(
          [...rows.keys()].map((table) => ({
            table,
            total: rowsOf(table).length,
            byStatus: sums(rowsOf(table), (row) => row.status),
            byProvider: sums(rowsOf(table), (row) => row.provider),
          })),
        ),
      changes: ({ limit = 100 }) =>
        answer({
          changes: state === "empty" ? [] : changes.slice(0, limit),
          totals: { added: 10, changed: 10, removed: 10, returned: 10 },
        }),
      runs: () => answer(docks.map(({ lastRun }) => lastRun)),
      providers: async () =>
        definitions.map((dock) => ({
          provider: dock.provider,
          title: dock.title,
          website: dock.website,
          look: dock.look ?? null,
          tables: Object.keys(dock.sync) as ResourceTableName[],
          credentialFields: credentialFields(dock),
          kinds: kindsOf(dock),
          actions: actionsOf(dock),
        })),
      docks: () => answer(docks),
      resources: ({ table, filter = {}, sort, offset = 0, limit = 100 }) => {
        const found = rowsOf(table).filter((row) => matches(row, filter))
        const by = sort?.column ?? "name"
        const sorted = found.toSorted(
          (a, b) =>
            String(Reflect.get(a, by) ?? "~").localeCompare(String(Reflect.get(b, by) ?? "~")) *
            (sort?.descending ? -1 : 1),
        )
        return answer({ rows: sorted.slice(offset, offset + limit), total: found.length })
      },
      resource: ({ id }) => {
        const found = all.find(({ row }) => row.id === id)
        if (!found)
          throw new DataError({
            code: "unknown_resource",
            message: `There is no resource "${id}".`,
            suggestion: "Look at the list of its table.",
          })
        const { table, row } = found
        const definition = definitions.find(({ provider }) => provider === row.provider)
        const group = (
          of: ResourceTableName,
          relation: "part" | "whole" | "same" | "duplicate",
          because: string,
        ) => {
          const list = rowsOf(of)
            .filter((other) => other.id !== id)
            .slice(0, 5)
          return { table: of, relation, because, rows: list, total: list.length }
        }
        return answer({
          table,
          row,
          actions: definition ? actionsOf(definition).filter((action) => action.table === table) : [],
          removableAs: definition
            ? (kindsOf(definition).find((kind) => kind.table === table)?.name ?? null)
            : null,
          related: [
            group("deployments", "part", "Deployments of this service"),
            group("servers", "whole", "The server that it runs on"),
            group("domains", "same", "The same name elsewhere"),
            group(table, "duplicate", "Another account has the same"),
          ].filter(({ total }) => total > 0),
          history: {
            changes: changes.filter(({ resourceId }) => resourceId === id),
            audit: audit.slice(0, 3),
            provisionings: provisionings.slice(0, 1),
          },
        })
      },
      resourceData: ({ id }) =>
        answer({ id, label: "as the provider says it", nested: { list: [1, 2, 3], on: true } }),
      provisionings: () => answer(provisionings),
      provisioning: ({ id }) =>
        answer(provisionings.find((one) => one.id === id) ?? provisionings[1] ?? (undefined as never)),
      audit: ({ after, limit = 100, result }) => {
        const list = audit.filter((entry) => !result || entry.result === result)
        const start = after ? list.findIndex(({ id }) => id === after) + 1 : 0
        const entries = state === "empty" ? [] : list.slice(start, start + limit)
        return answer({
          entries,
          next: start + limit < list.length && state !== "empty" ? (entries.at(-1)?.id ?? null) : null,
        })
      },
      members: () =>
        answer([
          {
            id: "m1",
            orgId: "default",
            userId: "mira",
            role: "owner",
            createdAt: ago(9000),
            updatedAt: ago(9000),
            name: "Mira Okafor",
            email: "mira@harbour.example",
          },
          {
            id: "m2",
            orgId: "default",
            userId: "jon",
            role: "support",
            createdAt: ago(900),
            updatedAt: ago(900),
            name: "Jon Bell",
            email: "jon@harbour.example",
          },
        ]),
      keys: () =>
        answer({
          keys: [
            { id: "k2", state: "primary", credentials: 4 },
            { id: "k1", state: "older", credentials: 1 },
          ],
          unreadable: 0,
        }),
    },
    act: {
      connect: async ({ provider, name = provider }) => (
        await later(900),
        {
          dockId: `dock-${provider}`,
          provider,
          name,
          account: { id: "1", name: "Harbour Agency" },
          sameAccountAs: [],
        }
      ),
      rotateCredential: () => answer(docks[0] as never),
      disconnect: () => answer(docks[0] as never),
      setSyncInterval: () => answer(docks[0] as never),
      async sync({ docks: named }) {
        const dock = docks.find(({ id, name }) => named?.includes(id) || named?.includes(name)) ?? docks[0]
        if (!dock) return
        const tell = (event: Extract<Progress, { of: "sync" }>["event"]) => {
          for (const listener of listeners) listener({ of: "sync", event })
        }
        tell({ type: "dock-started", dockId: dock.id, provider: dock.provider, name: dock.name })
        for (let fetched = 10; fetched <= 120; fetched += 10) {
          await later(250)
          tell({ type: "page", dockId: dock.id, table: "servers", scope: "", fetched, total: 120 })
        }
        tell({
          type: "dock-finished",
          dockId: dock.id,
          report: {
            dockId: dock.id,
            provider: dock.provider,
            name: dock.name,
            status: "succeeded",
            scopes: [],
            error: null,
          },
        })
        for (const { changed } of watchers) changed()
      },
      rehearse: () =>
        answer([
          {
            step: "site",
            request: {
              method: "POST",
              url: "https://my.gridpane.com/oauth/api/v1/site",
              headers: { authorization: "[secret]" },
              body: { server_id: 31001, url: "harbour.example" },
            } as never,
            note: null,
          },
        ]),
      provision: () => answer(provisionings[1] as never),
      deprovision: () => answer(provisionings[1] as never),
      resume: () => answer(provisionings[1] as never),
      act: ({ resourceId, action }) =>
        answer({ resourceId, action, message: "Done.", madeProviderResourceId: null, shows: [] }),
      setMember: ({ userId, role }) =>
        answer({ id: "m2", orgId: "default", userId, role, createdAt: ago(9), updatedAt: ago(9) }),
      removeMember: () => answer(undefined),
      rotateKeys: () => answer({} as never),
      signOut: () => answer(undefined),
    },
    watch(name, _, changed) {
      const watcher = { name, changed }
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    follow(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
