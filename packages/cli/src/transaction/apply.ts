import { randomBytes } from "node:crypto"
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs"
import { dirname, join } from "node:path"
import { CliError } from "../framework/error.ts"
import { sha256 } from "../registry/hash.ts"
import type { Change } from "./change.ts"
import { checkParents } from "./confine.ts"
import { discard, type Journal, rollBack, STATE_FOLDER, TRANSACTION } from "./recover.ts"

/**
 * Applies all changes or none.
 *
 * Everything is staged in a folder of its own first: new contents, copies of what will be replaced, and a journal. One
 * rename makes that folder `.stackdock/transaction`, which only one process can hold. From then until it is gone the
 * project is in between, and whoever finds it there (this process after an error, the next command after a kill) puts
 * everything back. Renaming it away is the moment the changes count.
 */
export function applyChanges(dir: string, changes: readonly Change[]): void {
  const real = changes.filter(({ before, after }) => before !== after)
  if (real.length === 0) return
  const state = join(dir, STATE_FOLDER)
  const staging = join(state, `tmp-${process.pid}-${randomBytes(4).toString("hex")}`)
  const transaction = join(state, TRANSACTION)
  let journal: Journal
  try {
    journal = stage(dir, staging, real)
    acquire(staging, transaction)
  } catch (error) {
    rmSync(staging, { recursive: true, force: true })
    removeIfEmpty(state)
    throw explain(error)
  }
  try {
    for (const [index, { path, after }] of real.entries()) {
      const target = join(dir, path)
      checkParents(dir, path)
      checkUnchanged(dir, path, journal.operations[index]?.before ?? null)
      if (after === undefined) unlinkSync(target)
      else {
        mkdirSync(dirname(target), { recursive: true })
        renameSync(join(transaction, "new", String(index)), target)
      }
    }
    discard(transaction)
  } catch (error) {
    throw explain(error, undo(dir, transaction, journal))
  }
  removeIfEmpty(state)
  for (const { path, after } of real) if (after === undefined) removeEmptyParents(dir, path)
}

/** Says how the undoing went. What cannot be undone now is undone by the next command, which finds the journal. */
function undo(dir: string, transaction: string, journal: Journal): string {
  try {
    const kept = rollBack(dir, transaction, journal)
    return kept.length === 0
      ? "Nothing was changed."
      : `These changed meanwhile and were left as they are: ${kept.join(", ")}.`
  } catch {
    return "Putting everything back failed too; the next stackdock command here tries again."
  }
}

function stage(dir: string, staging: string, changes: readonly Change[]): Journal {
  checkParents(dir, `${STATE_FOLDER}/${TRANSACTION}`)
  mkdirSync(join(staging, "new"), { recursive: true })
  mkdirSync(join(staging, "old"))
  const folders = new Set<string>()
  const operations = changes.map(({ path, before, after }, index) => {
    checkParents(dir, path)
    checkUnchanged(dir, path, before === undefined ? null : sha256(before))
    for (
      let folder = dirname(path);
      folder !== "." && !existsSync(join(dir, folder));
      folder = dirname(folder)
    ) {
      folders.add(folder)
    }
    const target = join(dir, path)
    if (before !== undefined) copyFileSync(target, join(staging, "old", String(index)))
    if (after !== undefined) {
      const staged = join(staging, "new", String(index))
      writeFileSync(staged, after)
      if (before !== undefined) chmodSync(staged, statSync(target).mode)
    }
    return {
      path,
      before: before === undefined ? null : sha256(before),
      after: after === undefined ? null : sha256(after),
    }
  })
  const journal: Journal = {
    pid: process.pid,
    startedAt: new Date().toISOString(),
    operations,
    // Deepest first, as they are taken away again.
    folders: [...folders].sort((a, b) => b.length - a.length),
  }
  writeFileSync(join(staging, "journal.json"), JSON.stringify(journal))
  return journal
}

/** A rename onto a folder that is not empty fails on every system, so only one process gets through. */
function acquire(staging: string, transaction: string): void {
  try {
    renameSync(staging, transaction)
  } catch (error) {
    if (!existsSync(transaction)) throw error
    throw new CliError({
      code: "busy",
      message: "Another stackdock is changing this project at the moment.",
      hint: "Run it again when the other one is done. Nothing was changed.",
    })
  }
}

/** Between the plan and now (a person read it and answered) the file may have become another. */
function checkUnchanged(dir: string, path: string, before: string | null): void {
  const info = lstatSync(join(dir, path), { throwIfNoEntry: false })
  const now = info === undefined ? null : info.isFile() ? sha256(readFileSync(join(dir, path))) : "not a file"
  if (now === before) return
  throw new CliError({
    code: "changed_meanwhile",
    message: `${path} changed while stackdock was at work.`,
    hint: "Nothing was changed. Run the command again.",
    exitCode: 3,
    details: { path },
  })
}

function removeEmptyParents(dir: string, path: string): void {
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
    if (!removeIfEmpty(join(dir, folder))) return
  }
}

function removeIfEmpty(folder: string): boolean {
  try {
    rmdirSync(folder)
    return true
  } catch {
    return false
  }
}

function explain(error: unknown, outcome = "Nothing was changed."): unknown {
  if (error instanceof CliError) return error
  const code = error instanceof Error && "code" in error ? String(error.code) : ""
  const path = error instanceof Error && "path" in error ? ` (${String(error.path)})` : ""
  const reason = REASONS[code] ?? (error instanceof Error ? error.message : String(error))
  return new CliError({
    code: CODES[code] ?? "write_failed",
    message: `The files could not be written: ${reason}${path}. ${outcome}`,
    hint: HINTS[code] ?? "Mend that and run the command again.",
    cause: error,
  })
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EACCES: "no permission to write",
  EPERM: "no permission to write",
  EROFS: "the file system is read-only",
  EXDEV: "a folder of the project lies on another disk than .stackdock",
}
const CODES: Readonly<Record<string, string>> = {
  ENOSPC: "disk_full",
  EDQUOT: "disk_full",
  EACCES: "no_permission",
  EPERM: "no_permission",
  EROFS: "no_permission",
}
const HINTS: Readonly<Record<string, string>> = {
  ENOSPC: "Free some space and run the command again.",
  EDQUOT: "Free some space and run the command again.",
  EACCES: "Make the project's folder writable for you and run the command again.",
  EPERM: "Make the project's folder writable for you and run the command again.",
}
