import { join } from "node:path"
import { CliError } from "../framework/error.ts"
import { isObject, readObject, upwards } from "./files.ts"

/** What we read of a package.json. */
export interface Manifest {
  readonly name: string | undefined
  readonly type: string | undefined
  readonly packageManager: string | undefined
  /** Globs of the packages of a monorepo. */
  readonly workspaces: readonly string[]
  readonly dependencies: Packages
  readonly devDependencies: Packages
  readonly optionalDependencies: Packages
}

/** Package names with version ranges. */
export type Packages = Readonly<Record<string, string>>

export async function findManifest(cwd: string): Promise<{ dir: string; manifest: Manifest }> {
  for await (const dir of upwards(cwd)) {
    const manifest = await readManifest(dir)
    if (manifest) return { dir, manifest }
  }
  throw new CliError({
    code: "no_package_json",
    message: `There is no package.json in ${cwd} or above it.`,
    hint: "Go to your project, or start one with `npm init -y`, then try again.",
  })
}

export async function readManifest(dir: string): Promise<Manifest | undefined> {
  const json = await readObject(join(dir, "package.json"))
  if (!json) return undefined
  const { workspaces } = json
  return {
    name: word(json["name"]),
    type: word(json["type"]),
    packageManager: word(json["packageManager"]),
    workspaces: words(isObject(workspaces) ? workspaces["packages"] : workspaces),
    dependencies: packages(json["dependencies"]),
    devDependencies: packages(json["devDependencies"]),
    optionalDependencies: packages(json["optionalDependencies"]),
  }
}

export function dependsOn(manifest: Manifest, name: string): boolean {
  return [manifest.dependencies, manifest.devDependencies, manifest.optionalDependencies].some((list) =>
    Object.hasOwn(list, name),
  )
}

function word(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined
}

function words(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : []
}

function packages(value: unknown): Packages {
  if (!isObject(value)) return {}
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  )
}
