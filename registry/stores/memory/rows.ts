import {
  type ListedRow,
  type OpenScope,
  type RowFilter,
  type RowKey,
  type RowStore,
  type ScopeWriter,
  StoreError,
  type WriteCounts,
} from "../../engine/ports.ts"
import type { RowCount, RowQuery } from "../../engine/read-ports.ts"
import type { ListedResource, ResourcePage } from "../../engine/reading.ts"
import { changeOf } from "../../engine/row-changes.ts"
import { rowFilter, rowOrder } from "../../engine/row-query.ts"
import type { DockRow } from "../../schema/docks.ts"
import type { ResourceRow, ResourceTableName } from "../../schema/index.ts"
import { rowId } from "../../schema/row-id.ts"
import type { SyncScope } from "../../schema/sync-runs.ts"
import type { NoteChange } from "./changes.ts"
import { compare, scopeKey } from "./keys.ts"

/** The rows of one table by dock and provider's id. */
type Rows = Map<string, ResourceRow>

export interface MemoryRows extends RowStore {
  removeDock(dockId: string): void
}

export function memoryRows(
  docks: ReadonlyMap<string, DockRow>,
  scopes: ReadonlyMap<string, SyncScope>,
  note: NoteChange,
): MemoryRows {
  const tables = new Map<ResourceTableName, Rows>()
  let lastId = 0

  const rowsOf = (table: ResourceTableName): Rows => {
    const rows = tables.get(table) ?? new Map()
    tables.set(table, rows)
    return rows
  }

  const rowAt = (table: ResourceTableName, { orgId, dockId, providerResourceId }: RowKey) => {
    const row = rowsOf(table).get(rowKey(dockId, providerResourceId))
    return row?.orgId === orgId ? row : undefined
  }

  /** A row is not rewritten only because it was seen: then the scope's last complete listing tells when. */
  const lastSeenAt = (table: ResourceTableName, row: ResourceRow): string => {
    if (row.deletedAt !== null) return row.lastSeenAt
    const { dockId, scope } = row
    const completeAt = scopes.get(scopeKey({ dockId, tableName: table, scope }))?.lastCompleteAt ?? ""
    if (completeAt < row.lastSeenAt) return row.lastSeenAt
    return completeAt
  }

  const pageOf = <Name extends ResourceTableName>(
    table: Name,
    orgId: string,
    isWanted: (row: ResourceRow) => boolean,
    { sort, offset, limit }: Pick<RowQuery, "sort" | "offset" | "limit">,
  ): ResourcePage<Name> => {
    const found = [...rowsOf(table).values()]
      .filter((row) => row.orgId === orgId && isWanted(row))
      .map((row) => ({ ...row, lastSeenAt: lastSeenAt(table, row) }))
      .sort(rowOrder(sort))
    const page = found.slice(offset, offset + limit)
    const rows: object[] = page.map(({ fullApiData: _, ...row }) => copyOf(row))
    return { rows: rows as ListedResource<Name>[], total: found.length }
  }

  return {
    async openScope(open) {
      return scopeWriter(open, {
        note,
        isKnown: (scopes.get(scopeKey({ ...open, tableName: open.table }))?.lastCompleteAt ?? null) !== null,
        rows: rowsOf(open.table),
        lastSeenAt,
        nextId: () => rowId(open.table, ++lastId),
        hasLease: () => {
          const dock = docks.get(open.dockId)
          return dock?.orgId === open.orgId && dock.leaseHolder === open.leaseHolder
        },
      })
    },
    async *list<Name extends ResourceTableName>(table: Name, filter: RowFilter) {
      const found = [...rowsOf(table).values()].filter((row) => matches(row, filter))
      // Rows of one name stay in the order in which they came.
      found.sort((a, b) => compare(a.name, b.name))
      for (const row of found) {
        yield Object.assign(copyOf(row), { lastSeenAt: lastSeenAt(table, row) }) as ResourceRow<Name>
      }
    },
    async count(table, filter) {
      return [...rowsOf(table).values()].filter((row) => matches(row, filter)).length
    },
    async find<Name extends ResourceTableName>(table: Name, key: RowKey | { orgId: string; id: string }) {
      const found =
        "id" in key
          ? [...rowsOf(table).values()].find((row) => row.orgId === key.orgId && row.id === key.id)
          : rowAt(table, key)
      return (
        found && (Object.assign(copyOf(found), { lastSeenAt: lastSeenAt(table, found) }) as ResourceRow<Name>)
      )
    },
    page: async (table, query) => pageOf(table, query.orgId, rowFilter(table, query.filter), query),
    async lookup(table, { orgId, docks, column, values, limit }) {
      const isWanted = (row: ResourceRow) => {
        const columns: Readonly<Record<string, unknown>> = row
        return (
          row.deletedAt === null &&
          (!docks || docks.includes(row.dockId)) &&
          values.some((value) => value === columns[column])
        )
      }
      return pageOf(table, orgId, isWanted, { sort: BY_NAME, offset: 0, limit })
    },
    async counts(orgId) {
      const counts = new Map<string, RowCount>()
      for (const [table, rows] of tables) {
        for (const { orgId: owner, dockId, provider, status, deletedAt } of rows.values()) {
          if (owner !== orgId || deletedAt !== null) continue
          const key = JSON.stringify([table, dockId, status])
          const known = counts.get(key) ?? { table, dockId, provider, status, count: 0 }
          counts.set(key, { ...known, count: known.count + 1 })
        }
      }
      return [...counts.values()]
    },
    async put(table, { orgId, dockId, provider, scope, row }, marks, now) {
      if (docks.get(dockId)?.orgId !== orgId)
        throw new StoreError("not_found", `There is no dock "${dockId}".`)
      const old = rowAt(table, { orgId, dockId, providerResourceId: row.providerResourceId })
      const kept = old ?? { id: rowId(table, ++lastId), orgId, dockId, provider, ...newRow(now) }
      const changes = { scope, updatedAt: now, lastSeenAt: now, deletedAt: null }
      const change = changeOf(table, old, row)
      const written = Object.assign(copyOf(kept), copyOf(row), changes, marks) as ResourceRow
      rowsOf(table).set(rowKey(dockId, row.providerResourceId), written)
      if (change) note(table, written, change, now)
    },
    async mark(table, key, marks, now) {
      const row = rowAt(table, key)
      if (!row) return
      if (marks.deletedAt) row.lastSeenAt = lastSeenAt(table, row)
      const wasDeleted = row.deletedAt !== null
      Object.assign(row, marks, { updatedAt: now })
      if (wasDeleted === (row.deletedAt !== null)) return
      note(table, row, { kind: wasDeleted ? "returned" : "removed", fields: [] }, now)
    },
    removeDock(dockId) {
      for (const rows of tables.values()) {
        for (const [key, row] of rows) if (row.dockId === dockId) rows.delete(key)
      }
    },
  }
}

