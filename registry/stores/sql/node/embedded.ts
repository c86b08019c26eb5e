/// <reference types="node" />

import { closeSync, mkdirSync, openSync } from "node:fs"
import { dirname } from "node:path"
import { type Store, StoreError } from "../../../engine/ports.ts"
import type { Database } from "../database.ts"
import { sqlite } from "../dialect.ts"
import { sqlStore } from "../store.ts"
import { LibsqlDatabase } from "./database.ts"
import { openLibsql } from "./libsql.ts"

/** A store in one file, made when it is first used. Only its owner can read it. */
export function embeddedStore(path: string): Store {
  return sqlStore(embeddedDatabase(path), sqlite)
}

/** The same kind of file for tables of other kinds. */
export function embeddedDatabase(path: string): Database {
  return new LibsqlDatabase(() => {
    makePrivateFile(path)
    return openLibsql(path)
  })
}

/** SQLite gives its side files (`-wal`, `-shm`) the mode of the file itself. */
function makePrivateFile(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    // Never opens a file that is there: to close it again would end every lock that this process has on it, and the next
    // process to close the database would take itself for the last one, and take the write-ahead log away.
    closeSync(openSync(path, "ax", 0o600))
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return
    const reason = error instanceof Error ? error.message : "unknown reason"
    throw new StoreError("unavailable", `The database file cannot be opened: ${reason}`)
  }
}
