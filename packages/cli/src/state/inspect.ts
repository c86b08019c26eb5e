import { lstatSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { isSameButForLayout } from "../project/layout.ts"
import { sha256 } from "../registry/hash.ts"
import { checkPath } from "../registry/target.ts"
import { checkParents } from "../transaction/confine.ts"
import { type BaseTexts, readBase } from "./base.ts"
import type { Lock, LockedFile } from "./lock.ts"

/**
 * - `clean`: as it was installed, byte for byte.
 * - `reformatted`: it says the same; a formatter, an editor or git gave it another layout.
 * - `edited`: somebody made something else of it.
 * - `missing`: it is not there.
 */
export type LocalState = "clean" | "reformatted" | "edited" | "missing"

export interface LocalFile {
  readonly path: string
  readonly locked: LockedFile
  readonly state: LocalState
  /** What is there; undefined when it is missing. */
  readonly content: Buffer | undefined
  /** What was installed, as it was published; undefined when no base was kept. Read when it is first asked for. */
  base(): string | undefined
}

/** Each file of an item, as it is in the project now. */
export function inspectItem(dir: string, { items }: Lock, item: string): LocalFile[] {
  let texts: BaseTexts | undefined
  const checked = new Set<string>()
  return Object.entries(items[item]?.files ?? {}).map(([path, locked]): LocalFile => {
    const base = () => {
      texts ??= readBase(dir, item) ?? new Map()
      return texts.get(locked.target)
    }
    const content = readInstalled(dir, path, checked)
    return { path, locked, state: stateOf(path, content, locked, base), content, base }
  })
}

function stateOf(
  path: string,
  content: Buffer | undefined,
  locked: LockedFile,
  base: LocalFile["base"],
): LocalState {
  if (content === undefined) return "missing"
  if (sha256(content) === locked.installed) return "clean"
  const installed = base()
  const isSame = installed !== undefined && isSameButForLayout(path, installed, content.toString("utf8"))
  return isSame ? "reformatted" : "edited"
}

/**
 * The lock file can be written by anybody who can commit, so its paths are no more trusted than a registry's. `checked`
 * are folders that were found to be inside the project.
 */
function readInstalled(dir: string, path: string, checked: Set<string>): Buffer | undefined {
  checkPath(path)
  if (!checked.has(dirname(path))) checkParents(dir, path)
  checked.add(dirname(path))
  const isFile = lstatSync(join(dir, path), { throwIfNoEntry: false })?.isFile()
  return isFile ? readFileSync(join(dir, path)) : undefined
}
