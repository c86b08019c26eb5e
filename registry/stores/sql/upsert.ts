import { CompiledQuery, type Insertable, type Kysely } from "kysely"
import { type ResourceRow, type ResourceTableName, resourceTables } from "../../schema/index.ts"
import type { Table } from "../../schema/table.ts"
import { codecOf } from "./codec.ts"
import type { Dialect } from "./dialect.ts"
import { type SqlResource, type SqlTables, sqlName } from "./tables.ts"

/** Rows of one statement. Few sizes, so that few statements are compiled and each is used again. */
const SIZES = [50, 10, 1] as const

/** What a row that exists keeps: its identity, its birth, and how it was provisioned. */
const KEPT = new Set([
  "org_id",
  "dock_id",
  "provider",
  "provider_resource_id",
  "created_at",
  "provisioning_source",
  "provisioning_state",
  "provisioned_at",
])

/** A row for its first time; where it exists, the columns of `KEPT` stay. */
export type UpsertRow = Omit<ResourceRow, "id">

export type Upsert = (trx: Kysely<SqlTables>, rows: readonly UpsertRow[]) => Promise<void>

/** Inserts rows of one table, or updates them where the dock has them already. */
export function upsertInto(table: ResourceTableName, dialect: Dialect): Upsert {
  const { columns, encode } = codecOf<Table>(resourceTables[table], dialect)
  const statements = new Map<number, string>()

  const statementFor = (db: Kysely<SqlTables>, size: number) => {
    const known = statements.get(size)
    if (known) return known
    const { sql } = compile(db, table, columns, size)
    statements.set(size, sql)
    return sql
  }

  return async (trx, rows) => {
    let start = 0
    for (const size of SIZES) {
      for (; start + size <= rows.length; start += size) {
        const values: unknown[] = []
        for (const row of rows.slice(start, start + size)) {
          const record: Readonly<Record<string, unknown>> = encode(row)
          for (const column of columns) values.push(record[column] ?? null)
        }
        await trx.executeQuery(CompiledQuery.raw(statementFor(trx, size), values))
      }
    }
  }
}

/** With a null for each parameter: only the text of the statement is used. */
function compile(db: Kysely<SqlTables>, table: ResourceTableName, columns: readonly string[], size: number) {
  const empty = Object.fromEntries(columns.map((column) => [column, null as never]))
  const changed = columns.filter((column) => !KEPT.has(column)) as (keyof SqlResource)[]
  return db
    .insertInto(sqlName(table))
    .values(Array<Insertable<SqlResource>>(size).fill(empty as Insertable<SqlResource>))
    .onConflict((conflict) =>
      conflict
        .columns(["dock_id", "provider_resource_id"])
        .doUpdateSet((eb) => Object.fromEntries(changed.map((name) => [name, eb.ref(`excluded.${name}`)]))),
    )
    .compile()
}
