import { ACCOUNT_SCOPE, type Scope } from "../core/resource.ts"
import type { ResourceTableName } from "../schema/index.ts"
import { Facts } from "./facts.ts"
import type { IntentWork } from "./intent.ts"
import { itemReader } from "./item-rows.ts"
import type { RowMarks } from "./ports.ts"

/**
 * Writes what the provider told of one thing, read as its table's listing reads it. Gives the ids of the rows, the main one
 * first; none when no row could be made of it, and then the next sync tells why.
 */
export async function putTold(
  { store, dock, definition }: Pick<IntentWork, "store" | "dock" | "definition">,
  table: ResourceTableName,
  told: { readonly item?: unknown; readonly scope?: Scope | undefined },
  marks: RowMarks,
  now: string,
): Promise<string[]> {
  const resource = definition.sync[table]
  if (!resource || told.item === undefined) return []
  const scope = told.scope ?? { id: ACCOUNT_SCOPE }
  const { rows } = itemReader(table, resource, scope, new Facts())(told.item)
  const { orgId, id: dockId, provider } = dock
  for (const row of rows) {
    await store.rows.put(table, { orgId, dockId, provider, scope: scope.id, row }, marks, now)
  }
  return rows.map(({ providerResourceId }) => providerResourceId)
}
