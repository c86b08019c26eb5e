import { type Kysely, sql } from "kysely"
import type { RowFilter, RowStore } from "../../engine/ports.ts"
import { type ResourceRow, type ResourceTableName, resourceTables } from "../../schema/index.ts"
import { codecOf } from "./codec.ts"
import type { Dialect } from "./dialect.ts"
import { lastSeen } from "./last-seen.ts"
import { openScope } from "./scope-writer.ts"
import { singleRows } from "./single-row.ts"
import { type SqlTables, sqlName } from "./tables.ts"
import { type Upsert, upsertInto } from "./upsert.ts"

/** Rows that a reader holds in memory. */
const PAGE = 500

export function rowStore(db: Kysely<SqlTables>, snapshots: Kysely<SqlTables>, dialect: Dialect): RowStore {
  const upserts = new Map<ResourceTableName, Upsert>()
  const upsertOf = (table: ResourceTableName) => {
    const upsert = upserts.get(table) ?? upsertInto(table, dialect)
    upserts.set(table, upsert)
    return upsert
  }

  return {
    ...singleRows(db, dialect, upsertOf),
    openScope: (open) => openScope(db, dialect, open, upsertOf(open.table)),
    async *list<Name extends ResourceTableName>(table: Name, filter: RowFilter) {
      const codec = codecOf(resourceTables[table], dialect)
      // Otherwise a row that a sync renames between two pages could come twice, or not at all.
      const snapshot = await snapshots.startTransaction().execute()
      try {
        const ordered = inOrder(matching(snapshot, table, filter), table)
        let page = await ordered.execute()
        for (;;) {
          for (const record of page) yield codec.decode(record) as ResourceRow<Name>
          const last = page.at(-1)
          if (!last || page.length < PAGE) return
          page = await ordered
            .where((eb) => eb(eb.refTuple("row.name", "row.id"), ">", eb.tuple(last.name, last.id)))
            .execute()
        }
      } finally {
        await snapshot.rollback().execute()
      }
    },
    async count(table, filter) {
      const { count } = await matching(db, table, filter)
        .select(sql<number | string>`count(*)`.as("count"))
        .executeTakeFirstOrThrow()
      return Number(count)
    },
  }
}

function matching(from: Kysely<SqlTables>, table: ResourceTableName, filter: RowFilter) {
  let query = from
    .selectFrom(`${sqlName(table)} as row`)
    .where("row.org_id", "=", filter.orgId)
    .where("row.deleted_at", filter.deleted ? "is not" : "is", null)
  if (filter.dockId !== undefined) query = query.where("row.dock_id", "=", filter.dockId)
  if (filter.provider !== undefined) query = query.where("row.provider", "=", filter.provider)
  if (filter.scope !== undefined) query = query.where("row.scope", "=", filter.scope)
  return query
}

function inOrder(rows: ReturnType<typeof matching>, table: ResourceTableName) {
  return rows
    .leftJoin("sync_scopes as listed", (join) =>
      join
        .onRef("listed.dock_id", "=", "row.dock_id")
        .on("listed.table_name", "=", table)
        .onRef("listed.scope", "=", "row.scope")
        .on("row.deleted_at", "is", null),
    )
    .selectAll("row")
    .select((eb) =>
      lastSeen(eb.ref("row.last_seen_at"), eb.ref("listed.last_complete_at")).as("last_seen_at"),
    )
    .orderBy("row.name")
    .orderBy("row.id")
    .limit(PAGE)
}
