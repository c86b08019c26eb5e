import { type ColumnKind, columnsOf } from "../../schema/columns.ts"
import { snakeCase } from "../../schema/ddl.ts"
import { rowId } from "../../schema/row-id.ts"
import type { Row, Table } from "../../schema/table.ts"
import type { Dialect } from "./dialect.ts"
import type { SqlRow, Value } from "./sql.ts"

/** Moves rows of one table between TypeScript's shape and SQL's. */
export interface Codec<RowOf> {
  /** Only the columns that are given. */
  encode(row: Partial<RowOf>): SqlRow
  decode(record: object): RowOf
}

export function codecOf<T extends Table>(table: T, dialect: Dialect): Codec<Row<T>> {
  const columns = sqlColumns(table)
  return {
    encode(row) {
      const record: Record<string, Value> = {}
      const values: Readonly<Record<string, unknown>> = row
      for (const { name, sqlName, kind } of columns) {
        if (values[name] !== undefined) record[sqlName] = dialect.encode(kind, values[name])
      }
      return record
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

export interface SqlColumn {
  /** As in TypeScript. */
  readonly name: string
  readonly sqlName: string
  readonly kind: ColumnKind
}

export function sqlColumns(table: Table): SqlColumn[] {
  return columnsOf(table).map(({ name, kind }) => ({ name, sqlName: snakeCase(name), kind }))
}
