import { readFileSync } from "node:fs"
import { join } from "node:path"
import * as z from "zod"
import { CliError } from "../framework/error.ts"
import { didYouMean } from "../framework/nearest.ts"
import { describeIssues, itemName } from "../registry/schema.ts"

export const LOCK_FILE = "stackdock.lock"

const lockedFile = z.object({
  /** Where the registry puts it, so that an update finds it again. */
  target: z.string(),
  /** SHA-256 of the file as published. */
  published: z.string(),
  /** SHA-256 of the file as written here, its imports in the project's form. */
  installed: z.string(),
})

const lockedItem = z.object({
  /** Of a dock: its folder and its name in the list. */
  provider: z.string().optional(),
  version: z.string(),
  /** Its origin: `bundled`, the `@name` of a registry, a URL, or a folder. */
  registry: z.string(),
  /** Asked for by name, not only needed by another. */
  requested: z.boolean(),
  /** The items of this lock that it leans on. */
  dependencies: z.array(z.string()),
  /** Which versions of shared items it works with. */
  needs: z.record(z.string(), z.string()).optional(),
  /** What it imports from npm. */
  packages: z.array(z.string()),
  /** By path in the project. */
  files: z.record(z.string(), lockedFile),
})

/** Version 1 had no `requiredBy` and no base beside it. */
const lock = z.object({ version: z.literal([1, 2]), items: z.record(itemName, lockedItem) })

export type LockedFile = z.infer<typeof lockedFile>
export type LockedItem = z.infer<typeof lockedItem>
/** What was copied into the project, from where, and in which state. Committed. */
export interface Lock {
  readonly items: Readonly<Record<string, LockedItem>>
}

export function readLock(dir: string): { lock: Lock; text: string | undefined } {
  let text: string
  try {
    text = readFileSync(join(dir, LOCK_FILE), "utf8")
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return { lock: { items: {} }, text: undefined }
    }
    throw error
  }
  let problems: readonly string[]
  try {
    const parsed = lock.safeParse(JSON.parse(text))
    if (parsed.success) return { lock: { items: parsed.data.items }, text }
    problems = describeIssues(parsed.error)
  } catch {
    problems = /^[<>=]{7}/m.test(text) ? ["it has conflict marks of a git merge"] : ["it is not JSON"]
  }
  throw new CliError({
    code: "bad_lock",
    message: `${join(dir, LOCK_FILE)} cannot be read: ${problems.join("; ")}.`,
    hint: `git checkout -- ${LOCK_FILE}`,
  })
}

/** Throws when one of these was never added. */
export function checkInstalled({ items }: Lock, names: readonly string[]): void {
  const unknown = names.find((name) => !Object.hasOwn(items, name))
  if (unknown === undefined) return
  throw new CliError({
    code: "not_installed",
    message: `"${unknown}" was not added to this project.`,
    hint: didYouMean(unknown, Object.keys(items)) ?? "`npx stackdock list` marks what was added.",
    exitCode: 2,
    details: { item: unknown },
  })
}

/** Sorted, so that two branches that add different docks merge without a conflict more often than not. */
export function writeLock({ items }: Lock): string {
  const written = Object.entries(sortKeys(items)).map(([name, { files, packages, ...item }]) => [
    name,
    { ...item, requiredBy: requiredBy(items, name), packages: [...packages].sort(), files: sortKeys(files) },
  ])
  return `${JSON.stringify({ version: 2, items: Object.fromEntries(written) }, null, 2)}\n`
}

/** The items that lean on this one. Written for whoever reads the file; read back it is not. */
export function requiredBy(items: Lock["items"], name: string): string[] {
  return Object.keys(items)
    .filter((other) => items[other]?.dependencies.includes(name))
    .sort()
}

/** Where each file lies, by target. */
export function lockedPaths({ items }: Lock): Map<string, string> {
  const files = Object.values(items).flatMap((item) => Object.entries(item.files))
  return new Map(files.map(([path, { target }]) => [target, path]))
}

/** The named items and all that they lean on. */
export function reach({ items }: Lock, names: readonly string[]): Set<string> {
  const found = new Set<string>()
  const pending = [...names]
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const item = Object.hasOwn(items, name) ? items[name] : undefined
    if (item === undefined || found.has(name)) continue
    found.add(name)
    pending.push(...item.dependencies)
  }
  return found
}

/** Items that nothing leads to which was asked for by name. */
export function leftBehind(lock: Lock): string[] {
  const needed = reach(
    lock,
    Object.keys(lock.items).filter((name) => lock.items[name]?.requested),
  )
  return Object.keys(lock.items).filter((name) => !needed.has(name))
}

function sortKeys<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
}