const BY_NAME = { column: "name", descending: false } as const

interface Place {
  rows: Rows
  lastSeenAt(table: ResourceTableName, row: ResourceRow): string
  nextId(): string
  note: NoteChange
  /** Whether the scope was ever listed whole: before that, everything is new, and no change. */
  isKnown: boolean
  hasLease(): boolean
}

function scopeWriter(open: OpenScope, place: Place): ScopeWriter {
  const { orgId, dockId, provider, scope, dryRun } = open
  const keyOf = (row: ListedRow) => rowKey(dockId, row.providerResourceId)
  const live = () =>
    [...place.rows].filter(
      ([, row]) => row.dockId === dockId && row.scope === scope && row.deletedAt === null,
    )
  const atOpening = new Set(live().map(([key]) => key))
  const seen = new Set<string>()
  const missing = () => live().filter(([key]) => atOpening.has(key) && !seen.has(key))

  const checkLease = () => {
    if (!dryRun && !place.hasLease()) {
      throw new StoreError("lease_lost", "The claim on this dock has gone to another sync.")
    }
  }

  const insert = (key: string, row: ListedRow, now: string) => {
    const own = { id: place.nextId(), orgId, dockId, provider, scope }
    const inserted = Object.assign(copyOf(row), own, newRow(now)) as ResourceRow
    place.rows.set(key, inserted)
    if (place.isKnown) place.note(open.table, inserted, { kind: "added", fields: [] }, now)
  }

  return {
    async write(rows, now): Promise<WriteCounts> {
      checkLease()
      const counts: WriteCounts = { inserted: 0, updated: 0, unchanged: 0 }
      for (const [key, row] of new Map(rows.map((listed) => [keyOf(listed), listed]))) {
        const old = place.rows.get(key)
        const same = old?.contentHash === row.contentHash && old.scope === scope && old.deletedAt === null
        if (!seen.has(key)) counts[old ? (same ? "unchanged" : "updated") : "inserted"] += 1
        seen.add(key)
        if (dryRun || same) continue
        if (!old) insert(key, row, now)
        else {
          const changes = { scope, updatedAt: now, lastSeenAt: now, deletedAt: null }
          const change = changeOf(open.table, old, row)
          const updated = Object.assign(copyOf(old), copyOf(row), changes) as ResourceRow
          place.rows.set(key, updated)
          if (change) place.note(open.table, updated, change, now)
        }
      }
      return counts
    },
    async missing() {
      return { missing: missing().length, before: atOpening.size }
    },
    async deleteMissing(now) {
      checkLease()
      const gone = missing()
      if (dryRun) return gone.length
      for (const [, row] of gone) {
        row.lastSeenAt = place.lastSeenAt(open.table, row)
        row.deletedAt = now
        row.updatedAt = now
        place.note(open.table, row, { kind: "removed", fields: [] }, now)
      }
      return gone.length
    },
  }
}

/**
 * A row is JSON and nothing else. Member by member, objects of the same keys come to share one shape; a spread of so many
 * columns, or structuredClone, takes ten times as long.
 */
function copyOf<Of>(value: Of): Of {
  return copied(value) as Of
}

function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied)
  if (typeof value !== "object" || value === null) return value
  const members: Readonly<Record<string, unknown>> = Object(value)
  const copy: Record<string, unknown> = {}
  for (const key in members) copy[key] = copied(members[key])
  return copy
}

function newRow(now: string) {
  return {
    createdAt: now,
    updatedAt: now,
    lastSeenAt: now,
    deletedAt: null,
    provisioningSource: "manual",
    provisioningState: null,
    provisionedAt: null,
  } as const
}

function rowKey(dockId: string, providerResourceId: string): string {
  return JSON.stringify([dockId, providerResourceId])
}

function matches(row: ResourceRow, filter: RowFilter): boolean {
  return (
    row.orgId === filter.orgId &&
    (filter.provider === undefined || row.provider === filter.provider) &&
    (filter.dockId === undefined || row.dockId === filter.dockId) &&
    (filter.scope === undefined || row.scope === filter.scope) &&
    (row.deletedAt !== null) === (filter.deleted ?? false)
  )
}
