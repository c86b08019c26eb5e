import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { folder } from "./command.ts"

/** An item as a test tells it: contents by path below the root of copied code. */
export interface SmallItem {
  version: string
  files: Readonly<Record<string, string>>
  registryDependencies?: string[]
  dependencies?: string[]
  devDependencies?: string[]
  needs?: Record<string, string>
  renames?: Record<string, string | string[]>
  expects?: string[]
}

/** A built registry of such items, as a folder. */
export function smallRegistry(items: Readonly<Record<string, SmallItem>>): string {
  const dir = folder({})
  publish(dir, items)
  return dir
}

/** Publishes these in it, in place of what was there under their names. */
export function publish(dir: string, items: Readonly<Record<string, SmallItem>>): void {
  for (const [name, { version, files, renames = {}, needs, expects, ...item }] of Object.entries(items)) {
    const published = {
      name,
      type: "registry:item",
      ...item,
      files: Object.entries(files).map(([path, content]) => ({
        path,
        type: "registry:file",
        target: target(path),
        content,
      })),
      meta: {
        stackdock: {
          version,
          ...(needs ? { needs } : {}),
          ...(expects ? { expects } : {}),
          renames: Object.fromEntries(
            Object.entries(renames).map(([from, to]) => [
              target(from),
              typeof to === "string" ? target(to) : to.map(target),
            ]),
          ),
          tests: Object.keys(files)
            .filter((path) => path.endsWith(".test.ts"))
            .map(target),
        },
      },
    }
    writeFileSync(join(dir, `${name}.json`), JSON.stringify(published))
  }
}

function target(path: string): string {
  return path.startsWith("@") ? path : `~/src/stackdock/${path}`
}
