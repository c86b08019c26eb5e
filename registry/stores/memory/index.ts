import type { DockStore, LeaseStore, RunStore, Store } from "../../engine/ports.ts"
import { StoreError } from "../../engine/ports.ts"
import type { DockRow } from "../../schema/docks.ts"
import type { SyncRun, SyncScope } from "../../schema/sync-runs.ts"
import { memoryAudit } from "./audit.ts"
import { memoryChanges } from "./changes.ts"
import { compare, scopeKey } from "./keys.ts"
import { memoryOrganizations } from "./organizations.ts"
import { memoryProvisionings } from "./provisionings.ts"
import { memoryRows } from "./rows.ts"

/** A store for tests and short-lived scripts. It keeps copies, so that nobody changes a row from outside. */
export function memoryStore(): Store {
  const docks = new Map<string, DockRow>()
  const runs = new Map<string, SyncRun>()
  const scopes = new Map<string, SyncScope>()
  const changes = memoryChanges()
  const rows = memoryRows(docks, scopes, changes.note)
  const provisionings = memoryProvisionings()
  return {
    async migrate() {},
    async close() {},
    docks: dockStore(docks, (dockId) => {
      for (const [id, run] of runs) if (run.dockId === dockId) runs.delete(id)
      for (const [key, scope] of scopes) if (scope.dockId === dockId) scopes.delete(key)
      rows.removeDock(dockId)
      changes.removeDock(dockId)
      provisionings.removeDock(dockId)
    }),
    leases: leaseStore(docks),
    runs: runStore(runs, scopes),
    rows,
    provisionings,
    organizations: memoryOrganizations(),
    audit: memoryAudit(),
    changes,
  }
}

function dockStore(docks: Map<string, DockRow>, removeRows: (dockId: string) => void): DockStore {
  const find = (orgId: string, dockId: string) => {
    const dock = docks.get(dockId)
    return dock?.orgId === orgId ? dock : undefined
  }
  const refuseTaken = ({ id, orgId, name }: Pick<DockRow, "id" | "orgId" | "name">) => {
    for (const other of docks.values()) {
      if (other.orgId === orgId && other.name === name && other.id !== id) throw nameTaken(name)
    }
  }
  return {
    async insert(row) {
      if (docks.has(row.id)) throw new StoreError("conflict", `There is a dock "${row.id}" already.`)
      refuseTaken(row)
      docks.set(row.id, { ...row })
    },
    async list(orgId) {
      return [...docks.values()]
        .filter((dock) => dock.orgId === orgId)
        .sort((a, b) => compare(a.name, b.name))
        .map((dock) => ({ ...dock }))
    },
    async get(orgId, dockId) {
      const dock = find(orgId, dockId)
      return dock && { ...dock }
    },
    async update(orgId, dockId, changes) {
      const dock = find(orgId, dockId)
      if (!dock) throw noDock(dockId)
      const changed = { ...dock, ...changes }
      refuseTaken(changed)
      docks.set(dockId, changed)
    },
    async remove(orgId, dockId) {
      if (!find(orgId, dockId)) throw noDock(dockId)
      docks.delete(dockId)
      removeRows(dockId)
    },
    async hasCredentials() {
      return [...docks.values()].some((dock) => dock.credentials !== null)
    },
    async sealed({ after = "", limit }) {
      return [...docks.values()]
        .sort((a, b) => compare(a.id, b.id))
        .filter(({ id, credentials }) => credentials !== null && id > after)
        .slice(0, limit)
        .map(({ orgId, id, credentials }) => ({ orgId, dockId: id, envelope: credentials ?? "" }))
    },
    async reseal(changes) {
      let count = 0
      for (const { sealed, envelope } of changes) {
        const dock = find(sealed.orgId, sealed.dockId)
        if (!dock || dock.credentials !== sealed.envelope) continue
        dock.credentials = envelope
        count += 1
      }
      return count
    },
  }
}

function leaseStore(docks: Map<string, DockRow>): LeaseStore {
  const find = ({ orgId, dockId }: { orgId: string; dockId: string }) => {
    const dock = docks.get(dockId)
    return dock?.orgId === orgId ? dock : undefined
  }
  return {
    async acquire(claim) {
      const dock = find(claim)
      if (!dock) throw noDock(claim.dockId)
      const { leaseHolder: holder, leaseExpiresAt: expiresAt } = dock
      if (holder !== null && holder !== claim.holder && expiresAt !== null && expiresAt > claim.now) {
        return { acquired: false, holder, expiresAt }
      }
      dock.leaseHolder = claim.holder
      dock.leaseExpiresAt = claim.expiresAt
      return { acquired: true }
    },
    async release(lease) {
      const dock = find(lease)
      if (dock?.leaseHolder !== lease.holder) return
      dock.leaseHolder = null
      dock.leaseExpiresAt = null
    },
  }
}

function runStore(runs: Map<string, SyncRun>, scopes: Map<string, SyncScope>): RunStore {
  return {
    async start(run) {
      for (const other of runs.values()) {
        if (other.dockId !== run.dockId || other.status !== "running") continue
        other.status = "interrupted"
        other.finishedAt = run.startedAt
      }
      runs.set(run.id, { ...run })
    },
    async finish(run) {
      runs.set(run.id, { ...run })
    },
    async latest(orgId, dockId) {
      const ofDock = [...runs.values()].filter((run) => run.orgId === orgId && run.dockId === dockId)
      const latest = ofDock.sort((a, b) => compare(a.startedAt, b.startedAt)).at(-1)
      return latest && { ...latest }
    },
    async list({ orgId, dockId, limit }) {
      return [...runs.values()]
        .filter((run) => run.orgId === orgId && (dockId === undefined || run.dockId === dockId))
        .sort((a, b) => compare(b.startedAt, a.startedAt) || compare(b.id, a.id))
        .slice(0, limit)
        .map((run) => ({ ...run }))
    },
    async scopes(orgId, dockId, tableName) {
      return [...scopes.values()]
        .filter((scope) => scope.orgId === orgId && scope.dockId === dockId)
        .filter((scope) => tableName === undefined || scope.tableName === tableName)
        .map((scope) => ({ ...scope }))
    },
    async recordScope(scope) {
      scopes.set(scopeKey(scope), { ...scope })
    },
  }
}

function noDock(dockId: string): StoreError {
  return new StoreError("not_found", `There is no dock "${dockId}".`)
}

function nameTaken(name: string): StoreError {
  return new StoreError("conflict", `There is a dock named "${name}" already.`)
}
