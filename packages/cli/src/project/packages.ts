import type { Project } from "./detect.ts"

export type Packages = Readonly<Record<string, string>>

export interface PackagePlan {
  /** To be written into package.json. */
  readonly dependencies: Packages
  readonly devDependencies: Packages
  /** Of those, the ones that are there with a lower version of the same major. */
  readonly raised: readonly { name: string; from: string; to: string }[]
  /** There in a version that does not fit: a person must decide. */
  readonly conflicts: readonly { name: string; present: string; wanted: string }[]
}

export declare function missingPackages(
  project: Project,
  dependencies: Packages,
  devDependencies: Packages,
): Promise<PackagePlan>

/** package.json with those packages, its indentation, order and last line kept. */
export declare function editPackageJson(
  text: string,
  change: { dependencies?: Packages; devDependencies?: Packages },
): string

/** What a person would type: `pnpm install`. */
export declare function installCommand(project: Project): string

/** Runs the project's package manager. Throws with its last lines when it fails. */
export declare function installPackages(
  project: Project,
  options?: { signal?: AbortSignal | undefined; onOutput?: ((text: string) => void) | undefined },
): Promise<void>
