import { type Expression, type Kysely, type RawBuilder, sql } from "kysely"
import type { OpenScope } from "../../engine/ports.ts"
import type { SqlTables } from "./tables.ts"

/**
 * An unchanged row is not rewritten only because it was seen again. When it was is told by its scope's last complete
 * listing, which every live row of the scope was in.
 */
export function lastSeen(
  own: Expression<string>,
  scopeCompleteAt: Expression<string | null>,
): RawBuilder<string> {
  return sql<string>`case when ${scopeCompleteAt} > ${own} then ${scopeCompleteAt} else ${own} end`
}

export async function lastCompleteAt(
  db: Kysely<SqlTables>,
  { dockId, table, scope }: Pick<OpenScope, "dockId" | "table" | "scope">,
) {
  const record = await db
    .selectFrom("sync_scopes")
    .select("last_complete_at")
    .where("dock_id", "=", dockId)
    .where("table_name", "=", table)
    .where("scope", "=", scope)
    .executeTakeFirst()
  return record?.last_complete_at ?? null
}
