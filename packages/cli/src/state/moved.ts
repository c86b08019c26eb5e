import { readdirSync, readFileSync, statSync } from "node:fs"
import { extname, join } from "node:path"
import { type Named, pairAlike } from "../merge/similarity.ts"
import { checkPath } from "../registry/target.ts"
import type { Lock } from "./lock.ts"

const LARGEST = 1024 * 1024
/** Beyond this many files of the wanted kind nobody waits for a comparison with each. */
const MOST = 2000
const PASSED_OVER = /^(\..*|node_modules|dist|build|out|coverage)$/

/** Where files that are missing went, known by what they say. `missing` names each by its path, with what it said. */
export function findMoved(dir: string, { items }: Lock, missing: readonly Named[]): Map<string, string> {
  if (missing.length === 0) return new Map()
  const known = new Set(Object.values(items).flatMap(({ files }) => Object.keys(files)))
  const endings = new Set(missing.map(({ name }) => extname(name)))
  const found: Named[] = []
  for (const path of filesBelow(dir, "")) {
    if (known.has(path) || !endings.has(extname(path)) || !isAllowed(path)) continue
    if (found.length === MOST || statSync(join(dir, path)).size > LARGEST) continue
    found.push({ name: path, text: readFileSync(join(dir, path), "utf8") })
  }
  return pairAlike(missing, found)
}

/** Whether the lock may name it. */
function isAllowed(path: string): boolean {
  try {
    checkPath(path)
    return true
  } catch {
    return false
  }
}

function* filesBelow(dir: string, folder: string): Generator<string> {
  for (const entry of readdirSync(join(dir, folder), { withFileTypes: true })) {
    if (PASSED_OVER.test(entry.name)) continue
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) yield* filesBelow(dir, path)
    else if (entry.isFile()) yield path
  }
}
