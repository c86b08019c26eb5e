import type { OpenScope } from "../../engine/ports.ts"
import type { ResourceTableName } from "../../schema/index.ts"
import type { Connection } from "./database.ts"
import { raw, type Sql, sql } from "./sql.ts"

/**
 * An unchanged row is not rewritten only because it was seen again. When it was is told by its scope's last complete
 * listing, which every live row of the scope was in.
 */
export function lastSeen(own: Sql, scopeCompleteAt: Sql): Sql {
  return sql`case when ${scopeCompleteAt} > ${own} then ${scopeCompleteAt} else ${own} end`
}

/** When a row that is read as `item` was last seen, with what `withListing` joins to it. */
export const lastSeenOf: Sql = lastSeen(raw("item.last_seen_at"), raw("listed.last_complete_at"))

export function withListing(table: ResourceTableName): Sql {
  return sql`left join sync_scopes as listed on listed.dock_id = item.dock_id and listed.table_name = ${table}
    and listed.scope = item.scope and item.deleted_at is null`
}

export async function lastCompleteAt(
  db: Connection,
  { dockId, table, scope }: Pick<OpenScope, "dockId" | "table" | "scope">,
): Promise<string | null> {
  const [record] = await db.all<{ last_complete_at: string | null }>(
    sql`select last_complete_at from sync_scopes
      where dock_id = ${dockId} and table_name = ${table} and scope = ${scope}`,
  )
  return record?.last_complete_at ?? null
}
