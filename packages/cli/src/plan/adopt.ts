import { readdirSync, readFileSync } from "node:fs"
import { basename, join } from "node:path"
import { CliError } from "../framework/error.ts"
import { sha256 } from "../registry/hash.ts"
import type { IndexItem, RegistryIndex } from "../registry/schema.ts"
import { PUBLISHED_ROOT, pathInProject } from "../registry/target.ts"

/** What of a registry's code lies in a project already. */
export interface Recognised {
  /** The folder that the shared code and the docks are under. */
  readonly root: string
  /** The items of which at least half is there. */
  readonly items: readonly IndexItem[]
  /** Where their files lie, by target, when it is not where the target says. */
  readonly moved: ReadonlyMap<string, string>
  /** Whether the files that only tests need are there too. */
  readonly tests: boolean
}

/** Neither the project's own source nor anything that was copied into it. */
const PASSED_OVER = new Set(["node_modules", "dist", "build", "out", "coverage"])

/**
 * Finds files by what is in them, wherever they lie, and those that were changed by their names. `root` is where to
 * look for those, when it is known.
 */
export function recognise(dir: string, index: RegistryIndex, root: string | undefined): Recognised {
  const present = presentFiles(
    dir,
    new Set(index.items.flatMap(({ files }) => files.map(({ target }) => basename(target)))),
  )
  const byHash = new Map<string, string[]>()
  for (const [path, hash] of present) byHash.set(hash, [...(byHash.get(hash) ?? []), path])
  const found = root ?? likelyRoot(index.items, byHash)
  const paths = new Map(present)
  const moved = new Map<string, string>()
  const where = (target: string, hash: string | undefined): string | undefined => {
    const path = pathInProject(target, found)
    if (paths.has(path)) return path
    const same = hash === undefined ? [] : (byHash.get(hash) ?? [])
    return same.length === 1 ? same[0] : undefined
  }
  let tests = false
  const items = index.items.filter(({ files, meta: { stackdock } }) => {
    // By its name alone nobody can tell whose it is; and what is shadcn's stays so.
    if (stackdock.kind === "component") return false
    const own = files.filter(({ target }) => !stackdock.tests.includes(target))
    const counted = own.length > 0 ? own : files
    const isThere = ({ target }: { target: string }) => where(target, stackdock.files?.[target]) !== undefined
    if (counted.filter(isThere).length * 2 < counted.length) return false
    tests ||= files.some((file) => stackdock.tests.includes(file.target) && isThere(file))
    for (const { target } of files) {
      const path = where(target, stackdock.files?.[target])
      if (path !== undefined && path !== pathInProject(target, found)) moved.set(target, path)
    }
    return true
  })
  return { root: found, items, moved, tests }
}

/** The files of the project that are called like a published one, with their hashes. */
function presentFiles(dir: string, names: ReadonlySet<string>): [path: string, hash: string][] {
  const found: [string, string][] = []
  const folders = [""]
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of readdirSync(join(dir, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory() && !entry.name.startsWith(".") && !PASSED_OVER.has(entry.name))
        folders.push(path)
      if (entry.isFile() && names.has(entry.name)) found.push([path, sha256(readFileSync(join(dir, path)))])
    }
  }
  return found.sort(([a], [b]) => (a < b ? -1 : 1))
}

/** Where most of the files lie that are just as they were published. */
function likelyRoot(items: readonly IndexItem[], byHash: ReadonlyMap<string, readonly string[]>): string {
  const usual = PUBLISHED_ROOT.replace(/\/$/, "")
  const votes = new Map<string, number>()
  for (const [target, hash] of items.flatMap(({ meta }) => Object.entries(meta.stackdock.files ?? {}))) {
    const inner = target.slice(`~/${PUBLISHED_ROOT}`.length)
    if (!target.startsWith(`~/${PUBLISHED_ROOT}`)) continue
    for (const path of byHash.get(hash) ?? []) {
      if (!path.endsWith(`/${inner}`)) continue
      const root = path.slice(0, -inner.length - 1)
      votes.set(root, (votes.get(root) ?? 0) + 1)
    }
  }
  return [...votes].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))[0]?.[0] ?? usual
}

export function nothingToAdopt(dir: string, registry: string): CliError {
  return new CliError({
    code: "nothing_to_adopt",
    message: `Nothing of ${registry === "bundled" ? "the registry" : registry} was found in ${dir}.`,
    hint: "If it came from another registry: stackdock adopt --registry <url>. To begin: npx stackdock add gridpane",
    exitCode: 2,
  })
}
