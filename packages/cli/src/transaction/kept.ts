import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { Change } from "./change.ts"
import { readJournal, readOwner, STATE_FOLDER, UNDO } from "./recover.ts"

/** A command that can be taken back. */
export interface Kept {
  /** As it was typed: `add gridpane`. */
  readonly command: string
  /** When: an ISO date. */
  readonly at: string | undefined
  /** What takes it back, last change first. `before` is what the command left, whatever is there now. */
  readonly changes: readonly KeptChange[]
}

export interface KeptChange {
  readonly path: string
  /** SHA-256 of what the command left; null where it left no file. */
  readonly left: string | null
  /** What was there before it. */
  readonly content: Change["after"]
}

/** The last add, update or remove; undefined when there is none, or it was taken back already. */
export function readKept(dir: string): Kept | undefined {
  const folder = join(dir, STATE_FOLDER, UNDO)
  const journal = existsSync(folder) ? readJournal(folder) : undefined
  if (journal?.command === undefined) return undefined
  const changes = journal.operations.map(({ path, before, after }, index) => ({
    path,
    left: after,
    content: before === null ? undefined : readFileSync(join(folder, "old", String(index))),
  }))
  return { command: journal.command, at: readOwner(folder)?.startedAt, changes: changes.reverse() }
}

/** What the running docks keep beside ours: keys and rows. */
export function holdsPrivateFiles(dir: string): boolean {
  const ours = /^(?:base|undo|transaction|conflicts|tmp-.*)$/
  const state = join(dir, STATE_FOLDER)
  return existsSync(state) && readdirSync(state).some((name) => !ours.test(name))
}
