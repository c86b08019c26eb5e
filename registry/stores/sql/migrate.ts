import { type Kysely, sql } from "kysely"
import { StoreError } from "../../engine/ports.ts"
import { initial } from "./migrations/0001-initial.ts"
import { provisioning } from "./migrations/0002-provisioning.ts"
import type { SqlTables } from "./tables.ts"

export interface Migration {
  readonly name: string
  readonly statements: readonly string[]
}

/** In order; the first is version 1. Once released, one is never changed: add another. */
export const migrations: readonly Migration[] = [initial, provisioning]

interface Applied {
  version: number
  checksum: string
}

/**
 * Brings the tables up to date. All happens in one transaction that takes the write lock first, so that a second process waits
 * and then finds the work done.
 */
export async function migrate(
  db: Kysely<SqlTables>,
  wanted: readonly Migration[] = migrations,
): Promise<void> {
  const checksums = await Promise.all(wanted.map(checksum))
  if (isUpToDate(await readApplied(db), checksums)) return
  await db.transaction().execute(async (trx) => {
    await trx.schema
      .createTable("stackdock_migrations")
      .ifNotExists()
      .addColumn("version", "integer", (column) => column.primaryKey())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("checksum", "text", (column) => column.notNull())
      .addColumn("applied_at", "text", (column) => column.notNull())
      .execute()
    const applied = await readApplied(trx)
    // Another process may have been faster, and newer.
    if (isUpToDate(applied, checksums)) return
    for (const [index, { name, statements }] of wanted.entries()) {
      if (index < applied.length) continue
      for (const statement of statements) await sql.raw(statement).execute(trx)
      await trx
        .insertInto("stackdock_migrations")
        .values({
          version: index + 1,
          name,
          checksum: checksums[index] ?? "",
          applied_at: new Date().toISOString(),
        })
        .execute()
    }
  })
}

/** Throws when the database is not one that these migrations lead to. */
function isUpToDate(applied: readonly Applied[], checksums: readonly string[]): boolean {
  const newest = applied.at(-1)?.version ?? 0
  if (newest > checksums.length) {
    throw new StoreError(
      "newer_schema",
      `The database was made by a newer version of this code (schema ${newest}, this one knows ${checksums.length}). ` +
        "Update this project's copy of the store.",
    )
  }
  for (const [index, { version, checksum }] of applied.entries()) {
    if (checksums[index] === checksum) continue
    throw new StoreError(
      "unavailable",
      `Migration ${version} is not the one that made this database. Undo the change to it, and add a new migration instead.`,
    )
  }
  return newest === checksums.length
}

async function readApplied(db: Kysely<SqlTables>): Promise<Applied[]> {
  const tables = await db.introspection.getTables()
  if (!tables.some((table) => table.name === "stackdock_migrations")) return []
  return await db
    .selectFrom("stackdock_migrations")
    .select(["version", "checksum"])
    .orderBy("version")
    .execute()
}

async function checksum({ statements }: Migration): Promise<string> {
  const text = new TextEncoder().encode(statements.join(";\n"))
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", text))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")
}
