import { readFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { CliError } from "../framework/error.ts"

export interface ProjectFolder {
  /** Where stackdock.json is. */
  readonly dir: string
  /** The user's `stackdock.ts`. */
  readonly entry: string
}

/** Looks for stackdock.json in `cwd` and the folders above it. */
export function findProjectFolder(cwd: string): ProjectFolder {
  for (let dir = cwd; ; dir = dirname(dir)) {
    const text = readIfThere(join(dir, "stackdock.json"))
    if (text !== undefined) return { dir, entry: join(dir, rootIn(text, dir), "stackdock.ts") }
    if (dirname(dir) === dir) break
  }
  throw new CliError({
    code: "not_initialised",
    message: `There is no stackdock.json in ${cwd} or above it.`,
    hint: "Prepare the project first: stackdock init",
  })
}

function rootIn(text: string, dir: string): string {
  const config = parse(text)
  const root = typeof config === "object" && config !== null && "root" in config ? config.root : undefined
  if (typeof root === "string" && !relative(dir, join(dir, root)).startsWith("..")) return root
  throw new CliError({
    code: "invalid_config",
    message: `${join(dir, "stackdock.json")} does not name the folder of the docks.`,
    hint: 'It looks like { "root": "src/stackdock" }.',
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8")
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined
    throw error
  }
}
