import { existsSync, readdirSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { CliError } from "../framework/error.ts"
import { didYouMean } from "../framework/nearest.ts"
import { findConfig } from "../state/config.ts"

/** Where docks live: a user's project, or the checkout of a registry. Inside it both look the same. */
export interface DockHome {
  readonly kind: "project" | "registry"
  readonly dir: string
  /** The folder that holds `core`, `engine` and `docks`, relative to `dir`. */
  readonly root: string
}

export function findHome(cwd: string): DockHome {
  const config = findConfig(cwd)
  if (config) return { kind: "project", dir: config.dir, root: config.root }
  for (let dir = cwd; ; dir = dirname(dir)) {
    if (existsSync(join(dir, "registry.json")) && isFolder(join(dir, "registry/docks"))) {
      return { kind: "registry", dir, root: "registry" }
    }
    if (dir === dirname(dir)) break
  }
  throw new CliError({
    code: "no_docks",
    message: `There are no docks in ${cwd}: neither a project's stackdock.json nor a registry's registry.json was found.`,
    hint: "npx stackdock init, and then npx stackdock add <provider>",
  })
}

/** The folders of the docks, by provider. */
export function providersIn({ dir, root }: DockHome): string[] {
  const docks = join(dir, root, "docks")
  if (!isFolder(docks)) return []
  return readdirSync(docks)
    .filter((name) => existsSync(join(docks, name, "index.ts")))
    .sort()
}

/** `src/stackdock/docks/gridpane`, relative to the home, of a dock that is there. */
export function dockFolder(home: DockHome, provider: string): string {
  const known = providersIn(home)
  if (known.includes(provider)) return `${home.root}/docks/${provider}`
  throw new CliError({
    code: "unknown_provider",
    message: `There is no dock for "${provider}" in ${home.root}/docks${known.length > 0 ? `; there is ${known.join(", ")}` : ""}.`,
    hint:
      didYouMean(provider, known) ??
      `npx stackdock ${home.kind === "project" ? "add" : "create"} ${provider}`,
    exitCode: 2,
  })
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
