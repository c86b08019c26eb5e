/// <reference types="node" />

import { setTimeout as sleep } from "node:timers/promises"
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
} from "kysely"
import Database from "libsql"
import { StoreError } from "../../../engine/ports.ts"

/** How long to wait for another process that is writing. */
const BUSY_MS = 10_000

const CACHE_KIB = 32 * 1024

const MAX_STATEMENTS = 200

type Open = () => Promise<SqliteDatabase>

/** One connection, whose transactions write. */
export class LibsqlDialect extends SqliteDialect {
  readonly #open: Open

  constructor(open: Open) {
    super({ database: open })
    this.#open = open
  }

  override createDriver(): Driver {
    return new WriteDriver({ database: this.#open })
  }
}

/** As many connections as there are readers, whose transactions only read. */
export class LibsqlSnapshots extends SqliteDialect {
  readonly #open: Open

  constructor(open: Open) {
    super({ database: open })
    this.#open = open
  }

  override createDriver(): Driver {
    return new SnapshotDriver(this.#open)
  }
}

class WriteDriver extends SqliteDriver {
  /** Takes the write lock at once: a transaction that reads first and writes later can find that it is too late to wait. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"))
  }

  /** After a full disk SQLite has rolled back by itself, and the first error is the one to tell. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await super.rollbackTransaction(connection).catch(() => {})
  }
}

/** Connections are used again and not closed: libSQL lets go of a closed one only when it is garbage-collected. */
class SnapshotDriver extends SqliteDriver {
  readonly #open: Open
  readonly #drivers: SqliteDriver[] = []
  readonly #idle: DatabaseConnection[] = []

  constructor(open: Open) {
    super({ database: open })
    this.#open = open
  }

  override async init(): Promise<void> {}

  override async acquireConnection(): Promise<DatabaseConnection> {
    const idle = this.#idle.pop()
    if (idle) return idle
    const driver = new SqliteDriver({ database: this.#open })
    await driver.init()
    this.#drivers.push(driver)
    return await driver.acquireConnection()
  }

  override async releaseConnection(connection?: DatabaseConnection): Promise<void> {
    if (connection) this.#idle.push(connection)
  }

  override async destroy(): Promise<void> {
    for (const driver of this.#drivers) await driver.destroy()
  }
}

/** Opens the file for several processes at once: readers go on while one writes. */
export async function openLibsql(path: string): Promise<SqliteDatabase> {
  const database = told(() => new Database(path))
  told(() => database.exec(`pragma busy_timeout = ${BUSY_MS}`))
  await switchToWal(database)
  // With WAL this loses nothing to a killed process; a power cut can cost the last transactions, which a sync brings back.
  told(() => database.exec("pragma synchronous = normal"))
  // With the default of 2 MiB the indexes of a large table are read again for every batch of new rows.
  told(() => database.exec(`pragma cache_size = -${CACHE_KIB}`))

  const statements = new Map<string, SqliteStatement>()
  return {
    prepare(sql) {
      const known = statements.get(sql)
      if (known) return known
      const statement = prepare(database, sql)
      if (statements.size >= MAX_STATEMENTS) statements.clear()
      statements.set(sql, statement)
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

function prepare(database: Database.Database, sql: string): SqliteStatement {
  const statement = told(() => database.prepare(sql))
  return {
    reader: statement.reader,
    all: (parameters) => told(() => statement.all([...parameters])),
    run: (parameters) => told(() => statement.run([...parameters])),
    iterate: (parameters) => told(() => statement.iterate([...parameters])),
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
