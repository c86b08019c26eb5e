import type { ColumnKind } from "../../schema/columns.ts"
import type { SqlDialect } from "../../schema/ddl.ts"
import { type Sql, sql, type Value } from "./sql.ts"

/** All that differs between the databases, but for their connections and the types in `schema/ddl.ts`. */
export interface Dialect {
  readonly name: SqlDialect
  /** To what the driver binds. */
  encode(kind: ColumnKind, value: unknown): Value
  /** From what the driver answers. */
  decode(kind: ColumnKind, value: unknown): unknown
  /** A list of any length in one parameter, so that the statement stays the same and is prepared once. */
  isAmong(column: Sql, values: readonly (string | number)[]): Sql
  /** The same value, and no index begins with it: for where another index is the better one. */
  unindexed(column: Sql): Sql
  /** Gives a row when there is such a table. */
  findTable(name: string): Sql
}

export const sqlite: Dialect = {
  name: "sqlite",
  encode(kind, value) {
    if (value === null || value === undefined) return null
    if (kind === "json") return JSON.stringify(value)
    // SQLite's own functions take a NUL for the end of the text.
    if (typeof value === "string") return value.includes("\0") ? value.replaceAll("\0", "\ufffd") : value
    return Number(value)
  },
  decode(kind, value) {
    if (value === null || value === undefined) return null
    if (kind === "json") return typeof value === "string" ? JSON.parse(value) : null
    if (kind === "boolean") return value === 1
    return value
  },
  isAmong: (column, values) => sql`${column} in (select value from json_each(${JSON.stringify(values)}))`,
  unindexed: (column) => sql`+${column}`,
  findTable: (name) => sql`select name from sqlite_schema where type = 'table' and name = ${name}`,
}
