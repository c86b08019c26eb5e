import { type Expression, type RawBuilder, sql } from "kysely"

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
