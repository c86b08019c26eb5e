import type { ResourceTableName } from "../schema/index.ts"
import type { ChangeRow } from "../schema/resource-changes.ts"
import type { Context } from "./context.ts"
import { checkTable, instantOf, limitOf } from "./page-request.ts"
import { readableTables } from "./readable-tables.ts"
import type { Changes, ChangesRequest, ResourceChange } from "./reading.ts"

/** In the tables that the caller may read. */
export async function listChanges(context: Context, request: ChangesRequest = {}): Promise<Changes> {
  const { table, limit } = request
  if (table !== undefined) checkTable(table)
  const tables = table === undefined ? await readableTables(context) : [table]
  const filter = { orgId: context.orgId, tables, since: instantOf(request.since, "since") }
  const { changes } = await context.store()
  const [found, totals] = await Promise.all([
    changes.list({ ...filter, limit: limitOf(limit, 100, 500) }),
    changes.totals(filter),
  ])
  return { changes: found.map(shownChange), totals }
}

export function shownChange({ orgId: _, tableName, ...change }: ChangeRow): ResourceChange {
  // Only rows of resources are told about.
  return { ...change, table: tableName as ResourceTableName }
}
