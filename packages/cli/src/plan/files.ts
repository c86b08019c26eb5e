import { lstatSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { CliError } from "../framework/error.ts"
import type { Project } from "../project/detect.ts"
import { Places } from "../project/places.ts"
import { sha256 } from "../registry/hash.ts"
import type { ResolvedItem } from "../registry/resolve.ts"
import type { PublishedFile } from "../registry/schema.ts"
import { checkPath } from "../registry/target.ts"
import { inspectItem } from "../state/inspect.ts"
import { type Lock, type LockedFile, lockedPaths } from "../state/lock.ts"
import { findRenamed } from "../state/renamed.ts"
import { checkParents } from "../transaction/confine.ts"

/**
 * - `create`: there is no such file.
 * - `replace`: it is there as an earlier version wrote it, and nobody has changed it.
 * - `remove`: an earlier version wrote it, nobody has changed it, and it is not published any more.
 * - `unchanged`: it is there already.
 * - `kept`: it was changed or renamed here, and what is published is still what it was changed from.
 * - `update`: it was changed or renamed here, and is another one upstream by now: that takes a merge.
 * - `adopted`: it came here by other means and was changed since.
 * - `conflict`: something else is in its place; only a person can decide.
 */
export type FileState =
  | "create"
  | "replace"
  | "remove"
  | "unchanged"
  | "kept"
  | "update"
  | "adopted"
  | "conflict"

export interface PlannedFile {
  readonly item: string
  readonly path: string
  readonly state: FileState
  readonly before: string | undefined
  readonly after: string | undefined
  /** The text as published, which updates are merged from. */
  readonly published: string
  readonly locked: LockedFile
}

export interface FilesInput {
  readonly project: Project
  readonly lock: Lock
  readonly tests: boolean
  /** Set when files that came by other means are taken as they are: where they lie, by target. */
  readonly adopt?: ReadonlyMap<string, string> | undefined
}

export function planFiles(
  items: readonly ResolvedItem[],
  { project, lock, tests, adopt }: FilesInput,
): PlannedFile[] {
  const places = new Places(project, new Map([...lockedPaths(lock), ...(adopt ?? [])]))
  const owners = new Map<string, string>()
  const planned = items.flatMap((resolved) => {
    const present = filesOf(resolved, takesTests(lock, resolved, tests)).map((file) => {
      const found = planFile(resolved, file, { project, places, lock, isAdopting: adopt !== undefined })
      // Disks that do not tell cases apart would write one over the other.
      const key = found.path.toLowerCase()
      const owner = owners.get(key)
      if (owner !== undefined) throw sharedTarget(found.path, owner, found.item)
      owners.set(key, found.item)
      return found
    })
    return [...present, ...planGone(resolved, project, lock)]
  })
  return withRenamed(planned, project, lock)
}

export function filesOf({ item }: Pick<ResolvedItem, "item">, tests: boolean): PublishedFile[] {
  const testTargets = new Set(item.meta.stackdock.tests)
  return tests ? item.files : item.files.filter(({ target }) => !testTargets.has(target))
}

/** The tests of an item that has them stay in step with it, whatever else comes without. */
export function takesTests({ items }: Lock, { item }: Pick<ResolvedItem, "item">, tests: boolean): boolean {
  const present = new Set(Object.values(items[item.name]?.files ?? {}).map(({ target }) => target))
  return tests || item.meta.stackdock.tests.some((target) => present.has(target))
}

function planFile(
  { item }: ResolvedItem,
  file: PublishedFile,
  {
    project,
    places,
    lock,
    isAdopting,
  }: { project: Project; places: Places; lock: Lock; isAdopting: boolean },
): PlannedFile {
  const path = places.pathOf(file.target)
  checkPath(path, file.target)
  checkParents(project.dir, path)
  const present = readPresent(project.dir, path)
  // Others copy files as they are published, whatever the project's imports look like.
  const isAsPublished = isAdopting && present === file.content
  const after = isAsPublished ? file.content : places.installed(file.target, file.content)
  const locked = { target: file.target, published: sha256(file.content), installed: sha256(after) }
  const earlier = lock.items[item.name]?.files[path]
  const decided = stateOf(present, after, locked, earlier)
  const state = isAdopting && decided === "conflict" && present !== null ? "adopted" : decided
  const before = typeof present === "string" ? present : undefined
  return { item: item.name, path, state, before, after, published: file.content, locked }
}

/** Files that an earlier version had, and this one has not. */
function planGone({ item }: ResolvedItem, { dir }: Project, lock: Lock): PlannedFile[] {
  const published = new Set(item.files.map(({ target }) => target))
  return inspectItem(dir, lock, item.name)
    .filter(({ locked }) => !published.has(locked.target))
    .map(({ path, locked, state, content }) => ({
      item: item.name,
      path,
      state: state === "edited" ? "update" : "remove",
      before: content?.toString("utf8"),
      after: undefined,
      published: "",
      locked,
    }))
}

/** A file that somebody moved is not missing: it would be there twice. */
function withRenamed(planned: readonly PlannedFile[], project: Project, lock: Lock): PlannedFile[] {
  const lacking = planned.filter(
    ({ item, path, state }) => state === "create" && lock.items[item]?.files[path] !== undefined,
  )
  const names = [...new Set(lacking.map(({ item }) => item))]
  const renamed = findRenamed(
    project,
    lock,
    names.flatMap((name) => inspectItem(project.dir, lock, name)),
  )
  return planned.map((file) => {
    if (!renamed.has(file.path)) return file
    const isSame = lock.items[file.item]?.files[file.path]?.published === file.locked.published
    return { ...file, state: isSame ? "kept" : "update" }
  })
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
  if (earlier === undefined) return "conflict"
  return earlier.published === locked.published ? "kept" : "update"
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
