import { snakeCase } from "../../schema/ddl.ts"
import { type ResourceTableName, resourceTables } from "../../schema/index.ts"
import { sqlColumns } from "./codec.ts"
import { raw, type Sql } from "./sql.ts"

/** A table of resources, as statements name it. */
export function tableOf(name: ResourceTableName): Sql {
  return raw(snakeCase(name))
}

/** Every table that holds something of a dock. */
export const tablesOfDock: readonly Sql[] = [
  ...["sync_runs", "sync_scopes", "provisionings", "resource_changes"].map(raw),
  ...Object.values(resourceTables).map(({ name }) => tableOf(name)),
]

/** All columns but the provider's answer and `last_seen_at`, which is not told by the row alone. */
export function listedColumns(alias: string, table: ResourceTableName): Sql {
  const columns = sqlColumns(resourceTables[table]).filter(
    ({ name }) => name !== "fullApiData" && name !== "lastSeenAt",
  )
  return raw(columns.map(({ sqlName }) => `${alias}.${sqlName}`).join(", "))
}
