import type {
  AuditStore,
  DockStore,
  LeaseStore,
  OrganizationStore,
  ProvisioningStore,
  RowFilter,
  RowKey,
  RowStore,
  RunStore,
  Store,
} from "../../engine/ports.ts"
import type { ChangeFilter, ChangeStore } from "../../engine/read-ports.ts"
import type { AuditEntry } from "../../schema/audit-log.ts"
import type { DockRow } from "../../schema/docks.ts"
import type { ResourceRow, ResourceTableName } from "../../schema/index.ts"
import type { Membership, Organization } from "../../schema/organizations.ts"
import type { Provisioning } from "../../schema/provisionings.ts"
import type { ChangeRow } from "../../schema/resource-changes.ts"
import type { SyncRun, SyncScope } from "../../schema/sync-runs.ts"
import type { Call } from "./call.ts"
import { decode, encode, given, sendable } from "./documents.ts"
import { lookUp, pageOf } from "./row-pages.ts"
import { openScope } from "./scope-writer.ts"

/**
 * The engine's store in a Convex deployment. In an action, `call` is `callsFrom(ctx)`, and every call is a transaction of its
 * own; in a query or a mutation it is `callsIn(ctx.db)`.
 */
export function convexStore(call: Call): Store {
  return {
    // Convex brings its tables up to date itself, from the schema, with every deployment.
    async migrate() {},
    async close() {},
    docks: dockStore(call),
    leases: leaseStore(call),
    runs: runStore(call),
    rows: rowStore(call),
    provisionings: provisioningStore(call),
    organizations: organizationStore(call),
    audit: auditStore(call),
    changes: changeStore(call),
  }
}

function dockStore(call: Call): DockStore {
  return {
    async insert(row) {
      await call("insertDock", { row })
    },
    async list(orgId) {
      return (await call("listDocks", { orgId })).map((dock) => decode<DockRow>(dock))
    },
    async get(orgId, dockId) {
      return found<DockRow>(await call("getDock", { orgId, dockId }))
    },
    async update(orgId, dockId, changes) {
      await call("updateDock", { orgId, dockId, changes: encode(changes) })
    },
    async remove(orgId, dockId) {
      while (!(await call("removeDock", { orgId, dockId })).isDone);
    },
    hasCredentials: () => call("hasCredentials", {}),
    sealed: ({ after = "", limit }) => call("listSealed", { after, limit }),
    async reseal(changes) {
      if (changes.length === 0) return 0
      return await call("resealDocks", {
        changes: changes.map(({ sealed: { orgId, dockId, envelope: before }, envelope }) => {
          return { orgId, dockId, before, envelope }
        }),
      })
    },
  }
}

function leaseStore(call: Call): LeaseStore {
  return {
    acquire: (claim) => call("acquireLease", claim),
    async release({ orgId, dockId, holder }) {
      await call("releaseLease", { orgId, dockId, holder })
    },
  }
}

/** Scopes of one query. */
const SCOPES = 1000

interface ScopePage {
  page: SyncScope[]
  isDone: boolean
  continueCursor: string
}

function runStore(call: Call): RunStore {
  return {
    async start(run) {
      await call("startRun", { run })
    },
    async finish(run) {
      await call("finishRun", { run })
    },
    async latest(orgId, dockId) {
      return found<SyncRun>(await call("latestRun", { orgId, dockId }))
    },
    async list(filter) {
      return (await call("listRuns", given(filter))).map((run) => decode<SyncRun>(run))
    },
    async scopes(orgId, dockId, tableName) {
      const scopes: SyncScope[] = []
      for (let cursor: string | null = null; ; ) {
        const paginationOpts = { cursor, numItems: SCOPES }
        const page: ScopePage = await call("pageScopes", {
          orgId,
          dockId,
          ...given({ tableName }),
          paginationOpts,
        })
        scopes.push(...page.page.map((scope) => decode<SyncScope>(scope)))
        if (page.isDone) return scopes
        cursor = page.continueCursor
      }
    },
    async recordScope(scope) {
      await call("recordScope", { scope })
    },
  }
}

/** Rows of one query, each with the provider's answer. */
const PAGE = 100

