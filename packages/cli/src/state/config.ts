import { existsSync, readFileSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { CliError, usageError } from "../framework/error.ts"
import { checkPath } from "../registry/target.ts"

export const CONFIG_FILE = "stackdock.json"

/** What `init` decided for a project. */
export interface Config {
  /** The folder of stackdock.json. */
  readonly dir: string
  /** Where the copied code lies, relative to it: `src/stackdock`. */
  readonly root: string
}

/** The configuration of the project around `cwd`: of the nearest folder with a package.json or a stackdock.json. */
export function findConfig(cwd: string): Config | undefined {
  for (let dir = cwd; ; dir = dirname(dir)) {
    const path = join(dir, CONFIG_FILE)
    if (statSync(path, { throwIfNoEntry: false })?.isFile()) return readConfig(path, dir)
    if (existsSync(join(dir, "package.json")) || dir === dirname(dir)) return undefined
  }
}

export function requireConfig(cwd: string): Config {
  const config = findConfig(cwd)
  if (config) return config
  throw new CliError({
    code: "not_initialized",
    message: `There is no ${CONFIG_FILE} in ${cwd} or the package around it.`,
    hint: "npx stackdock init",
  })
}

/** A root given by a person, as it is stored. */
export function checkRoot(root: string): string {
  const tidy = root.replace(/^\.\//, "").replace(/\/+$/, "")
  try {
    checkPath(tidy)
  } catch (error) {
    const reason = error instanceof CliError ? error.message : ""
    throw usageError(
      `--root must be a folder inside the project: ${reason}`,
      "npx stackdock init --root src/stackdock",
    )
  }
  return tidy
}

function readConfig(path: string, dir: string): Config {
  const wrong = (reason: string) =>
    new CliError({
      code: "bad_config",
      message: `${path} ${reason}.`,
      hint: "Mend it by hand, or remove it and run `npx stackdock init`.",
    })
  let config: unknown
  try {
    config = JSON.parse(readFileSync(path, "utf8"))
  } catch (error) {
    throw wrong(`is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  const root: unknown =
    typeof config === "object" && config !== null && "root" in config ? config.root : undefined
  if (typeof root !== "string") throw wrong('has no "root", the folder of the copied code')
  try {
    checkPath(root)
  } catch {
    throw wrong(`has a "root" that is not a folder inside the project: ${JSON.stringify(root)}`)
  }
  return { dir, root }
}
