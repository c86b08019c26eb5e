import { randomBytes } from "node:crypto"
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
} from "node:fs"
import { dirname, join } from "node:path"
import { CliError } from "../framework/error.ts"
import { sha256 } from "../registry/hash.ts"

export const STATE_FOLDER = ".stackdock"
export const TRANSACTION = "transaction"

/** Process ids are given out again, so an old journal of a living id is believed to be another's. Changes take milliseconds. */
const BELIEVABLE_MS = 10 * 60_000

export interface Journal {
  pid: number
  startedAt: string
  /** In the order they are done. Hashes; null where there is no file. */
  operations: { path: string; before: string | null; after: string | null }[]
  /** Folders that did not exist. */
  folders: string[]
}

/** Puts back what a killed command left half done. Returns the files it put back or took away. */
export function recoverInterrupted(dir: string): string[] {
  const state = join(dir, STATE_FOLDER)
  if (!existsSync(state)) return []
  const transaction = join(state, TRANSACTION)
  let undone: string[] = []
  if (existsSync(transaction)) {
    const journal = readJournal(transaction)
    if (isAlive(journal.pid) && Date.now() - Date.parse(journal.startedAt) < BELIEVABLE_MS) {
      throw new CliError({
        code: "busy",
        message: `Another stackdock (process ${journal.pid}) is changing this project at the moment.`,
        hint: "Run it again when the other one is done. Nothing was changed.",
      })
    }
    const kept = rollBack(dir, transaction, journal)
    undone = journal.operations.map(({ path }) => path).filter((path) => !kept.includes(path))
  }
  for (const name of readdirSync(state)) {
    const pid = /^tmp-(\d+)-/.exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(join(state, name), { recursive: true, force: true })
  }
  return undone
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
  for (const folder of journal.folders) {
    try {
      rmdirSync(join(dir, folder))
    } catch {
      // It was not made yet, or somebody has put something into it since.
    }
  }
  discard(transaction)
  return kept
}

/** Renamed away first: a folder that is half deleted must not look like a transaction. */
export function discard(transaction: string): void {
  const rubbish = join(dirname(transaction), `tmp-${process.pid}-${randomBytes(4).toString("hex")}`)
  renameSync(transaction, rubbish)
  rmSync(rubbish, { recursive: true, force: true })
}

function readJournal(transaction: string): Journal {
  try {
    return JSON.parse(readFileSync(join(transaction, "journal.json"), "utf8"))
  } catch (error) {
    throw new CliError({
      code: "broken_journal",
      message: `An earlier stackdock was interrupted and its journal cannot be read: ${transaction}.`,
      hint: "See with `git status` what it left behind, then remove that folder.",
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
