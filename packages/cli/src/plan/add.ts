import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { CliError } from "../framework/error.ts"
import type { Project } from "../project/detect.ts"
import { addDock } from "../project/docks-list.ts"
import { editPackageJson, type PackagePlan } from "../project/packages.ts"
import { sha256 } from "../registry/hash.ts"
import type { Reference } from "../registry/location.ts"
import { type IsOwn, type ResolvedItem, resolveItems } from "../registry/resolve.ts"
import { type Registries, readItem } from "../registry/source.ts"
import { type BaseTexts, baseChange, readBase } from "../state/base.ts"
import { LOCK_FILE, type Lock, type LockedFile, type LockedItem, readLock, writeLock } from "../state/lock.ts"
import { type Change, isReal } from "../transaction/change.ts"
import { type CodeFacts, codeFacts } from "./code-facts.ts"
import { componentHints, refuseUnprepared } from "./expects.ts"
import { type FileState, filesOf, type PlannedFile, planFiles, takesTests } from "./files.ts"
import { ownComponents } from "./own-components.ts"
import { type NeededPackages, neededPackages, planPackages } from "./packages.ts"
import { refuseBroken } from "./ranges.ts"
import { planSetupChanges, setupItems } from "./setup.ts"

export interface AddPlan {
  readonly project: Project
  /** The items that were asked for; the others come along. */
  readonly names: readonly string[]
  readonly items: readonly ResolvedItem[]
  readonly files: readonly PlannedFile[]
  readonly needed: NeededPackages
  /** What package.json lacks of it. */
  readonly packages: PackagePlan
  /** What the code was found to reach for. */
  readonly code: CodeFacts
  readonly hints: readonly string[]
  /** Everything that will happen to files. */
  readonly changes: readonly Change[]
}

export interface AddRequest {
  readonly project: Project
  readonly wanted: readonly Reference[]
  readonly registries: Registries
  /** Also the files that only tests need. */
  readonly tests: boolean
  /** Take files that are there already as they are: where they lie, by target. */
  readonly adopt?: ReadonlyMap<string, string>
}

export async function planAdd({ project, wanted, registries, tests, adopt }: AddRequest): Promise<AddPlan> {
  const setup = await planSetupChanges(project)
  const needs = setup.source.length > 0 ? setupItems(project) : []
  const { dir } = project
  const { lock, text: lockText } = readLock(dir)
  const resolved = await resolveWithSetup(wanted, registries, { needs, isOwn: ownComponents(project, lock) })
  // An item that is all tests has nothing to give when tests are left out, and needs no packages.
  const items = reached(resolved.filter((item) => filesOf(item, takesTests(lock, item, tests)).length > 0))
  refuseOtherOrigins(items, lock)
  refuseUnprepared(project, items)
  const files = planFiles(items, { project, lock, tests, adopt })
  refuseConflicts(files)

  const needed = neededPackages(
    items.map((resolved) => ({ item: resolved.item, tests: takesTests(lock, resolved, tests) })),
  )
  const packages = await planPackages(project, needed)
  const providers = items.flatMap(({ item }) => item.meta.stackdock.provider ?? [])
  const source = providers.length > 0 ? await withDocks(project, setup.source, providers) : []
  const next = withItems(lock, items, files, tests)
  refuseBroken(lock, next)
  const changes = [
    ...files.filter(({ state }) => state === "create" || state === "replace" || state === "remove"),
    ...setup.configuration,
    ...source,
    packageJsonChange(dir, packages),
    ...items.map(({ item: { name } }) => baseChange(dir, name, baseOf(name, next, { dir, files }))),
    { path: LOCK_FILE, before: lockText, after: writeLock(next) },
  ].filter(isReal)
  const names = wanted.map(({ name }) => name)
  return {
    project,
    names,
    items,
    files,
    code: codeFacts(items),
    needed,
    packages,
    hints: [...setup.hints, ...componentHints(project, items)],
    changes,
  }
}

/** The first dock brings what the project's own `stackdock.ts` leans on, and that stays when the dock goes. */
async function resolveWithSetup(
  wanted: readonly Reference[],
  registries: Registries,
  { needs, isOwn }: { needs: readonly string[]; isOwn: IsOwn },
): Promise<ResolvedItem[]> {
  const items = await resolveItems(wanted, registries, isOwn)
  const hasDock = items.some(({ item }) => item.meta.stackdock.kind === "dock")
  if (needs.length === 0 || !hasDock) return items
  // The engine fits the core that the docks lean on, so it comes from where that comes from.
  const home = items.find(({ item }) => item.name === "core")?.registry.name ?? "bundled"
  const setup = needs.map(async (name): Promise<Reference> => {
    const has = await readItem(await registries.at(home), name)
    return { origin: has ? home : "bundled", name, version: undefined }
  })
  const missing = (await Promise.all(setup)).filter(({ name }) => !wanted.some((one) => one.name === name))
  return resolveItems([...wanted, ...missing], registries, isOwn)
}

/** What only an item that stays out needs stays out with it. */
function reached(items: readonly ResolvedItem[]): ResolvedItem[] {
  const found = new Set(items.filter(({ requested }) => requested))
  for (const { dependencies } of found) {
    for (const needed of items) if (dependencies.includes(needed.item.name)) found.add(needed)
  }
  return items.filter((item) => found.has(item))
}

