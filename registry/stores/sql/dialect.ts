import { type Expression, type RawBuilder, type SqlBool, sql } from "kysely"
import type { ColumnKind } from "../../schema/columns.ts"
import type { SqlDialect } from "../../schema/ddl.ts"

/** All that differs between the databases, but for their connections and the types in `schema/ddl.ts`. */
export interface Dialect {
  readonly name: SqlDialect
  /** To what the driver binds. */
  encode(kind: ColumnKind, value: unknown): unknown
  /** From what the driver answers. */
  decode(kind: ColumnKind, value: unknown): unknown
  /** A list of any length in one parameter, so that the statement stays the same and is prepared once. */
  isAmong(column: Expression<unknown>, values: readonly (string | number)[]): RawBuilder<SqlBool>
}

export const sqlite: Dialect = {
  name: "sqlite",
  encode(kind, value) {
    if (value === null || value === undefined) return null
    if (kind === "json") return JSON.stringify(value)
    if (typeof value === "boolean") return value ? 1 : 0
    // SQLite's own functions take a NUL for the end of the text.
    return typeof value === "string" ? value.replaceAll("\0", "\ufffd") : value
  },
  decode(kind, value) {
    if (value === null || value === undefined) return null
    if (kind === "json") return typeof value === "string" ? JSON.parse(value) : null
    if (kind === "boolean") return value === 1
    return value
  },
  isAmong: (column, values) =>
    sql<SqlBool>`${column} in (select value from json_each(${JSON.stringify(values)}))`,
}
