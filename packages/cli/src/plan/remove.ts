import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { CliError } from "../framework/error.ts"
import type { Project } from "../project/detect.ts"
import { removeDock } from "../project/docks-list.ts"
import { dependsOn } from "../project/manifest.ts"
import { baseChange } from "../state/base.ts"
import { inspectItem } from "../state/inspect.ts"
import { checkInstalled, LOCK_FILE, type Lock, reach, readLock, writeLock } from "../state/lock.ts"
import { findRenamed } from "../state/renamed.ts"
import type { Change } from "../transaction/change.ts"

export interface RemovePlan {
  /** The named items and what only they needed. */
  readonly items: readonly string[]
  readonly removed: readonly string[]
  /** Files somebody changed, which stay. */
  readonly kept: readonly string[]
  /** In package.json still, and needed by no copied code any more. The project's own code may need them. */
  readonly packages: readonly string[]
  readonly changes: readonly Change[]
}

export async function planRemove(
  project: Project,
  names: readonly string[],
  deleteEdited: boolean,
): Promise<RemovePlan> {
  const { lock, text } = readLock(project.dir)
  const gone = itemsToRemove(lock, names)
  const removals: Change[] = []
  const kept: string[] = []
  const files = gone.flatMap((name) => inspectItem(project.dir, lock, name))
  for (const { path, state, content } of files) {
    if (content === undefined) continue
    if (state === "edited" && !deleteEdited) kept.push(path)
    else removals.push({ path, before: content, after: undefined })
  }
  // Known only by what they say, which is not enough to delete them.
  for (const { path } of findRenamed(project, lock, files).values()) kept.push(path)
  const items = Object.fromEntries(Object.entries(lock.items).filter(([name]) => !gone.includes(name)))
  const providers = gone.flatMap((name) => lock.items[name]?.provider ?? [])
  return {
    items: gone,
    removed: removals.map(({ path }) => path),
    kept,
    packages: unneededPackages(project, lock, gone),
    changes: [
      ...removals,
      ...gone.map((name) => baseChange(project.dir, name, undefined)),
      ...(await withoutDocks(project, providers)),
      { path: LOCK_FILE, before: text, after: writeLock({ items }) },
    ],
  }
}

/** The named items and those that nothing else that was asked for leads to. */
function itemsToRemove(lock: Lock, names: readonly string[]): string[] {
  checkInstalled(lock, names)
  const roots = Object.keys(lock.items).filter((name) => lock.items[name]?.requested && !names.includes(name))
  const needed = reach(lock, roots)
  for (const name of names) {
    if (!needed.has(name)) continue
    const users = [...needed].filter((other) => lock.items[other]?.dependencies.includes(name))
    throw new CliError({
      code: "still_needed",
      message: `${name} is needed by ${users.join(", ")}.`,
      hint: "Nothing was removed. Remove what needs it first.",
      exitCode: 3,
      details: { item: name, neededBy: users },
    })
  }
  return [...reach(lock, names)].filter((name) => !needed.has(name))
}

function unneededPackages({ manifest }: Project, lock: Lock, gone: readonly string[]): string[] {
  const needed = (names: readonly string[]) =>
    new Set(names.flatMap((name) => lock.items[name]?.packages ?? []))
  const stillNeeded = needed(Object.keys(lock.items).filter((name) => !gone.includes(name)))
  return [...needed(gone)].filter((name) => !stillNeeded.has(name) && dependsOn(manifest, name)).sort()
}

async function withoutDocks(project: Project, providers: readonly string[]): Promise<Change[]> {
  const path = `${project.root}/docks/index.ts`
  if (providers.length === 0 || !existsSync(join(project.dir, path))) return []
  const before = readFileSync(join(project.dir, path), "utf8")
  let after = before
  for (const provider of providers) after = await removeDock(after, provider, project)
  return [{ path, before, after }]
}
