import { join } from "node:path"
import { exists, isObject, readObject } from "./files.ts"

export type PackageManager = "npm" | "pnpm" | "yarn" | "bun"

const lockfiles: readonly (readonly [string, PackageManager])[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
  ["yarn.lock", "yarn"],
  ["package-lock.json", "npm"],
  ["npm-shrinkwrap.json", "npm"],
]

/**
 * The nearest sign wins: the package's own folder, then the workspace's. A project without any sign uses the manager
 * that started this command (`pnpm dlx stackdock`), else npm.
 */
export async function detectPackageManager(folders: readonly string[]): Promise<PackageManager> {
  for (const folder of folders) {
    const found = (await declaredManager(folder)) ?? (await lockedManager(folder))
    if (found) return found
  }
  return managerNamed(process.env["npm_config_user_agent"]) ?? "npm"
}

async function declaredManager(folder: string): Promise<PackageManager | undefined> {
  const manifest = await readObject(join(folder, "package.json"))
  const engines = manifest?.["devEngines"]
  const engine = isObject(engines) ? engines["packageManager"] : undefined
  return (
    managerNamed(manifest?.["packageManager"]) ?? managerNamed(isObject(engine) ? engine["name"] : undefined)
  )
}

async function lockedManager(folder: string): Promise<PackageManager | undefined> {
  for (const [file, manager] of lockfiles) {
    if (await exists(join(folder, file))) return manager
  }
  if (await exists(join(folder, "pnpm-workspace.yaml"))) return "pnpm"
  return undefined
}

/** Reads `pnpm@10.1.0+sha512…` as well as `pnpm/10.1.0 npm/? node/v20`. */
function managerNamed(text: unknown): PackageManager | undefined {
  const name = typeof text === "string" ? /^(npm|pnpm|yarn|bun)(?=[@/]|$)/.exec(text)?.[1] : undefined
  return name === "npm" || name === "pnpm" || name === "yarn" || name === "bun" ? name : undefined
}
