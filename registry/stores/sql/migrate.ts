import { StoreError } from "../../engine/ports.ts"
import type { Connection, Database } from "./database.ts"
import type { Dialect } from "./dialect.ts"
import { initial } from "./migrations/0001-initial.ts"
import { provisioning } from "./migrations/0002-provisioning.ts"
import { reading } from "./migrations/0003-reading.ts"
import { raw, sql } from "./sql.ts"

export interface Migration {
  readonly name: string
  readonly statements: readonly string[]
}

/** In order; the first is version 1. Once released, one is never changed: add another. */
export const migrations: readonly Migration[] = [initial, provisioning, reading]

interface Applied {
  version: number
  checksum: string
}

/**
 * Brings the tables up to date. All happens in one transaction that takes the write lock first, so that a second process waits
 * and then finds the work done.
 */
export async function migrate(
  db: Database,
  dialect: Dialect,
  wanted: readonly Migration[] = migrations,
  /** The table that tells what was applied. Tables of another kind in the same database have their own. */
  records = "stackdock_migrations",
): Promise<void> {
  const checksums = await Promise.all(wanted.map(checksum))
  if (isUpToDate(await readApplied(db, dialect, records), checksums)) return
  await db.transaction(async (trx) => {
    await trx.run(
      sql`create table if not exists ${raw(records)} (
        version integer primary key,
        name text not null,
        checksum text not null,
        applied_at text not null
      )`,
    )
    const applied = await readApplied(trx, dialect, records)
    // Another process may have been faster, and newer.
    if (isUpToDate(applied, checksums)) return
    for (const [index, { name, statements }] of wanted.entries()) {
      if (index < applied.length) continue
      for (const statement of statements) await trx.run(raw(statement))
      await trx.run(
        sql`insert into ${raw(records)} (version, name, checksum, applied_at)
          values (${index + 1}, ${name}, ${checksums[index] ?? ""}, ${new Date().toISOString()})`,
      )
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

async function readApplied(db: Connection, dialect: Dialect, records: string): Promise<Applied[]> {
  const found = await db.all(dialect.findTable(records))
  if (found.length === 0) return []
  return await db.all<Applied>(sql`select version, checksum from ${raw(records)} order by version`)
}

async function checksum({ statements }: Migration): Promise<string> {
  const text = new TextEncoder().encode(statements.join(";\n"))
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", text))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")
}
