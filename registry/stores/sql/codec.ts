import { columnsOf } from "../../schema/columns.ts"
import { snakeCase } from "../../schema/ddl.ts"
import { rowId } from "../../schema/row-id.ts"
import type { Row, Table } from "../../schema/table.ts"
import type { Dialect } from "./dialect.ts"
import type { SqlRow } from "./tables.ts"

/** Moves rows of one table between TypeScript's shape and SQL's. */
export interface Codec<RowOf> {
  /** The SQL names of the columns, but for a key that the table gives itself. */
  readonly columns: readonly string[]
  /** Only the columns that are given. */
  encode<Given extends Partial<RowOf>>(row: Given): SqlRow<Given>
  decode(record: object): RowOf
}

export function codecOf<T extends Table>(table: T, dialect: Dialect): Codec<Row<T>> {
  const columns = columnsOf(table).map((column) => ({ ...column, sqlName: snakeCase(column.name) }))
  return {
    columns: columns.filter((column) => column.kind !== "key").map((column) => column.sqlName),
    encode<Given extends Partial<Row<T>>>(row: Given) {
      const record: Record<string, unknown> = {}
      const values: Readonly<Record<string, unknown>> = row
      for (const { name, sqlName, kind } of columns) {
        if (values[name] !== undefined) record[sqlName] = dialect.encode(kind, values[name])
      }
      return record as SqlRow<Given>
    },
    decode(record) {
      const row: Record<string, unknown> = {}
      const values: Readonly<Record<string, unknown>> = { ...record }
      for (const { name, sqlName, kind } of columns) {
        const value = dialect.decode(kind, values[sqlName])
        row[name] = kind === "key" ? rowId(table.name, String(value)) : value
      }
      // The database holds only what went through `encode`, and its columns are made from the same schema.
      return row as Row<T>
    },
  }
}
