import { snakeCase } from "../../schema/ddl.ts"
import { type ResourceTableName, resourceTables } from "../../schema/index.ts"
import { raw, type Sql } from "./sql.ts"

/** A table of resources, as statements name it. */
export function tableOf(name: ResourceTableName): Sql {
  return raw(snakeCase(name))
}

/** Every table that holds something of a dock. */
export const tablesOfDock: readonly Sql[] = [
  ...["sync_runs", "sync_scopes", "provisionings"].map(raw),
  ...Object.values(resourceTables).map(({ name }) => tableOf(name)),
]
