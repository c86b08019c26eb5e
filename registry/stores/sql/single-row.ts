import type { RowKey, RowMarks, RowStore } from "../../engine/ports.ts"
import { type ResourceRow, type ResourceTableName, resourceTables } from "../../schema/index.ts"
import { parseRowId } from "../../schema/row-id.ts"
import type { Table } from "../../schema/table.ts"
import { ChangeNotes } from "./changes.ts"
import { codecOf } from "./codec.ts"
import type { Connection, Database } from "./database.ts"
import type { Dialect } from "./dialect.ts"
import { noDock } from "./docks.ts"
import { lastCompleteAt, lastSeen, lastSeenOf, withListing } from "./last-seen.ts"
import { assignments, raw, sql } from "./sql.ts"
import { tableOf } from "./tables.ts"
import type { Upsert } from "./upsert.ts"

/** Reads and writes one row, outside a listing. */
export function singleRows(
  db: Database,
  dialect: Dialect,
  upsertOf: (table: ResourceTableName) => Upsert,
): Pick<RowStore, "find" | "put" | "mark"> {
  const setMarks = async (
    trx: Connection,
    table: ResourceTableName,
    key: RowKey,
    marks: RowMarks,
    now: string,
  ) => {
    if (Object.keys(marks).length === 0) return
    const changes = codecOf<Table>(resourceTables[table], dialect).encode({ ...marks, updatedAt: now })
    await trx.run(sql`update ${tableOf(table)} set ${assignments(changes)} where ${isRow(key)}`)
  }

  return {
    async find<Name extends ResourceTableName>(table: Name, key: RowKey | { orgId: string; id: string }) {
      const codec = codecOf(resourceTables[table], dialect)
      const own = "id" in key ? parseRowId(key.id) : undefined
      if ("id" in key && own?.table !== table) return undefined
      const isWanted =
        "id" in key ? sql`item.org_id = ${key.orgId} and item.id = ${own?.key ?? null}` : isItem(key)
      const [record] = await db.all(
        sql`select item.*, ${lastSeenOf} as last_seen_at from ${tableOf(table)} as item ${withListing(table)}
          where ${isWanted}`,
      )
      return record && (codec.decode(record) as ResourceRow<Name>)
    },
    async put(table, { orgId, dockId, provider, scope, row }, marks, now) {
      await db.transaction(async (trx) => {
        const docks = await trx.all(sql`select id from docks where org_id = ${orgId} and id = ${dockId}`)
        if (docks.length === 0) throw noDock(dockId)
        const notes = new ChangeNotes(dialect, { orgId, dockId, provider, table })
        await notes.compare(trx, [row])
        await upsertOf(table)(trx, [row], { orgId, dockId, provider, scope, now })
        const { providerResourceId } = row
        await setMarks(trx, table, { orgId, dockId, providerResourceId }, marks, now)
        await notes.record(trx, now)
      })
    },
    async mark(table, key, marks, now) {
      await db.transaction(async (trx) => {
        const before = await existence(trx, table, key)
        if (!before) return
        // From now on it is told by the row itself.
        if (marks.deletedAt) await keepLastSeen(trx, table, key)
        await setMarks(trx, table, key, marks, now)
        if (marks.deletedAt === undefined || before.isDeleted === (marks.deletedAt !== null)) return
        const notes = new ChangeNotes(dialect, { ...key, provider: before.provider, table })
        await notes.note(trx, before.isDeleted ? "returned" : "removed", key.providerResourceId)
        await notes.record(trx, now)
      })
    },
  }
}

async function existence(trx: Connection, table: ResourceTableName, key: RowKey) {
  const [row] = await trx.all<{ provider: string; deleted_at: string | null }>(
    sql`select provider, deleted_at from ${tableOf(table)} where ${isRow(key)}`,
  )
  return row && { provider: row.provider, isDeleted: row.deleted_at !== null }
}

async function keepLastSeen(trx: Connection, table: ResourceTableName, key: RowKey): Promise<void> {
  const [row] = await trx.all<{ id: number; scope: string }>(
    sql`select id, scope from ${tableOf(table)} where ${isRow(key)} and deleted_at is null`,
  )
  if (!row) return
  const completeAt = await lastCompleteAt(trx, { dockId: key.dockId, table, scope: row.scope })
  await trx.run(
    sql`update ${tableOf(table)} set last_seen_at = ${lastSeen(raw("last_seen_at"), sql`${completeAt}`)}
      where id = ${row.id}`,
  )
}

function isItem({ orgId, dockId, providerResourceId }: RowKey) {
  return sql`item.org_id = ${orgId} and item.dock_id = ${dockId}
    and item.provider_resource_id = ${providerResourceId}`
}

function isRow({ orgId, dockId, providerResourceId }: RowKey) {
  return sql`org_id = ${orgId} and dock_id = ${dockId} and provider_resource_id = ${providerResourceId}`
}
