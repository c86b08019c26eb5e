/// <reference types="node" />

import { setTimeout as sleep } from "node:timers/promises"
import Database from "libsql"
import { StoreError } from "../../../engine/ports.ts"
import type { Value } from "../sql.ts"

/** How long to wait for another process that is writing. */
const BUSY_MS = 10_000

const CACHE_KIB = 32 * 1024

/** Twice the usual: a row with the provider's answer takes one to two KiB, and a page should hold a few. */
const PAGE_BYTES = 8 * 1024

const MAX_STATEMENTS = 200

/** A connection to a database file. */
export interface LibsqlFile {
  /** Each text is prepared once. */
  prepare(text: string): PreparedStatement
  close(): void
}

interface PreparedStatement {
  all(values: readonly Value[]): unknown[]
  run(values: readonly Value[]): { changes: number }
}

/** Opens the file for several processes at once: readers go on while one writes. */
export async function openLibsql(path: string): Promise<LibsqlFile> {
  const database = told(() => new Database(path))
  told(() => database.exec(`pragma busy_timeout = ${BUSY_MS}`))
  // Of a new file; another keeps the size it was made with.
  told(() => database.exec(`pragma page_size = ${PAGE_BYTES}`))
  await switchToWal(database)
  // With WAL this loses nothing to a killed process; a power cut can cost the last transactions, which a sync brings back.
  told(() => database.exec("pragma synchronous = normal"))
  // With the default of 2 MiB the indexes of a large table are read again for every batch of new rows.
  told(() => database.exec(`pragma cache_size = -${CACHE_KIB}`))

  const statements = new Map<string, PreparedStatement>()
  return {
    prepare(text) {
      const known = statements.get(text)
      if (known) return known
      const statement = prepare(database, text)
      if (statements.size >= MAX_STATEMENTS) statements.clear()
      statements.set(text, statement)
      return statement
    },
    close() {
      statements.clear()
      // libSQL lets go of the file only when its statements are collected. Until then the rows should at least be in the
      // file itself, so that a copy of it is whole. `passive` waits for nobody.
      told(() => database.exec("pragma wal_checkpoint(passive)"))
      database.close()
    },
  }
}

/** Two processes that make the file at once meet here; SQLite does not wait for this lock by itself. */
async function switchToWal(database: Database.Database): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += 50) {
    try {
      database.exec("pragma journal_mode = wal")
      return
    } catch (error) {
      const busy = error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY")
      if (!busy || waitedMs >= BUSY_MS) throw storeError(error)
      await sleep(50)
    }
  }
}

function prepare(database: Database.Database, text: string): PreparedStatement {
  const statement = told(() => database.prepare(text))
  return {
    all: (values) => told(() => statement.all(values)),
    run: (values) => told(() => statement.run(values)),
  }
}

function told<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw storeError(error)
  }
}

/** SQLite's messages name tables, columns and files, never values. */
function storeError(error: unknown): StoreError {
  const message = error instanceof Error ? error.message : "The database failed."
  const code = error instanceof Database.SqliteError ? error.code : ""
  if (code.startsWith("SQLITE_CONSTRAINT")) return new StoreError("conflict", message)
  return new StoreError("unavailable", `The database cannot be used: ${message}`)
}
