import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs"
import { dirname, join } from "node:path"
import { CliError } from "../framework/error.ts"
import { sha256 } from "../registry/hash.ts"
import { type Change, type Content, isReal } from "./change.ts"
import { checkParents } from "./confine.ts"
import { clearAway, discard, removeIfEmpty, temporaryFolder } from "./folders.ts"
import {
  busy,
  JOURNAL,
  type Journal,
  OWNER,
  type Owner,
  PREVIOUS,
  rollBack,
  STATE_FOLDER,
  TRANSACTION,
  UNDO,
} from "./recover.ts"

export interface ApplyOptions {
  /** `{ as }`: `stackdock undo` can take this back, and calls it so. `spent`: this takes back what was kept. */
  readonly undo?: { readonly as: string } | "spent"
}

/**
 * Applies all changes or none.
 *
 * `.stackdock/transaction` is held by one process at a time. In it everything is staged: new contents, copies of what
 * will be replaced, and last a journal. From the journal on the project is in between, and whoever finds one (this
 * process after an error, the next command after a kill) puts everything back. Removing it is the moment the changes count;
 * for a command that can be taken back it is not removed but kept as `.stackdock/undo`, holding all that this takes.
 */
export function applyChanges(dir: string, changes: readonly Change[], { undo }: ApplyOptions = {}): void {
  const real = changes.filter(isReal)
  if (real.length === 0) return
  const transaction = join(dir, STATE_FOLDER, TRANSACTION)
  let journal: Journal
  try {
    acquire(dir, transaction)
  } catch (error) {
    throw explain(error)
  }
  try {
    journal = stage(dir, transaction, real, undo)
  } catch (error) {
    discard(transaction)
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
    if (undo !== undefined) setAside(transaction)
    if (journal.command === undefined) discard(transaction)
    else keep(transaction)
  } catch (error) {
    throw explain(error, putBack(dir, transaction, journal))
  }
  for (const { path, after } of real) if (after === undefined) removeEmptyParents(dir, path)
}

/** Only the last one is kept. Until the changes count, the one before it must be able to come back. */
function setAside(transaction: string): void {
  const kept = join(dirname(transaction), UNDO)
  if (existsSync(kept)) renameSync(kept, join(transaction, PREVIOUS))
}

function keep(transaction: string): void {
  const kept = join(dirname(transaction), UNDO)
  renameSync(transaction, kept)
  clearAway(join(kept, PREVIOUS))
  clearAway(join(kept, "new"))
}

/** Says how it went. What cannot be put back now is put back by the next command, which finds the journal. */
function putBack(dir: string, transaction: string, journal: Journal): string {
  try {
    const kept = rollBack(dir, transaction, journal)
    return kept.length === 0
      ? "Nothing was changed."
      : `These changed meanwhile and were left as they are: ${kept.join(", ")}.`
  } catch {
    return "Putting everything back failed too; the next stackdock command here tries again."
  }
}

/** A rename onto a folder that is not empty fails on every system, so only one process gets through. */
function acquire(dir: string, transaction: string): void {
  checkParents(dir, `${STATE_FOLDER}/${TRANSACTION}`)
  const own = temporaryFolder(transaction)
  try {
    mkdirSync(own, { recursive: true })
    const owner: Owner = { pid: process.pid, startedAt: new Date().toISOString() }
    writeFileSync(join(own, OWNER), JSON.stringify(owner))
    renameSync(own, transaction)
  } catch (error) {
    clearAway(own)
    const isTaken = existsSync(transaction)
    removeIfEmpty(dirname(transaction))
    // Another one that ended just now may have taken the empty folder away under us.
    const isGone = error instanceof Error && "code" in error && error.code === "ENOENT"
    throw isTaken || isGone ? busy() : error
  }
}

function stage(
  dir: string,
  transaction: string,
  changes: readonly Change[],
  undo: ApplyOptions["undo"],
): Journal {
  mkdirSync(join(transaction, "new"))
  mkdirSync(join(transaction, "old"))
  const folders = new Set<string>()
  const operations = changes.map(({ path, before, after }, index) => {
    const hashes = { before: hashOf(before), after: hashOf(after) }
    checkParents(dir, path)
    checkUnchanged(dir, path, hashes.before)
    for (
      let folder = dirname(path);
      folder !== "." && !existsSync(join(dir, folder));
      folder = dirname(folder)
    ) {
      folders.add(folder)
    }
    const target = join(dir, path)
    if (before !== undefined) copyFileSync(target, join(transaction, "old", String(index)))
    if (after !== undefined) {
      const staged = join(transaction, "new", String(index))
      writeFileSync(staged, after)
      if (before !== undefined) chmodSync(staged, statSync(target).mode)
    }
    return { path, ...hashes }
  })
  // Deepest first, as they are taken away again.
  const journal: Journal = {
    ...(typeof undo === "object" ? { command: undo.as } : {}),
    operations,
    folders: [...folders].sort((a, b) => b.length - a.length),
  }
  const path = join(transaction, JOURNAL)
  writeFileSync(`${path}.tmp`, JSON.stringify(journal))
  renameSync(`${path}.tmp`, path)
  return journal
}

function hashOf(content: Content | undefined): string | null {
  return content === undefined ? null : sha256(content)
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
