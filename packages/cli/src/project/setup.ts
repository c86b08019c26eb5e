import type { Project } from "./detect.ts"

/** A file that `init` writes. `merge`: it exists, and `content` is its text with our lines added. */
export interface SetupFile {
  /** Relative to the project. */
  readonly path: string
  readonly content: string
  readonly mode: "create" | "merge"
}

export interface Setup {
  /** Only what is missing: a file that exists and belongs to the user is left out. */
  readonly files: readonly SetupFile[]
  /** What the project should change for the copied code to typecheck and run, in words. */
  readonly hints: readonly string[]
}

export declare function planSetup(project: Project): Promise<Setup>
