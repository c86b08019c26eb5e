import { existsSync } from "node:fs"
import { join, relative } from "node:path"
import type { Stackdock } from "../../../../registry/engine/stackdock.ts"
import { CliError } from "../framework/error.ts"
import { loadError } from "./load-error.ts"
import { findProjectFolder, type ProjectFolder } from "./project-folder.ts"

/**
 * Runs the user's own `stackdock.ts`, with the docks, the store and the keys it names: never a copy of ours.
 * Relative paths in it start at the project's folder, from wherever the command was typed.
 */
export async function loadStackdock(cwd: string): Promise<Stackdock> {
  const folder = findProjectFolder(cwd)
  const shown = relative(folder.dir, folder.entry)
  if (!existsSync(folder.entry)) {
    throw new CliError({
      code: "missing_entry",
      message: `${shown} is missing: the file that names docks, store and keys.`,
      hint: "Make it again: stackdock init",
    })
  }
  process.chdir(folder.dir)
  const stackdock = await importEntry(folder)
  if (isStackdock(stackdock)) return stackdock
  throw new CliError({
    code: "invalid_entry",
    message: `${shown} does not export what this version of the command can run.`,
    hint: "It has to end with: export default createStackdock({ docks, store, vault }). If it does, the copied engine is of another version than this command.",
  })
}

async function importEntry(folder: ProjectFolder): Promise<unknown> {
  const { createJiti } = await import("jiti")
  const jiti = createJiti(folder.entry, {
    // Beside the database: ignored by git, and inside the project.
    fsCache: join(folder.dir, ".stackdock", "cache"),
    tsconfigPaths: true,
  })
  try {
    return await jiti.import(folder.entry, { default: true })
  } catch (error) {
    throw await loadError(error, folder)
  }
}

const methods = [
  "credentialFields",
  "connect",
  "listDocks",
  "disconnect",
  "sync",
  "resources",
  "close",
] as const
const lists = ["docks", "tables"] as const

function isStackdock(value: unknown): value is Stackdock {
  if (typeof value !== "object" || value === null) return false
  const parts = new Map<string, unknown>(Object.entries(value))
  return (
    methods.every((name) => typeof parts.get(name) === "function") &&
    lists.every((name) => Array.isArray(parts.get(name)))
  )
}
