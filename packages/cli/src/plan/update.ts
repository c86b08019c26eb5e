import { lstatSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { CliError } from "../framework/error.ts"
import type { Project } from "../project/detect.ts"
import { findFormatters } from "../project/formatter.ts"
import type { PackagePlan } from "../project/packages.ts"
import { Places } from "../project/places.ts"
import type { PublishedItem } from "../registry/schema.ts"
import { type Registries, readItem } from "../registry/source.ts"
import { baseChange } from "../state/base.ts"
import { openConflicts, readConflicts } from "../state/conflicts.ts"
import { inspectItem } from "../state/inspect.ts"
import { checkInstalled, LOCK_FILE, type Lock, type LockedItem, readLock, writeLock } from "../state/lock.ts"
import { findMoved } from "../state/moved.ts"
import { type Change, isReal } from "../transaction/change.ts"
import { packageJsonChange, withDocks } from "./add.ts"
import { filesOf, takesTests } from "./files.ts"
import { ownComponents } from "./own-components.ts"
import { type NeededPackages, neededPackages, planPackages } from "./packages.ts"
import { refuseBroken } from "./ranges.ts"
import { followRenames } from "./renames.ts"
import { addFile, type FileUpdate, type Installed, type UpdatedFile, updateFile } from "./update-files.ts"
import { type Chosen, chooseItems, type ItemUpdate } from "./update-items.ts"

export interface UpdatePlan {
  readonly project: Project
  readonly items: readonly { readonly name: string; readonly from: string | null; readonly to: string }[]
  readonly skipped: Chosen["skipped"]
  readonly files: readonly UpdatedFile[]
  readonly needed: NeededPackages
  readonly packages: PackagePlan
  /** What is installed when it is done. */
  readonly lock: Lock
  /** Everything that will happen to files. */
  readonly changes: readonly Change[]
}

export interface UpdateRequest {
  readonly project: Project
  readonly registries: Registries
  /** None: everything. */
  readonly names: readonly string[]
  /** Whose lines are taken where both sides changed the same ones. */
  readonly prefer: "mine" | "theirs" | undefined
}

export async function planUpdate({ project, names, registries, prefer }: UpdateRequest): Promise<UpdatePlan> {
  const { dir } = project
  refuseUnfinished(dir)
  const { lock, text } = readLock(dir)
  checkInstalled(lock, names)
  const chosen = await chooseItems(lock, names, registries, ownComponents(project, lock))
  // New items bring their tests where tests came along before.
  const tests = chosen.updates.some((update) => takesTests(lock, update, false))
  const steps = await stepsOf(project, lock, chosen, tests)
  const files = await updateFiles(project, steps, lock, prefer)
  refuseSharedPlaces(files)

  const next = withUpdates(lock, steps, files)
  refuseBroken(lock, next)
  const needed = neededPackages(steps.map(withTests))
  const packages = await planPackages(project, needed)
  const providers = chosen.added.flatMap(({ item }) => item.meta.stackdock.provider ?? [])
  const changes = [
    ...files.flatMap((file) => file.changes),
    ...(providers.length > 0 ? await withDocks(project, [], providers) : []),
    packageJsonChange(dir, packages),
    ...steps.map(({ update: { name } }) => baseChange(dir, name, textsOf(name, files))),
    ...openConflicts(
      dir,
      files.flatMap(({ conflict }) => conflict ?? []),
    ),
    { path: LOCK_FILE, before: text, after: writeLock(next) },
  ].filter(isReal)
  const items = steps
    .filter(({ update: { name }, from }) => from !== next.items[name]?.version || isTouched(name, files))
    .map(({ update: { name }, from }) => ({ name, from, to: next.items[name]?.version ?? "" }))
  return { project, items, skipped: chosen.skipped, files, needed, packages, lock: next, changes }
}

/** One item, what there is of it, and what it becomes. */
interface Step {
  readonly update: ItemUpdate
  /** The installed version; null for an item that comes new. */
  readonly from: string | null
  readonly installed: readonly Installed[]
  readonly published: readonly { target: string; content: string }[]
  /** By target: what became of each installed file upstream. */
  readonly followed: ReadonlyMap<string, readonly string[]>
}

async function stepsOf(
  { dir }: Project,
  lock: Lock,
  { updates, added }: Chosen,
  tests: boolean,
): Promise<Step[]> {
  const known = await Promise.all(
    updates.map(async (update): Promise<Step> => {
      const locked = lock.items[update.name]
      const installed = await installedFiles(dir, lock, update)
      const published = filesOf(update, takesTests(lock, update, false))
      const earlier = new Map(installed.map(({ target, base = "" }) => [target, base]))
      const followed = followRenames(earlier, published, update.item.meta.stackdock.renames)
      return { update, from: locked?.version ?? "", installed, published, followed }
    }),
  )
  const fresh = added
    .filter((resolved) => filesOf(resolved, tests).length > 0)
    .map((resolved): Step => {
      const update = { ...resolved, name: resolved.item.name }
      const published = filesOf(resolved, tests)
      return { update, from: null, installed: [], published, followed: new Map() }
    })
  return [...known, ...fresh]
}

async function installedFiles(dir: string, lock: Lock, { name, registry }: ItemUpdate): Promise<Installed[]> {
  const files = inspectItem(dir, lock, name)
  const lacking = files.filter(({ state, base }) => state === "edited" && base() === undefined)
  // Nothing was kept to merge from; the registry may still have it.
  const old = lacking.length > 0 ? await readItem(registry, name, lock.items[name]?.version) : undefined
  const published = new Map(old?.files.map(({ target, content }) => [target, content]))
  const missing = files.flatMap(({ path, state, base }) => {
    const text = state === "missing" ? base() : undefined
    return text === undefined ? [] : [{ name: path, text }]
  })
  const moved = findMoved(dir, lock, missing)
  return files.map(({ path, locked: { target }, state, content, base }) => {
    const place = moved.get(path)
    const kept = base() ?? published.get(target)
    if (place === undefined) return { target, path, state, text: content?.toString("utf8"), base: kept }
    return { target, path: place, state: "edited", text: readText(dir, place), base: kept }
  })
}

function readText(dir: string, path: string): string | undefined {
  return lstatSync(join(dir, path)).isFile() ? readFileSync(join(dir, path), "utf8") : undefined
}

async function updateFiles(
  project: Project,
  steps: readonly Step[],
  { items }: Lock,
  prefer: UpdateRequest["prefer"],
): Promise<UpdatedFile[]> {
  const { dir } = project
  const before = new Map(
    Object.values(items).flatMap(({ files }) =>
      Object.entries(files).map(([path, { target }]) => [target, path]),
    ),
  )
  for (const { installed } of steps) for (const { target, path } of installed) before.set(target, path)
  const after = new Map(before)
  for (const { followed } of steps) {
    for (const [target, next] of followed) {
      const place = before.get(target)
      after.delete(target)
      // Who moved a file wants it where it is, whatever it is called upstream.
      const isMoved = place !== undefined && place !== new Places(project, new Map()).pathOf(target)
      for (const [index, to] of next.entries())
        if (place !== undefined && (to === target || (isMoved && index === 0))) after.set(to, place)
    }
  }
  const places = {
    before: new Places(project, before),
    after: new Places(project, after),
  }
  const formatters = findFormatters(dir)
  const results = steps.map(async ({ update, installed, published, followed }) => {
    const version = update.item.meta.stackdock.version
    const context: FileUpdate = { project, item: { name: update.name, version }, places, formatters, prefer }
    const contents = new Map(published.map((file) => [file.target, file]))
    const old = installed.map((file) => {
      const next = (followed.get(file.target) ?? []).flatMap((target) => contents.get(target) ?? [])
      return updateFile(file, next, context)
    })
    const expected = new Set([...followed.values()].flat())
    const fresh = published
      .filter(({ target }) => !expected.has(target))
      .map((file) => addFile(file, context))
    return [...(await Promise.all(old)).flat(), ...(await Promise.all(fresh))]
  })
  return (await Promise.all(results)).flat()
}

function withUpdates(lock: Lock, steps: readonly Step[], files: readonly UpdatedFile[]): Lock {
  const items: Record<string, LockedItem> = { ...lock.items }
  const present = new Set([...Object.keys(items), ...steps.map(({ update }) => update.name)])
  for (const step of steps) {
    const { update } = step
    const { name, item, registry, dependencies } = update
    const { provider, version, needs } = item.meta.stackdock
    const packages = neededPackages([withTests(step)])
    items[name] = {
      ...(provider === undefined ? {} : { provider }),
      version,
      registry: items[name]?.registry ?? registry.name,
      requested: items[name]?.requested ?? false,
      dependencies: dependencies.filter((needed) => present.has(needed)),
      ...(needs === undefined ? {} : { needs }),
      packages: Object.keys({ ...packages.dependencies, ...packages.devDependencies }),
      files: Object.fromEntries(
        files.flatMap(({ item: of, path, kept }) => (of === name && kept ? [[path, kept.locked]] : [])),
      ),
    }
  }
  return { items }
}

function withTests({ update: { item }, published }: Step): { item: PublishedItem; tests: boolean } {
  return { item, tests: published.length === item.files.length }
}

function textsOf(name: string, files: readonly UpdatedFile[]): Map<string, string> {
  return new Map(
    files.flatMap(({ item, kept }) => (item === name && kept ? [[kept.locked.target, kept.published]] : [])),
  )
}

function isTouched(name: string, files: readonly UpdatedFile[]): boolean {
  return files.some(({ item, changes }) => item === name && changes.some(isReal))
}

function refuseSharedPlaces(files: readonly UpdatedFile[]): void {
  const owners = new Map<string, string>()
  for (const { item, path } of files) {
    const owner = owners.get(path.toLowerCase())
    if (owner !== undefined) {
      throw new CliError({
        code: "registry_malformed",
        message: `${owner} and ${item} both want to write ${path}.`,
        hint: "Nothing was written. Tell whoever publishes the registry.",
      })
    }
    owners.set(path.toLowerCase(), item)
  }
}

function refuseUnfinished(dir: string): void {
  const unfinished = readConflicts(dir)
  if (unfinished.length === 0) return
  throw new CliError({
    code: "unfinished",
    message: `The last update left ${unfinished.length === 1 ? "a conflict" : `${unfinished.length} conflicts`} to decide.`,
    hint: "Nothing was written. `npx stackdock resolve` shows what is left; `npx stackdock undo` takes the update back.",
    exitCode: 3,
    details: { conflicts: unfinished.map(({ path }) => path) },
  })
}
