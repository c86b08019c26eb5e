export type PackageManager = "npm" | "pnpm" | "yarn" | "bun"

export interface Workspace {
  readonly dir: string
}
