import { readFileSync } from "node:fs"
import { join } from "node:path"
import * as z from "zod"
import { CliError } from "../framework/error.ts"
import { describeIssues } from "../registry/schema.ts"

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
  /** `bundled`, a URL, or a folder. */
  registry: z.string(),
  /** Asked for by name, not only needed by another. */
  requested: z.boolean(),
  /** Other items. */
  dependencies: z.array(z.string()),
  /** What it imports from npm. */
  packages: z.array(z.string()),
  /** By path in the project. */
  files: z.record(z.string(), lockedFile),
})

const lock = z.object({ version: z.literal(1), items: z.record(z.string(), lockedItem) })

export type LockedFile = z.infer<typeof lockedFile>
/** What was copied into the project, from where, and in which state. Committed. */
export type Lock = z.infer<typeof lock>

export function readLock(dir: string): { lock: Lock; text: string | undefined } {
  let text: string
  try {
    text = readFileSync(join(dir, LOCK_FILE), "utf8")
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return { lock: { version: 1, items: {} }, text: undefined }
    }
    throw error
  }
  let problems: readonly string[]
  try {
    const parsed = lock.safeParse(JSON.parse(text))
    if (parsed.success) return { lock: parsed.data, text }
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

/** Sorted, so that two branches that add different docks merge without a conflict more often than not. */
export function writeLock({ version, items }: Lock): string {
  const sorted = Object.fromEntries(
    Object.entries(items)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => [name, { ...item, files: sortKeys(item.files) }]),
  )
  return `${JSON.stringify({ version, items: sorted }, null, 2)}\n`
}

function sortKeys<Value>(record: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
}
