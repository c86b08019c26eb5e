import { existsSync, lstatSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { CliError } from "../framework/error.ts"
import { type Merged, mergeFile } from "../merge/merge-file.ts"
import type { Project } from "../project/detect.ts"
import type { Formatter } from "../project/formatter.ts"
import { isSameButForLayout } from "../project/layout.ts"
import type { Places } from "../project/places.ts"
import { sha256 } from "../registry/hash.ts"
import { checkPath } from "../registry/target.ts"
import type { NewConflict } from "../state/conflicts.ts"
import type { LocalState } from "../state/inspect.ts"
import type { LockedFile } from "../state/lock.ts"
import type { Change } from "../transaction/change.ts"
import { checkParents } from "../transaction/confine.ts"

/**
 * - `unchanged`: upstream has nothing new in it.
 * - `updated`: it was as installed, and is as published now.
 * - `merged`: your edits and upstream's.
 * - `conflict`: both changed the same lines; it has markers until `resolve`.
 * - `added`: new upstream.
 * - `removed`: gone upstream, and not edited here.
 * - `left`: gone upstream, but edited here: it is yours now.
 * - `deleted`: you deleted it, and it stays so.
 */
export type UpdateState =
  | "unchanged"
  | "updated"
  | "merged"
  | "conflict"
  | "added"
  | "removed"
  | "left"
  | "deleted"

export interface UpdatedFile {
  readonly item: string
  readonly path: string
  /** Where it was, when it moves. */
  readonly from?: string
  readonly state: UpdateState
  readonly conflicts: number
  readonly changes: readonly Change<string>[]
  /** What the lock says of it from now on, and the text that the next update merges from; nothing when it is let go. */
  readonly kept?: { readonly locked: LockedFile; readonly published: string }
  readonly conflict?: NewConflict
}

/** A file as the last add or update left it, and where it is now. */
export interface Installed {
  readonly target: string
  readonly path: string
  readonly state: LocalState
  readonly text: string | undefined
  /** As it was published; undefined when that was not kept. */
  readonly base: string | undefined
}

export interface FileUpdate {
  readonly project: Project
  readonly item: { readonly name: string; readonly version: string }
  /** Where files were, and where they will be. */
  readonly places: { readonly before: Places; readonly after: Places }
  readonly formatters: readonly Formatter[]
  readonly prefer: "mine" | "theirs" | undefined
}

/** A published file, by where it will be. */
interface Coming {
  readonly target: string
  readonly path: string
  readonly published: string
  readonly text: string
}

function coming(target: string, published: string, { project, places }: FileUpdate): Coming {
  const path = places.after.pathOf(target)
  checkPath(path)
  checkParents(project.dir, path)
  return { target, path, published, text: places.after.installed(target, published) }
}

/** A file of the item, and what became of it upstream: usually one file, none where it was removed. */
export async function updateFile(
  file: Installed,
  published: readonly { target: string; content: string }[],
  update: FileUpdate,
): Promise<UpdatedFile[]> {
  const { item } = update
  const next = published.map(({ target, content }) => coming(target, content, update))
  const isSame = next.length === 1 && next[0]?.path === file.path && next[0]?.published === file.base
  const plain = { item: item.name, conflicts: 0 }

  if (file.state === "missing" || file.text === undefined) {
    return next.map((to) => ({ ...plain, path: to.path, state: "deleted", changes: [], kept: keptAs(to) }))
  }
  const before = file.text
  const gone: Change<string> = { path: file.path, before, after: undefined }
  if (next.length === 0) {
    const isUntouched = file.state !== "edited"
    return [
      {
        ...plain,
        path: file.path,
        state: isUntouched ? "removed" : "left",
        changes: isUntouched ? [gone] : [],
      },
    ]
  }
  const merged: Merged =
    file.state === "clean"
      ? { from: "theirs", files: next.map(({ text }) => ({ text, conflicts: 0 })) }
      : isSame
        ? { from: "yours", files: [{ text: before, conflicts: 0 }] }
        : await mergeInto(file, before, next, update)
  const results = next.map((to, index): UpdatedFile => {
    const { text = before, conflicts = 0 } = merged.files[index] ?? {}
    const isInPlace = to.path === file.path
    const present = isInPlace ? before : readPresent(update.project.dir, to.path)
    if (!isInPlace && present !== undefined && present !== text) throw inTheWay(to.path, item.name)
    const state = conflicts > 0 ? "conflict" : merged.from === "both" ? "merged" : "updated"
    const isChanged = present !== text || !isInPlace
    return {
      ...plain,
      path: to.path,
      ...(isInPlace ? {} : { from: file.path }),
      state: isChanged ? state : "unchanged",
      conflicts,
      changes: [{ path: to.path, before: present, after: text }],
      kept: keptAs(to),
      ...(conflicts > 0 ? { conflict: conflictOf(to, before, file, update) } : {}),
    }
  })
  const stays = next.some(({ path }) => path === file.path)
  const [first, ...others] = results
  return first && !stays ? [{ ...first, changes: [gone, ...first.changes] }, ...others] : results
}

/** A file that is new upstream. What is in its place already is merged with it, from nothing. */
export async function addFile(
  published: { target: string; content: string },
  update: FileUpdate,
): Promise<UpdatedFile> {
  const { item, project } = update
  const to = coming(published.target, published.content, update)
  const plain = { item: item.name, path: to.path, conflicts: 0, kept: keptAs(to) }
  const present = readPresent(project.dir, to.path)
  if (present !== undefined && isSameButForLayout(to.path, present, to.text)) {
    return { ...plain, state: "unchanged", changes: [] }
  }
  if (present === undefined) {
    return { ...plain, state: "added", changes: [{ path: to.path, before: undefined, after: to.text }] }
  }
  const file = { target: to.target, path: to.path, state: "edited", text: present, base: undefined } as const
  const { files } = await mergeInto(file, present, [to], update)
  const { text = present, conflicts = 0 } = files[0] ?? {}
  return {
    ...plain,
    state: conflicts > 0 ? "conflict" : "merged",
    conflicts,
    changes: [{ path: to.path, before: present, after: text }],
    ...(conflicts > 0 ? { conflict: conflictOf(to, present, file, update) } : {}),
  }
}

function mergeInto(
  file: Installed,
  yours: string,
  next: readonly Coming[],
  { project, item, places, formatters, prefer }: FileUpdate,
): Promise<Merged> {
  return mergeFile({
    path: file.path,
    base: file.base === undefined ? "" : places.before.installed(file.target, file.base),
    yours,
    theirs: next,
    importExtension: project.importExtension,
    formatters,
    labels: { yours: "yours", theirs: `${item.name} ${item.version}` },
    prefer,
  })
}

function keptAs({ target, published, text }: Coming): NonNullable<UpdatedFile["kept"]> {
  const locked = { target, published: sha256(published), installed: sha256(text) }
  return { locked, published }
}

function conflictOf(
  to: Coming,
  mine: string,
  { target, base }: Installed,
  { item, places }: FileUpdate,
): NewConflict {
  const installed = base === undefined ? "" : places.before.installed(target, base)
  const sides = { mine, theirs: to.text, base: installed }
  return { path: to.path, item: item.name, version: item.version, sides }
}

function readPresent(dir: string, path: string): string | undefined {
  if (!existsSync(join(dir, path))) return undefined
  if (lstatSync(join(dir, path)).isFile()) return readFileSync(join(dir, path), "utf8")
  throw inTheWay(path, "")
}

function inTheWay(path: string, item: string): CliError {
  return new CliError({
    code: "conflict",
    message: `${item === "" ? "A file" : `A file of ${item}`} goes to ${path} now, and something else is there.`,
    hint: "Nothing was written. Move, rename or delete it, then run the command again.",
    exitCode: 3,
    details: { conflicts: [path] },
  })
}
