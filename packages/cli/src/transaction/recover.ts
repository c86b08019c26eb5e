import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, unlinkSync } from "node:fs"
import { dirname, join } from "node:path"
import { CliError } from "../framework/error.ts"
import { sha256 } from "../registry/hash.ts"
import { clearAway, discard, removeIfEmpty } from "./folders.ts"

export const STATE_FOLDER = ".stackdock"
export const TRANSACTION = "transaction"
export const OWNER = "owner.json"
export const JOURNAL = "journal.json"
/** The last transaction whose command can be taken back, as it stood when its changes counted. */
export const UNDO = "undo"
/** Inside a transaction: the one that was kept before it. */
export const PREVIOUS = "previous"

/** Process ids are given out again, so an old transaction of a living id is believed to be another's. Changes take milliseconds. */
const BELIEVABLE_MS = 10 * 60_000

export interface Owner {
  pid: number
  startedAt: string
}

export interface Journal {
  /** What is taken back by `stackdock undo`: `add gridpane`. */
  command?: string
  /** In the order they are done. Hashes; null where there is no file. */
  operations: { path: string; before: string | null; after: string | null }[]
  /** Folders that did not exist. */
  folders: string[]
}

/** Puts back what a killed command left half done. Returns the files it put back or took away. */
export function recoverInterrupted(dir: string): string[] {
  const state = join(dir, STATE_FOLDER)
  const transaction = join(state, TRANSACTION)
  const undone = existsSync(transaction) ? recoverTransaction(dir, transaction) : []
  if (!existsSync(state)) return undone
  for (const name of readdirSync(state)) {
    const pid = /^tmp-(\d+)-/.exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid))) clearAway(join(state, name))
  }
  removeIfEmpty(state)
  return undone
}

function recoverTransaction(dir: string, transaction: string): string[] {
  const owner = readOwner(transaction)
  const isRecent = owner !== undefined && Date.now() - Date.parse(owner.startedAt) < BELIEVABLE_MS
  if (isRecent && isAlive(owner.pid)) throw busy()
  const journal = readJournal(transaction)
  if (journal === undefined) {
    discard(transaction)
    return []
  }
  const kept = rollBack(dir, transaction, journal)
  return journal.operations.map(({ path }) => path).filter((path) => !kept.includes(path))
}

/** Undoes what was done of a transaction and removes it. Returns what somebody changed since, which is left alone. */
export function rollBack(dir: string, transaction: string, journal: Journal): string[] {
  const kept: string[] = []
  for (const [index, { path, before, after }] of [...journal.operations.entries()].reverse()) {
    const target = join(dir, path)
    const now = existsSync(target) ? sha256(readFileSync(target)) : null
    if (now === before) continue
    if (now !== after) kept.push(path)
    else if (before === null) unlinkSync(target)
    else {
      mkdirSync(dirname(target), { recursive: true })
      renameSync(join(transaction, "old", String(index)), target)
    }
  }
  // One that is not empty was made by somebody else, or has been put to use since.
  for (const folder of journal.folders) removeIfEmpty(join(dir, folder))
  const previous = join(transaction, PREVIOUS)
  if (existsSync(previous)) renameSync(previous, join(dirname(transaction), UNDO))
  discard(transaction)
  return kept
}

export function busy(): CliError {
  return new CliError({
    code: "busy",
    message: "Another stackdock is changing this project at the moment.",
    hint: "Run it again when the other one is done. Nothing was changed.",
  })
}

export function readOwner(transaction: string): Owner | undefined {
  return readJson(join(transaction, OWNER))
}

export function readJournal(transaction: string): Journal | undefined {
  return readJson(join(transaction, JOURNAL))
}

function readJson<Value>(path: string): Value | undefined {
  if (!existsSync(path)) return undefined
  try {
    return JSON.parse(readFileSync(path, "utf8"))
  } catch (error) {
    throw new CliError({
      code: "broken_journal",
      message: `An earlier stackdock was interrupted, and ${path} cannot be read.`,
      hint: `See with \`git status\` what it left behind, then remove ${dirname(path)}.`,
      cause: error,
    })
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"
  }
}
