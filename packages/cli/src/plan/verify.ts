import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { CliError } from "../framework/error.ts"
import type { Project } from "../project/detect.ts"
import { Places } from "../project/places.ts"
import { sha256 } from "../registry/hash.ts"
import type { Registries } from "../registry/source.ts"
import { BASE_FOLDER, type BaseTexts, basePath, readBase } from "../state/base.ts"
import { type Lock, type LockedFile, type LockedItem, lockedPaths } from "../state/lock.ts"
import { askOrigins, type Upstream } from "./upstream.ts"

/** Something that is not as stackdock left it, or not what the registry published. */
export interface Mismatch {
  readonly item: string
  /** In the project; null when it is about the item as a whole. */
  readonly path: string | null
  readonly message: string
  /** What to do. */
  readonly fix: string
}

export interface Verification {
  readonly items: number
  readonly files: number
  readonly mismatches: readonly Mismatch[]
  /** Whose origin does not tell what it once published. */
  readonly unchecked: readonly { item: string; registry: string; reason: string }[]
}

/**
 * The kept texts must be those whose hashes the lock holds; what was installed must follow from them; and the registry
 * must publish the same for that version. Edits of the files themselves are nobody's business here.
 */
export async function verify(project: Project, lock: Lock, registries: Registries): Promise<Verification> {
  const { dir } = project
  const names = Object.keys(lock.items).sort()
  const origins = await askOrigins(lock, names, registries, "installed")
  const mismatches: Mismatch[] = [...leftovers(dir, lock)]
  const unchecked: { item: string; registry: string; reason: string }[] = []
  const forms = formsOf(project, lock)
  for (const name of names) {
    const locked = lock.items[name]
    if (locked === undefined) continue
    mismatches.push(...baseMismatches(dir, name, locked, forms))
    const answer = compareOrigin(name, locked, origins.get(name) ?? { kind: "gone" })
    mismatches.push(...answer.mismatches)
    if (answer.reason !== undefined) {
      unchecked.push({ item: name, registry: locked.registry, reason: answer.reason })
    }
  }
  const files = names.reduce((sum, name) => sum + Object.keys(lock.items[name]?.files ?? {}).length, 0)
  return { items: names.length, files, mismatches, unchecked }
}

/** How a published text may have been installed: with any ending of imports, before or after files were moved here. */
function formsOf({ root, components }: Project, lock: Lock): Places[] {
  const endings = [".ts", ".js", ""] as const
  const moved = lockedPaths(lock)
  return endings.flatMap((importExtension) => {
    const form = { root, importExtension, components }
    return [new Places(form, new Map()), new Places(form, moved)]
  })
}

function baseMismatches(dir: string, item: string, locked: LockedItem, forms: readonly Places[]): Mismatch[] {
  const fix = `git checkout -- ${basePath(item)}`
  let base: BaseTexts | undefined
  try {
    base = readBase(dir, item)
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    return [{ item, path: null, message: error.message, fix }]
  }
  if (base === undefined) {
    const message = `${basePath(item)} is not there, so nothing tells what was installed`
    return [{ item, path: null, message, fix: `${fix}, or npx stackdock add ${item}` }]
  }
  const kept = base
  return Object.entries(locked.files).flatMap(([path, file]): Mismatch[] => {
    const message = baseProblem(file, kept.get(file.target), forms)
    return message === undefined
      ? []
      : [{ item, path, message, fix: `git checkout -- stackdock.lock ${basePath(item)}` }]
  })
}

function baseProblem(
  file: LockedFile,
  text: string | undefined,
  forms: readonly Places[],
): string | undefined {
  if (text === undefined) return "no text of it was kept"
  if (sha256(text) !== file.published) return "the kept text is not the one whose hash is in stackdock.lock"
  const isInstalled = forms.some((form) => sha256(form.installed(file.target, text)) === file.installed)
  return isInstalled
    ? undefined
    : "stackdock.lock says that something else was installed than what was published"
}

function compareOrigin(
  item: string,
  locked: LockedItem,
  answer: Upstream,
): { mismatches: Mismatch[]; reason?: string } {
  if (answer.kind === "unreachable") return { mismatches: [], reason: answer.reason }
  const { version } = locked
  if (answer.kind === "gone") {
    return { mismatches: [], reason: `its registry does not publish version ${version} any more` }
  }
  const published = new Map(answer.item.files.map(({ target, content }) => [target, sha256(content)]))
  const mismatches = Object.entries(locked.files).flatMap(([path, file]): Mismatch[] => {
    if (published.get(file.target) === file.published) return []
    const message = `${locked.registry} publishes something else as ${item} ${version} than what was installed`
    return [{ item, path, message, fix: `npx stackdock diff ${item} --upstream` }]
  })
  return { mismatches }
}

/** Kept texts of items that the lock does not know. */
function leftovers(dir: string, { items }: Lock): Mismatch[] {
  const folder = join(dir, BASE_FOLDER)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .map((file) => ({ file, item: file.replace(/\.json\.gz$/, "") }))
    .filter(({ item }) => !Object.hasOwn(items, item))
    .map(({ file, item }) => ({
      item,
      path: `${BASE_FOLDER}/${file}`,
      message: "stackdock.lock knows no such item",
      fix: `rm ${BASE_FOLDER}/${file}`,
    }))
}
