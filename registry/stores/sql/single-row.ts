import type { Kysely } from "kysely"
import type { RowKey, RowMarks, RowStore } from "../../engine/ports.ts"
import { type ResourceRow, type ResourceTableName, resourceTables } from "../../schema/index.ts"
import { parseRowId } from "../../schema/row-id.ts"
import type { Table } from "../../schema/table.ts"
import { codecOf } from "./codec.ts"
import type { Dialect } from "./dialect.ts"
import { noDock } from "./docks.ts"
import { lastCompleteAt, lastSeen } from "./last-seen.ts"
import { NEW_ROW } from "./scope-writer.ts"
import { type SqlTables, sqlName } from "./tables.ts"
import type { Upsert } from "./upsert.ts"

/** Reads and writes one row, outside a listing. */
export function singleRows(
  db: Kysely<SqlTables>,
  dialect: Dialect,
  upsertOf: (table: ResourceTableName) => Upsert,
): Pick<RowStore, "find" | "put" | "mark"> {
  const setMarks = async (
    trx: Kysely<SqlTables>,
    table: ResourceTableName,
    key: RowKey,
    marks: RowMarks,
    now: string,
  ) => {
    if (Object.keys(marks).length === 0) return
    const { orgId, dockId, providerResourceId } = key
    const changes = codecOf<Table>(resourceTables[table], dialect).encode({ ...marks, updatedAt: now })
    await trx
      .updateTable(sqlName(table))
      .set(changes)
      .where("org_id", "=", orgId)
      .where("dock_id", "=", dockId)
      .where("provider_resource_id", "=", providerResourceId)
      .execute()
  }

  return {
    async find<Name extends ResourceTableName>(table: Name, key: RowKey | { orgId: string; id: string }) {
      const codec = codecOf(resourceTables[table], dialect)
      const rows = db.selectFrom(sqlName(table)).selectAll().where("org_id", "=", key.orgId)
      const own = "id" in key ? parseRowId(key.id) : undefined
      if ("id" in key && own?.table !== table) return undefined
      const query =
        "id" in key
          ? rows.where("id", "=", own?.key ?? null)
          : rows.where("dock_id", "=", key.dockId).where("provider_resource_id", "=", key.providerResourceId)
      const record = await query.executeTakeFirst()
      return record && (codec.decode(record) as ResourceRow<Name>)
    },
    async put(table, { orgId, dockId, provider, scope, row }, marks, now) {
      await db.transaction().execute(async (trx) => {
        const dock = await trx
          .selectFrom("docks")
          .select("id")
          .where("org_id", "=", orgId)
          .where("id", "=", dockId)
          .executeTakeFirst()
        if (!dock) throw noDock(dockId)
        const times = { createdAt: now, updatedAt: now, lastSeenAt: now }
        await upsertOf(table)(trx, [{ ...row, orgId, dockId, provider, scope, ...NEW_ROW, ...times }])
        const { providerResourceId } = row
        await setMarks(trx, table, { orgId, dockId, providerResourceId }, marks, now)
      })
    },
    async mark(table, key, marks, now) {
      await db.transaction().execute(async (trx) => {
        // From now on it is told by the row itself.
        if (marks.deletedAt) await keepLastSeen(trx, table, key)
        await setMarks(trx, table, key, marks, now)
      })
    },
  }
}

async function keepLastSeen(trx: Kysely<SqlTables>, table: ResourceTableName, key: RowKey): Promise<void> {
  const { orgId, dockId, providerResourceId } = key
  const row = await trx
    .selectFrom(sqlName(table))
    .select(["id", "scope"])
    .where("org_id", "=", orgId)
    .where("dock_id", "=", dockId)
    .where("provider_resource_id", "=", providerResourceId)
    .where("deleted_at", "is", null)
    .executeTakeFirst()
  if (!row) return
  const completeAt = await lastCompleteAt(trx, { dockId, table, scope: row.scope })
  await trx
    .updateTable(sqlName(table))
    .set((eb) => ({ last_seen_at: lastSeen(eb.ref("last_seen_at"), eb.val(completeAt)) }))
    .where("id", "=", row.id)
    .execute()
}