/** An item stays with the registry that it came from, unless another has the very same files. */
function refuseOtherOrigins(items: readonly ResolvedItem[], { items: locked }: Lock): void {
  for (const { item, registry } of items) {
    const earlier = Object.hasOwn(locked, item.name) ? locked[item.name] : undefined
    if (earlier === undefined || earlier.registry === registry.name) continue
    const published = new Map(Object.values(earlier.files).map((file) => [file.target, file.published]))
    const isSame = item.files.every(({ target, content }) => {
      const hash = published.get(target)
      return hash === undefined ? item.meta.stackdock.tests.includes(target) : hash === sha256(content)
    })
    if (isSame) continue
    throw new CliError({
      code: "other_origin",
      message: `${item.name} came from ${earlier.registry}, and what ${registry.name} has under that name is something else.`,
      hint: `Nothing was written. To change over: npx stackdock remove ${item.name}, then add it from there.`,
      exitCode: 3,
      details: { item: item.name, origins: [earlier.registry, registry.name] },
    })
  }
}

function refuseConflicts(files: readonly PlannedFile[]): void {
  const inState = (wanted: FileState) => files.filter(({ state }) => state === wanted)
  const [newer, conflicts] = [inState("update"), inState("conflict").map(({ path }) => path)]
  if (conflicts.length > 0) {
    const [exist, differ] =
      conflicts.length === 1 ? ["This file exists", "differs"] : ["These files exist", "differ"]
    throw conflict(
      `${exist} and ${differ} from what would be written:`,
      conflicts,
      "Move, rename or delete them, then run the command again.",
    )
  }
  if (newer.length > 0) {
    const items = [...new Set(newer.map(({ item }) => item))].join(" ")
    throw conflict(
      `${newer.length === 1 ? "This file was" : "These files were"} changed here, and upstream, too:`,
      newer.map(({ path }) => path),
      `\`npx stackdock update ${items}\` merges the two; then run the command again.`,
    )
  }
}

function conflict(message: string, paths: readonly string[], hint: string): CliError {
  return new CliError({
    code: "conflict",
    message: message + paths.map((path) => `\n    ${path}`).join(""),
    hint: `Nothing was written. ${hint}`,
    exitCode: 3,
    details: { conflicts: paths },
  })
}

/** The project's source files, with the docks in their list. */
export async function withDocks(
  project: Project,
  source: readonly Change<string>[],
  providers: readonly string[],
): Promise<Change[]> {
  const path = `${project.root}/docks/index.ts`
  const present = existsSync(join(project.dir, path))
  const before = present ? readFileSync(join(project.dir, path), "utf8") : undefined
  let after = before ?? source.find((change) => change.path === path)?.after ?? ""
  for (const provider of providers) after = await addDock(after, provider, project)
  return [...source.filter((change) => change.path !== path), { path, before, after }]
}

export function packageJsonChange(dir: string, packages: PackagePlan): Change {
  const before = readFileSync(join(dir, "package.json"), "utf8")
  const { dependencies, devDependencies } = packages
  const isNeeded = Object.keys(dependencies).length + Object.keys(devDependencies).length > 0
  return {
    path: "package.json",
    before,
    after: isNeeded ? editPackageJson(before, { dependencies, devDependencies }) : before,
  }
}

/** Of every file that the lock holds: as published now, or for one that is not planned this time, as it was kept. */
function baseOf(
  name: string,
  { items }: Lock,
  { dir, files }: { dir: string; files: readonly PlannedFile[] },
): BaseTexts {
  const earlier = readBase(dir, name)
  const texts = new Map<string, string>()
  for (const [path, { target, published }] of Object.entries(items[name]?.files ?? {})) {
    const planned = files.find((file) => file.item === name && file.path === path)
    const text = planned?.locked.published === published ? planned.published : earlier?.get(target)
    if (text !== undefined) texts.set(target, text)
  }
  return texts
}

function withItems(
  lock: Lock,
  items: readonly ResolvedItem[],
  files: readonly PlannedFile[],
  tests: boolean,
): Lock {
  const next: Record<string, LockedItem> = { ...lock.items }
  const present = new Set([...Object.keys(lock.items), ...items.map(({ item }) => item.name)])
  for (const { item, registry, dependencies, requested } of items) {
    const earlier = next[item.name]
    const locked: Record<string, LockedFile> = { ...earlier?.files }
    for (const file of files.filter((one) => one.item === item.name)) {
      if (file.state === "remove") delete locked[file.path]
      else if (file.state !== "kept") locked[file.path] = file.locked
    }
    const packages = neededPackages([{ item, tests: takesTests(lock, { item }, tests) }])
    const { provider, version, needs } = item.meta.stackdock
    next[item.name] = {
      ...(provider === undefined ? {} : { provider }),
      version,
      registry: earlier?.registry ?? registry.name,
      requested: requested || (earlier?.requested ?? false),
      dependencies: dependencies.filter((needed) => present.has(needed)),
      ...(needs === undefined ? {} : { needs }),
      packages: Object.keys({ ...packages.dependencies, ...packages.devDependencies }),
      files: locked,
    }
  }
  return { items: next }
}
