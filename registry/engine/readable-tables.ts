import { type ResourceTableName, resourceTables } from "../schema/index.ts"
import { readingOf } from "./areas.ts"
import { authorityOf } from "./authority.ts"
import type { Context } from "./context.ts"
import { allows } from "./permissions.ts"

/** The tables whose rows the caller may read. */
export async function readableTables(context: Context): Promise<ResourceTableName[]> {
  const grants = (await authorityOf(context))?.grants ?? {}
  const tables = Object.values(resourceTables).map(({ name }) => name)
  return tables.filter((table) => allows(grants, readingOf(table)))
}
