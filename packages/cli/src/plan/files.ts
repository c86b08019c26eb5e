import { existsSync, lstatSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { CliError } from "../framework/error.ts"
import { installedForm } from "../project/imports.ts"
import type { ImportExtension } from "../project/typescript.ts"
import { sha256 } from "../registry/hash.ts"
import type { ResolvedItem } from "../registry/resolve.ts"
import type { PublishedFile } from "../registry/schema.ts"
import { checkPath, pathInProject } from "../registry/target.ts"
import type { Lock, LockedFile, LockedItem } from "../state/lock.ts"
import { checkParents } from "../transaction/confine.ts"

/**
 * - `create`: there is no such file.
 * - `replace`: it is there as an earlier version wrote it, and nobody has changed it.
 * - `unchanged`: it is there already.
 * - `kept`: it was changed here, and what is published is still what it was changed from.
 * - `adopted`: it came here by other means and was changed since.
 * - `conflict`: something else is in its place; only a person can decide.
 */
export type FileState = "create" | "replace" | "unchanged" | "kept" | "adopted" | "conflict"

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
  /** Set when files that came by other means are taken as they are: where they lie, by target. */
  readonly adopt?: ReadonlyMap<string, string> | undefined
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

export function filesOf({ item }: Pick<ResolvedItem, "item">, tests: boolean): PublishedFile[] {
  const testTargets = new Set(item.meta.stackdock.tests)
  return tests ? item.files : item.files.filter(({ target }) => !testTargets.has(target))
}

function planFile({ item }: ResolvedItem, file: PublishedFile, input: FilesInput): PlannedFile {
  const { dir, root, importExtension, lock, adopt } = input
  const path =
    adopt?.get(file.target) ??
    placeOf(file.target, lock.items[item.name], pathInProject(file.target, root), dir)
  checkParents(dir, path)
  const rewritten = installedForm(path, file.content, importExtension)
  const present = readPresent(dir, path)
  // Others copy files as they are published, whatever the project's imports look like.
  const after = adopt !== undefined && present === file.content ? file.content : rewritten
  const locked = { target: file.target, published: sha256(file.content), installed: sha256(after) }
  const earlier = lock.items[item.name]?.files[path]
  const decided = stateOf(present, after, locked, earlier)
  const state = adopt !== undefined && decided === "conflict" && present !== null ? "adopted" : decided
  const before = typeof present === "string" ? present : undefined
  return { item: item.name, path, state, before, after, published: file.content, locked }
}

/** Where its target says, or where the lock has it, as long as it is there. */
function placeOf(target: string, item: LockedItem | undefined, usual: string, dir: string): string {
  if (item === undefined || item.files[usual]?.target === target) return usual
  const found = Object.keys(item.files).find((path) => {
    if (item.files[path]?.target !== target) return false
    checkPath(path)
    checkParents(dir, path)
    return existsSync(join(dir, path))
  })
  return found ?? usual
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
