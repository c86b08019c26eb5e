import { type ColumnKind, columnsOf } from "./columns.ts"
import { tables } from "./index.ts"
import type { ResourceTable, Table } from "./table.ts"

export type SqlDialect = "sqlite" | "postgres"

/**
 * Enums are plain text: a new word must not need a migration of every row, and the engine checks what it writes.
 * Instants are ISO text everywhere: it sorts as time does, and no driver makes something else of it.
 */
const types: Readonly<Record<SqlDialect, Readonly<Record<ColumnKind, string>>>> = {
  sqlite: {
    // AUTOINCREMENT, so that the number of a removed row never comes back as another row.
    key: "integer primary key autoincrement",
    text: "text",
    integer: "integer",
    real: "real",
    boolean: "integer",
    json: "text",
    instant: "text",
    enum: "text",
  },
  postgres: {
    key: "bigint generated always as identity primary key",
    text: "text",
    integer: "bigint",
    real: "double precision",
    boolean: "boolean",
    json: "jsonb",
    instant: "text",
    enum: "text",
  },
}

/** The statements that make all tables and their indexes. */
export function sqlFor(dialect: SqlDialect): string[] {
  return Object.values(tables).flatMap((table) => tableSql(table, dialect))
}

export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function tableSql(table: Table, dialect: SqlDialect): string[] {
  const name = snakeCase(table.name)
  const columns = columnsOf(table).map((column) => {
    const parts = [snakeCase(column.name), types[dialect][column.kind]]
    if (!column.nullable && column.kind !== "key") parts.push("not null")
    if (column.name === "id" && column.kind !== "key") parts.push("primary key")
    return parts.join(" ")
  })
  const index = (kind: string, keys: readonly string[]) => {
    const snake = keys.map(snakeCase)
    return `create ${kind} ${[name, ...snake].join("_")} on ${name} (${snake.join(", ")})`
  }
  return [
    `create table ${name} (\n  ${columns.join(",\n  ")}\n)${dialect === "sqlite" ? " strict" : ""}`,
    ...table.unique.map((keys) => index("unique index", keys)),
    ...table.indexes.map((keys) => index("index", keys)),
    ...("listing" in table ? [listingSql(table as ResourceTable, dialect)] : []),
  ]
}

/** PostgreSQL takes no index entry above 2.7 KB, and a text that is searched may be longer. */
function listingSql({ name, listing, searched }: ResourceTable, dialect: SqlDialect): string {
  const keys = dialect === "sqlite" ? listing : listing.filter((column) => !searched.includes(column))
  const table = snakeCase(name)
  return `create index ${table}_listing on ${table} (${keys.map(snakeCase).join(", ")})`
}
