import type { OpenScope } from "../../engine/ports.ts"
import type { Connection } from "./database.ts"
import { type Sql, sql } from "./sql.ts"

/**
 * An unchanged row is not rewritten only because it was seen again. When it was is told by its scope's last complete
 * listing, which every live row of the scope was in.
 */
export function lastSeen(own: Sql, scopeCompleteAt: Sql): Sql {
  return sql`case when ${scopeCompleteAt} > ${own} then ${scopeCompleteAt} else ${own} end`
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
