import { lstatSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { CliError } from "../framework/error.ts"
import { isObject } from "../project/files.ts"
import { sha256 } from "../registry/hash.ts"
import { type Change, isReal } from "../transaction/change.ts"
import { checkParents } from "../transaction/confine.ts"
import { holdsPrivateFiles, readKept } from "../transaction/kept.ts"

export interface UndoPlan {
  /** What is taken back, as it was typed: `add gridpane`. */
  readonly command: string
  readonly at: string | undefined
  readonly changes: readonly Change[]
  /** Packages that package.json will have, or not have, or have in another version. */
  readonly packages: readonly string[]
  /** What stays although the command brought it, and why. */
  readonly kept: readonly { path: string; reason: string }[]
}

const GITIGNORE = ".gitignore"

export function planUndo(dir: string): UndoPlan {
  const kept = readKept(dir)
  if (kept === undefined) {
    throw new CliError({
      code: "nothing_to_undo",
      message: "There is nothing to undo: no add, update or remove since the last one was taken back.",
      hint: "Only the last one can be taken back; what came before it is in version control.",
    })
  }
  const changedSince: string[] = []
  const changes = kept.changes.flatMap(({ path, left, content }): Change[] => {
    checkParents(dir, path)
    const before = readPresent(dir, path)
    const change = { path, before: before === "no file" ? undefined : before, after: content }
    if (before !== "no file" && !isReal(change)) return []
    if (before === "no file" || hash(before) !== left) changedSince.push(path)
    return [change]
  })
  if (changedSince.length > 0) throw refused(kept.command, changedSince)

  const isNeeded = holdsPrivateFiles(dir)
  const staysIgnored = ({ path }: Change) => path === GITIGNORE && isNeeded
  return {
    command: kept.command,
    at: kept.at,
    changes: changes.filter((change) => !staysIgnored(change)),
    packages: changedPackages(changes.find(({ path }) => path === "package.json")),
    kept: changes
      .filter(staysIgnored)
      .map(({ path }) => ({ path, reason: ".stackdock/ holds keys and rows, which must stay out of git" })),
  }
}

function readPresent(dir: string, path: string): Uint8Array | undefined | "no file" {
  const info = lstatSync(join(dir, path), { throwIfNoEntry: false })
  if (info === undefined) return undefined
  return info.isFile() ? readFileSync(join(dir, path)) : "no file"
}

function hash(content: Uint8Array | undefined): string | null {
  return content === undefined ? null : sha256(content)
}

function refused(command: string, paths: readonly string[]): CliError {
  const list = paths.map((path) => `\n    ${path}`).join("")
  return new CliError({
    code: "changed_since",
    message: `\`${command}\` cannot be taken back, because ${paths.length === 1 ? "this file was" : "these files were"} changed since:${list}`,
    hint: "Nothing was changed. Put your changes aside (`git stash` does), undo, and bring them back.",
    exitCode: 3,
    details: { changed: paths },
  })
}

function changedPackages(change: Change | undefined): string[] {
  if (change === undefined) return []
  const [before, after] = [packagesOf(change.before), packagesOf(change.after)]
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => before.get(name) !== after.get(name))
    .sort()
}

function packagesOf(content: Change["before"]): Map<string, unknown> {
  const manifest: unknown = JSON.parse(content === undefined ? "{}" : Buffer.from(content).toString("utf8"))
  const lists = ["optionalDependencies", "devDependencies", "dependencies"]
  return new Map(
    lists.flatMap((list) => {
      const packages = isObject(manifest) ? manifest[list] : undefined
      return isObject(packages) ? Object.entries(packages) : []
    }),
  )
}
