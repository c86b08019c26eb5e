import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import * as z from "zod"
import { CliError } from "../framework/error.ts"
import { checkPath } from "../registry/target.ts"
import type { Change } from "../transaction/change.ts"
import { checkParents } from "../transaction/confine.ts"

/** Not committed: the files with the markers are, whoever commits them. */
const FOLDER = ".stackdock/conflicts"
const LIST = `${FOLDER}/unfinished.json`

const SIDES = ["mine", "theirs", "base"] as const
type Side = (typeof SIDES)[number]

const unfinished = z.object({
  files: z.array(z.object({ path: z.string(), item: z.string(), version: z.string() })),
})

/** A file that an update could not merge by itself. */
export type Unfinished = z.infer<typeof unfinished>["files"][number]

export interface NewConflict extends Unfinished {
  readonly sides: Readonly<Record<Side, string>>
}

/** What an update left to decide. */
export function readConflicts(dir: string): Unfinished[] {
  const text = read(dir, LIST)
  if (text === undefined) return []
  try {
    const { files } = unfinished.parse(JSON.parse(text))
    for (const { path } of files) checkPath(path)
    return files
  } catch (error) {
    throw new CliError({
      code: "bad_conflicts",
      message: `${join(dir, LIST)} cannot be read: it is not what stackdock wrote.`,
      hint: `Remove the conflict markers from your files, then the folder ${FOLDER}.`,
      cause: error,
    })
  }
}

/** Keeps each side of a conflict beside the project, whole: whatever becomes of the file with the markers. */
export function openConflicts(dir: string, conflicts: readonly NewConflict[]): Change[] {
  if (conflicts.length === 0) return []
  const files = conflicts.map(({ path, item, version }) => ({ path, item, version }))
  return [
    ...conflicts.flatMap(({ path, sides }) =>
      SIDES.map((side) => change(dir, sidePath(path, side), sides[side])),
    ),
    change(dir, LIST, listText(files)),
  ]
}

/** Clears away what was decided. */
export function closeConflicts(dir: string, paths: readonly string[]): Change[] {
  const left = readConflicts(dir).filter(({ path }) => !paths.includes(path))
  return [
    ...paths.flatMap((path) => SIDES.map((side) => change(dir, sidePath(path, side), undefined))),
    change(dir, LIST, left.length === 0 ? undefined : listText(left)),
  ]
}

export function sidePath(path: string, side: Side): string {
  return `${FOLDER}/${path}.${side}`
}

function listText(files: readonly Unfinished[]): string {
  return `${JSON.stringify({ files }, null, 2)}\n`
}

function change(dir: string, path: string, after: string | undefined): Change {
  return { path, before: read(dir, path), after }
}

function read(dir: string, path: string): string | undefined {
  checkParents(dir, path)
  return existsSync(join(dir, path)) ? readFileSync(join(dir, path), "utf8") : undefined
}