function rowStore(call: Call): RowStore {
  return {
    openScope: (open) => openScope(call, open),
    async *list<Name extends ResourceTableName>(table: Name, filter: RowFilter) {
      for (let cursor: string | null = null; ; ) {
        const page: Page = await call("pageRows", {
          table,
          filter: given(filter),
          withData: true,
          paginationOpts: { cursor, numItems: PAGE },
        })
        for (const row of page.rows) yield decode<ResourceRow<Name>>(row as object)
        if (page.isDone) return
        cursor = page.continueCursor
      }
    },
    async count(table, filter) {
      const { orgId, dockId, provider, scope, deleted } = filter
      if (scope === undefined && !deleted) {
        return await call("countRows", { table, orgId, ...given({ dockId, provider }) })
      }
      let count = 0
      for (let cursor: string | null = null; ; ) {
        const paginationOpts = { cursor, numItems: PAGE }
        const page: Page = await call("pageRows", {
          table,
          filter: given(filter),
          withData: false,
          paginationOpts,
        })
        count += page.count
        if (page.isDone) return count
        cursor = page.continueCursor
      }
    },
    page: (table, query) => pageOf(call, table, query),
    lookup: (table, lookup) => lookUp(call, table, lookup),
    counts: (orgId) => call("countLive", { orgId }),
    async find<Name extends ResourceTableName>(table: Name, key: { orgId: string; id: string } | RowKey) {
      const row =
        "id" in key ? await call("findRow", { table, ...key }) : await call("findRowByKey", { table, ...key })
      return row ? decode<ResourceRow<Name>>(row as object) : undefined
    },
    async put(table, { row, ...place }, marks, now) {
      await call("putRow", { table, ...place, row: sendable(table, row), marks: given(marks), now })
    },
    async mark(table, { orgId, dockId, providerResourceId }, marks, now) {
      await call("markRow", { table, orgId, dockId, providerResourceId, marks: given(marks), now })
    },
  }
}

interface Page {
  rows: unknown[]
  count: number
  isDone: boolean
  continueCursor: string
}

function provisioningStore(call: Call): ProvisioningStore {
  return {
    async insert(intent) {
      await call("insertProvisioning", { row: encode(intent) })
    },
    async list(orgId, filter = {}) {
      const intents = await call("listProvisionings", { orgId, ...given(filter) })
      return intents.map((intent) => decode<Provisioning>(intent))
    },
    async ofRow(tableName, { orgId, dockId, providerResourceId }, limit) {
      const key = { orgId, dockId, tableName, providerResourceId }
      const intents = await call("provisioningsOfRow", { ...key, limit })
      return intents.map((intent) => decode<Provisioning>(intent))
    },
    async get(orgId, key) {
      return found<Provisioning>(
        "id" in key
          ? await call("getProvisioning", { orgId, id: key.id })
          : await call("getProvisioningByKey", { orgId, idempotencyKey: key.idempotencyKey }),
      )
    },
    async update(owner, changes) {
      await call("updateProvisioning", { ...owner, changes: encode(changes) })
    },
    acquire: (owner, { now, expiresAt }) => call("acquireProvisioning", { ...owner, now, expiresAt }),
    async release(owner) {
      await call("releaseProvisioning", owner)
    },
  }
}

function organizationStore(call: Call): OrganizationStore {
  return {
    async ensure(row) {
      await call("ensureOrganization", { row })
    },
    async create(row, first) {
      await call("createOrganization", { row, first })
    },
    async get(orgId) {
      return found<Organization>(await call("getOrganization", { orgId }))
    },
    async list() {
      return (await call("listOrganizations", {})).map((row) => decode<Organization>(row))
    },
    async ofUser(userId) {
      return (await call("organizationsOfUser", { userId })).map(({ organization, role }) => {
        return { organization: decode<Organization>(organization), role }
      })
    },
    async members(orgId) {
      return (await call("listMembers", { orgId })).map((member) => decode<Membership>(member))
    },
    async membership(orgId, userId) {
      return found<Membership>(await call("getMembership", { orgId, userId }))
    },
    async setMember(row, mustRemain) {
      await call("setMember", { row, mustRemain })
    },
    async removeMember(orgId, userId, mustRemain) {
      await call("removeMember", { orgId, userId, mustRemain })
    },
  }
}

function auditStore(call: Call): AuditStore {
  return {
    async append(entries) {
      if (entries.length > 0) await call("appendAudit", { entries: [...entries] })
    },
    async *list(filter) {
      for (let cursor: string | null = null; ; ) {
        const paginationOpts = { cursor, numItems: PAGE }
        const page: AuditPage = await call("pageAudit", { ...given(filter), paginationOpts })
        for (const entry of page.page) yield decode<AuditEntry>(entry)
        if (page.isDone) return
        cursor = page.continueCursor
      }
    },
    async page(filter) {
      return (await call("auditAfter", given(filter))).map((entry) => decode<AuditEntry>(entry))
    },
  }
}

function changeStore(call: Call): ChangeStore {
  return {
    async list(filter) {
      return (await call("listChanges", changeFilter(filter))).map((change) => decode<ChangeRow>(change))
    },
    totals: (filter) => call("countChanges", changeFilter(filter)),
    prune: (request) => call("pruneChanges", request),
  }
}

function changeFilter<Filter extends ChangeFilter>({ tables, ...filter }: Filter) {
  return { ...given(filter), ...(tables ? { tables: [...tables] } : {}) }
}

interface AuditPage {
  page: AuditEntry[]
  isDone: boolean
  continueCursor: string
}

function found<Of>(document: object | null): Of | undefined {
  return document === null ? undefined : decode<Of>(document)
}
