export interface TypeScriptSettings {
  /** The tsconfig that governs the root, relative to the project; undefined when there is none. */
  readonly tsconfig: string | undefined
  readonly moduleResolution: "bundler" | "nodenext" | "node10" | "none"
}
