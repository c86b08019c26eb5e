import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { type DockHome, dockFolder } from "../dock/home.ts"

/** A dock as it lies on disk. */
export interface DockFiles {
  readonly home: DockHome
  readonly provider: string
  /** Relative to the home: `registry/docks/gridpane`. */
  readonly folder: string
  /** Its sources and documents by path within the folder, recordings aside. */
  readonly files: ReadonlyMap<string, string>
}

export function readDockFiles(home: DockHome, provider: string): DockFiles {
  const folder = dockFolder(home, provider)
  const paths = readdirSync(join(home.dir, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(home.dir, folder).length + 1))
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !path.startsWith("recordings/"))
    .sort()
  return {
    home,
    provider,
    folder,
    files: new Map(paths.map((path) => [path, readFileSync(join(home.dir, folder, path), "utf8")])),
  }
}

export function isTest(path: string): boolean {
  return /\.(test|suite|fixture)\.ts$/.test(path)
}
