import { basename, join, resolve } from "node:path"
import { CliError } from "../framework/error.ts"
import { type CodeStyle, detectCodeStyle } from "./code-style.ts"
import { type Components, detectComponents } from "./components.ts"
import { exists, isFolder, readObject } from "./files.ts"
import { dependsOn, findManifest, type Manifest } from "./manifest.ts"
import { detectPackageManager, type PackageManager } from "./package-manager.ts"
import {
  type ImportExtension,
  importExtension,
  readTypeScriptSettings,
  type TypeScriptSettings,
} from "./typescript.ts"
import { enclosingWorkspace, readWorkspace, type Workspace, workspacePackages } from "./workspace.ts"

type ProjectKind = "convex" | "next" | "vite" | "node"

/** What the registry's files need to know of the project they are copied into. */
export interface Project {
  /** The folder of its package.json. Other paths are relative to it, with `/`. */
  readonly dir: string
  readonly kind: ProjectKind
  readonly manifest: Manifest
  readonly packageManager: PackageManager
  /** The monorepo around it, whose folder holds the lockfile. */
  readonly workspace: Workspace | undefined
  readonly moduleFormat: "esm" | "commonjs"
  readonly typescript: TypeScriptSettings
  readonly importExtension: ImportExtension
  readonly style: CodeStyle
  /** Where the copied code goes: `src/stackdock`. */
  readonly root: string
  /** What it shares with shadcn/ui. */
  readonly components: Components
  /** The folder of a Convex project's functions: `convex`. */
  readonly functions: string | undefined
}

/**
 * Looks at the project around `cwd`. `root` is where the code goes when that is already decided (stackdock.json or
 * `--root`): the tsconfig that governs that folder decides how imports are written.
 */
export async function detectProject(
  cwd: string,
  options: { root?: string | undefined } = {},
): Promise<Project> {
  const { dir, manifest } = await findManifest(resolve(cwd))
  const convex = await convexFolder(dir, manifest)
  const kind = convex
    ? "convex"
    : dependsOn(manifest, "next")
      ? "next"
      : dependsOn(manifest, "vite")
        ? "vite"
        : "node"
  await refuseWorkspaceRoot(dir, manifest, kind)

  const workspace = await enclosingWorkspace(dir)
  const folders = workspace ? [dir, workspace.dir] : [dir]
  const root = options.root ?? (convex ? `${convex}/stackdock` : await defaultRoot(dir))
  const typescript = await readTypeScriptSettings(dir, root)
  const extension = importExtension(typescript)
  const { tsconfig } = typescript
  return {
    dir,
    kind,
    manifest,
    packageManager: await detectPackageManager(folders),
    workspace,
    moduleFormat: moduleFormat(manifest, typescript),
    typescript,
    importExtension: extension,
    style: await detectCodeStyle(folders),
    root,
    components: await detectComponents(dir, { root, importExtension: extension, tsconfig }),
    functions: convex,
  }
}

/** The folder of Convex functions: `convex`, unless convex.json names another. */
async function convexFolder(dir: string, manifest: Manifest): Promise<string | undefined> {
  if (!dependsOn(manifest, "convex")) return undefined
  const named = (await readObject(join(dir, "convex.json")))?.["functions"]
  const folder = typeof named === "string" ? named.replace(/^\.\//, "").replace(/\/+$/, "") : "convex"
  return (await isFolder(join(dir, folder))) ? folder : undefined
}

/** `src/stackdock`, unless the project's tsconfig looks elsewhere and would never check it. */
async function defaultRoot(dir: string): Promise<string> {
  const usual = "src/stackdock"
  const { tsconfig, included } = await readTypeScriptSettings(dir, usual)
  if (tsconfig === undefined || included) return usual
  for (const folder of ["stackdock", "lib/stackdock", "app/stackdock", "server/stackdock"]) {
    if ((await readTypeScriptSettings(dir, folder)).included) return folder
  }
  return usual
}

function moduleFormat(manifest: Manifest, typescript: TypeScriptSettings): Project["moduleFormat"] {
  if (manifest.type === "module") return "esm"
  // A bundler reads imports as imports, whatever package.json says; Node goes by package.json.
  const bundled = typescript.module !== undefined && /^(es|preserve)/.test(typescript.module)
  return bundled ? "esm" : "commonjs"
}

/** The top of a monorepo that holds no code of its own is no place for code. */
async function refuseWorkspaceRoot(dir: string, manifest: Manifest, kind: ProjectKind): Promise<void> {
  const workspace = await readWorkspace(dir)
  if (!workspace || kind !== "node" || (await hasOwnCode(dir))) return
  const packages = await workspacePackages(workspace)
  const [first] = packages
  if (first === undefined) return
  throw new CliError({
    code: "workspace_root",
    message: `${manifest.name ?? basename(dir)} is the root of a workspace, not a package. Its packages are: ${packages.join(", ")}.`,
    hint: `Choose one: --cwd ${first}`,
  })
}

async function hasOwnCode(dir: string): Promise<boolean> {
  return (await exists(join(dir, "stackdock.json"))) || (await isFolder(join(dir, "src")))
}
