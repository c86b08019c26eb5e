import type { CodeStyle } from "./code-style.ts"
import type { PackageManager, Workspace } from "./package-manager.ts"
import type { TypeScriptSettings } from "./typescript.ts"

export type ProjectKind = "convex" | "next" | "vite" | "node"

/** What the registry's files need to know of the project they are copied into. */
export interface Project {
  /** The folder of its package.json. All relative paths below start here and use `/`. */
  readonly dir: string
  readonly kind: ProjectKind
  readonly manifest: Manifest
  readonly packageManager: PackageManager
  /** The monorepo around it, whose folder holds the lockfile. */
  readonly workspace: Workspace | undefined
  readonly moduleFormat: "esm" | "commonjs"
  readonly typescript: TypeScriptSettings
  /** How a relative import of a TypeScript file is written here. */
  readonly importExtension: ImportExtension
  readonly style: CodeStyle
  /** Where the copied code goes: `src/stackdock`. */
  readonly root: string
}

export type ImportExtension = ".ts" | ".js" | ""

export interface Manifest {
  readonly name?: string
  readonly type?: string
  readonly packageManager?: string
  readonly workspaces?: unknown
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/**
 * Looks at the project around `cwd`. `root` is where the code goes when that is already decided (stackdock.json or
 * `--root`): it matters because the tsconfig that governs that folder decides how imports are written.
 */
export declare function detectProject(cwd: string, options?: { root?: string | undefined }): Promise<Project>
