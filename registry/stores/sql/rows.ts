import type { RowFilter, RowStore } from "../../engine/ports.ts"
import { type ResourceRow, type ResourceTableName, resourceTables } from "../../schema/index.ts"
import { codecOf } from "./codec.ts"
import type { Database } from "./database.ts"
import type { Dialect } from "./dialect.ts"
import { lastSeenOf, withListing } from "./last-seen.ts"
import { rowPages } from "./row-pages.ts"
import { openScope } from "./scope-writer.ts"
import { singleRows } from "./single-row.ts"
import { joined, type Sql, sql } from "./sql.ts"
import { tableOf } from "./tables.ts"
import { type Upsert, upsertInto } from "./upsert.ts"

/** Rows that a reader holds in memory. */
const PAGE = 500

export function rowStore(db: Database, dialect: Dialect): RowStore {
  const upserts = new Map<ResourceTableName, Upsert>()
  const upsertOf = (table: ResourceTableName) => {
    const upsert = upserts.get(table) ?? upsertInto(table, dialect)
    upserts.set(table, upsert)
    return upsert
  }

  return {
    ...singleRows(db, dialect, upsertOf),
    ...rowPages(db, dialect),
    openScope: (open) => openScope(db, dialect, open, upsertOf(open.table)),
    async *list<Name extends ResourceTableName>(table: Name, filter: RowFilter) {
      const codec = codecOf(resourceTables[table], dialect)
      // Otherwise a row that a sync renames between two pages could come twice, or not at all.
      const snapshot = await db.snapshot()
      try {
        for (let after = sql``; ; ) {
          const page = await snapshot.all<{ name: string; id: number }>(pageOf(table, filter, after))
          for (const record of page) yield codec.decode(record) as ResourceRow<Name>
          const last = page.at(-1)
          if (!last || page.length < PAGE) return
          after = sql`and (item.name, item.id) > (${last.name}, ${last.id})`
        }
      } finally {
        await snapshot.end()
      }
    },
    async count(table, filter) {
      const [record] = await db.all<{ count: number | string }>(
        sql`select count(*) as count from ${tableOf(table)} as item where ${matching(filter)}`,
      )
      return Number(record?.count)
    },
  }
}

function pageOf(table: ResourceTableName, filter: RowFilter, after: Sql): Sql {
  return sql`
    select item.*, ${lastSeenOf} as last_seen_at
    from ${tableOf(table)} as item ${withListing(table)}
    where ${matching(filter)} ${after}
    order by item.name, item.id limit ${PAGE}`
}

function matching({ orgId, deleted, dockId, provider, scope }: RowFilter): Sql {
  const conditions = [
    sql`item.org_id = ${orgId}`,
    deleted ? sql`item.deleted_at is not null` : sql`item.deleted_at is null`,
  ]
  if (dockId !== undefined) conditions.push(sql`item.dock_id = ${dockId}`)
  if (provider !== undefined) conditions.push(sql`item.provider = ${provider}`)
  if (scope !== undefined) conditions.push(sql`item.scope = ${scope}`)
  return joined(conditions, " and ")
}
