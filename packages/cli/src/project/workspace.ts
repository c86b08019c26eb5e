import { readdir } from "node:fs/promises"
import { join, relative, sep } from "node:path"
import { readText, upwards } from "./files.ts"
import { readManifest } from "./manifest.ts"

/** A monorepo: its folder, and the globs of its packages. */
export interface Workspace {
  readonly dir: string
  readonly globs: readonly string[]
}

/** The monorepo that `dir` is the root of. */
export async function readWorkspace(dir: string): Promise<Workspace | undefined> {
  const pnpm = await readText(join(dir, "pnpm-workspace.yaml"))
  // A pnpm-workspace.yaml without packages only holds settings.
  const globs = pnpm === undefined ? (await readManifest(dir))?.workspaces : pnpmPackages(pnpm)
  return globs?.length ? { dir, globs } : undefined
}

/** The monorepo that `dir` is a package of. */
export async function enclosingWorkspace(dir: string): Promise<Workspace | undefined> {
  for await (const above of upwards(dir)) {
    if (above === dir) continue
    const workspace = await readWorkspace(above)
    if (workspace) return isMember(workspace, dir) ? workspace : undefined
  }
  return undefined
}

/** The packages' folders, relative to the workspace. */
export async function workspacePackages(workspace: Workspace): Promise<string[]> {
  const found: string[] = []
  const visit = async (folder: string, depth: number): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (!entry.isDirectory() || entry.name === "node_modules" || entry.name.startsWith(".")) continue
      const path = join(folder, entry.name)
      if (isMember(workspace, path) && (await readText(join(path, "package.json"))) !== undefined) {
        found.push(relative(workspace.dir, path).split(sep).join("/"))
      }
      if (depth > 1) await visit(path, depth - 1)
    }
  }
  await visit(workspace.dir, 4)
  return found.sort()
}

function isMember(workspace: Workspace, dir: string): boolean {
  const path = relative(workspace.dir, dir).split(sep).join("/")
  const matches = (glob: string) => globPattern(glob).test(path)
  const excluded = workspace.globs
    .filter((glob) => glob.startsWith("!"))
    .some((glob) => matches(glob.slice(1)))
  return !excluded && workspace.globs.some((glob) => !glob.startsWith("!") && matches(glob))
}

/** The globs that workspaces use: `*`, `**`, `{a,b}`. */
function globPattern(glob: string): RegExp {
  const parts = glob
    .replace(/^\.\//, "")
    .replace(/\/$/, "")
    .split(/(\/\*\*|\*\*\/|\*\*|\*|\{[^}]*\})/)
    .map((part) => {
      if (part === "/**") return "(?:/.*)?"
      if (part === "**/") return "(?:.*/)?"
      if (part === "**") return ".*"
      if (part === "*") return "[^/]*"
      if (part.startsWith("{")) return `(?:${part.slice(1, -1).split(",").map(literal).join("|")})`
      return literal(part)
    })
  return new RegExp(`^${parts.join("")}$`)
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
}

/** The `packages` list of a pnpm-workspace.yaml, in block or flow form: the only YAML that we need to read. */
function pnpmPackages(yaml: string): string[] {
  const flow = /^packages:\s*(\[[^\]]*\])/m.exec(yaml)?.[1]
  if (flow) return flowEntries(flow)
  const block = /^packages:[^\S\n]*(?:#.*)?\r?\n((?:[^\S\n]*(?:-.*|#.*)?(?:\r?\n|$))*)/m.exec(yaml)?.[1] ?? ""
  return [...block.matchAll(/^\s*-\s*(?:"([^"]*)"|'([^']*)'|([^\s#]+))/gm)].flatMap(
    ([, double, single, bare]) => double ?? single ?? bare ?? [],
  )
}

function flowEntries(list: string): string[] {
  return list
    .slice(1, -1)
    .split(",")
    .map((entry) => entry.trim().replace(/^(["'])(.*)\1$/, "$2"))
    .filter((entry) => entry !== "")
}
