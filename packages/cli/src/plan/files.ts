import { lstatSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { CliError } from "../framework/error.ts"
import { installedForm } from "../project/imports.ts"
import type { ImportExtension } from "../project/typescript.ts"
import { sha256 } from "../registry/hash.ts"
import type { ResolvedItem } from "../registry/resolve.ts"
import type { PublishedFile } from "../registry/schema.ts"
import { pathInProject } from "../registry/target.ts"
import type { Lock, LockedFile } from "../state/lock.ts"
import { checkParents } from "../transaction/confine.ts"

/**
 * - `create`: there is no such file.
 * - `replace`: it is there as an earlier version wrote it, and nobody has changed it.
 * - `unchanged`: it is there already.
 * - `kept`: it was changed here, and what is published is still what it was changed from.
 * - `conflict`: something else is in its place; only a person can decide.
 */
export type FileState = "create" | "replace" | "unchanged" | "kept" | "conflict"

export interface PlannedFile {
  readonly item: string
  readonly path: string
  readonly state: FileState
  readonly before: string | undefined
  readonly after: string
  /** The text as published, which updates are merged from. */
  readonly published: string
  readonly locked: LockedFile
}

export interface FilesInput {
  readonly dir: string
  readonly root: string
  readonly importExtension: ImportExtension
  readonly lock: Lock
  readonly tests: boolean
}

export function planFiles(items: readonly ResolvedItem[], input: FilesInput): PlannedFile[] {
  const owners = new Map<string, string>()
  return items.flatMap((resolved) =>
    filesOf(resolved, input.tests).map((file) => {
      const planned = planFile(resolved, file, input)
      // Disks that do not tell cases apart would write one over the other.
      const key = planned.path.toLowerCase()
      const owner = owners.get(key)
      if (owner !== undefined) throw sharedTarget(planned.path, owner, planned.item)
      owners.set(key, planned.item)
      return planned
    }),
  )
}

export function filesOf({ item }: ResolvedItem, tests: boolean): PublishedFile[] {
  const testTargets = new Set(item.meta.stackdock.tests)
  return tests ? item.files : item.files.filter(({ target }) => !testTargets.has(target))
}

function planFile({ item }: ResolvedItem, file: PublishedFile, input: FilesInput): PlannedFile {
  const { dir, root, importExtension, lock } = input
  const path = pathInProject(file.target, root)
  checkParents(dir, path)
  const after = installedForm(path, file.content, importExtension)
  const locked = { target: file.target, published: sha256(file.content), installed: sha256(after) }
  const present = readPresent(dir, path)
  const earlier = lock.items[item.name]?.files[path]
  const state = stateOf(present, after, locked, earlier)
  const before = typeof present === "string" ? present : undefined
  return { item: item.name, path, state, before, after, published: file.content, locked }
}

function stateOf(
  present: string | undefined | null,
  after: string,
  locked: LockedFile,
  earlier: LockedFile | undefined,
): FileState {
  if (present === undefined) return "create"
  if (present === null) return "conflict"
  if (present === after) return "unchanged"
  if (earlier !== undefined && sha256(present) === earlier.installed) return "replace"
  // What somebody made of it is theirs, and nothing newer is to be had.
  if (earlier?.published === locked.published) return "kept"
  return "conflict"
}

/** Undefined: nothing there. Null: something that is no plain file. */
function readPresent(dir: string, path: string): string | undefined | null {
  const info = lstatSync(join(dir, path), { throwIfNoEntry: false })
  if (info === undefined) return undefined
  return info.isFile() ? readFileSync(join(dir, path), "utf8") : null
}

function sharedTarget(path: string, one: string, other: string): CliError {
  return new CliError({
    code: "registry_malformed",
    message: `${one} and ${other} both want to write ${path}.`,
    hint: "Nothing was written. Tell whoever publishes the registry.",
  })
}
