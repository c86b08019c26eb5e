import { existsSync, mkdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { Stackdock } from "../../../../registry/engine/stackdock.ts"
import { CliError } from "../framework/error.ts"
import { requireConfig } from "../state/config.ts"

/**
 * Runs the user's own `stackdock.ts`, with the docks, the store and the keys it names: never a copy of ours.
 * Relative paths in it start at the project's folder, from wherever the command was typed.
 */
export async function loadStackdock(cwd: string): Promise<Stackdock> {
  const { dir, root } = requireConfig(cwd)
  const shown = join(root, "stackdock.ts")
  if (!existsSync(join(dir, shown))) {
    throw new CliError({
      code: "missing_entry",
      message: `${shown} is missing: the file that names docks, store and keys.`,
      hint: "The first dock brings it, and any dock makes it again: npx stackdock add gridpane",
    })
  }
  refuseConvex(join(dir, root))
  process.chdir(dir)
  mkdirSync(".stackdock", { recursive: true, mode: 0o700 })
  const stackdock = await importEntry(dir, shown)
  if (isStackdock(stackdock)) return stackdock
  throw new CliError({
    code: "invalid_entry",
    message: `${shown} does not export what this version of the command can run.`,
    hint: "It has to end with: export default createStackdock({ docks, store, vault }). If it does, the copied engine is of another version than this command.",
  })
}

/** There, the entry is what the deployment's functions are made of, unless the user has written one for this machine. */
function refuseConvex(root: string): void {
  if (!existsSync(join(root, "convex/setup.ts"))) return
  if (/\bcreateStackdock\b/.test(readFileSync(join(root, "stackdock.ts"), "utf8"))) return
  throw new CliError({
    code: "runs_in_convex",
    message: "The docks of this project run in its Convex deployment, not on this machine.",
    hint: "Its app calls them there, as api.stackdock; whoever deploys has npx convex run, as docs/convex.md says.",
  })
}

async function importEntry(dir: string, shown: string): Promise<unknown> {
  const entry = join(dir, shown)
  const { createJiti } = await import("jiti")
  try {
    const jiti = createJiti(entry, {
      // Beside the database: ignored by git, and inside the project.
      fsCache: join(dir, ".stackdock", "cache"),
      tsconfigPaths: true,
    })
    return await jiti.import(entry, { default: true })
  } catch (error) {
    const { loadError } = await import("./load-error.ts")
    throw await loadError(error, dir, shown)
  }
}

const methods = [
  "credentialFields",
  "connect",
  "listDocks",
  "disconnect",
  "sync",
  "resources",
  "operations",
  "provision",
  "deprovision",
  "act",
  "rehearse",
  "provisionings",
  "resume",
  "rotateCredential",
  "auditLog",
  "keyStatus",
  "rotateKeys",
  "exportKeys",
  "importKeys",
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
