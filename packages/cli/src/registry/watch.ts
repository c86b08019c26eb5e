import { existsSync, type FSWatcher, watch } from "node:fs"
import { dirname, join, relative } from "node:path"
import type { BuildResult, RegistryBuild } from "./build.ts"

/** Editors write a file in several steps; what comes within this time is one change. */
const SETTLE_MS = 15

/** Builds what changes until the signal comes. `report` is told of every build, and of what stood in its way. */
export async function watchRegistry(
  build: RegistryBuild,
  folder: string,
  report: (
    outcome: { paths: ReadonlySet<string>; took: number } & ({ result: BuildResult } | { error: unknown }),
  ) => void,
  signal: AbortSignal,
): Promise<void> {
  const watchers = new Map<string, FSWatcher>()
  let changed = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let building = Promise.resolve()

  // Folders, not files: an editor that replaces a file would leave its watcher with the old one.
  const follow = () => {
    const folders = new Set(build.paths.map((path) => dirname(path)))
    const wanted = new Set([...folders].map((path) => nearestFolder(join(folder, path))))
    for (const [path, watcher] of watchers) {
      if (wanted.delete(path)) continue
      watcher.close()
      watchers.delete(path)
    }
    for (const path of wanted)
      watchers.set(
        path,
        watch(path, (_, name) => notice(join(path, name ?? ""))),
      )
  }
  const notice = (file: string) => {
    const path = relative(folder, file).replaceAll("\\", "/")
    if (!build.paths.some((one) => one === path || one.startsWith(`${path}/`))) return
    changed.add(path)
    clearTimeout(timer)
    timer = setTimeout(() => {
      const paths = changed
      changed = new Set()
      building = building.then(() => rebuild(paths))
    }, SETTLE_MS)
  }
  const rebuild = async (paths: ReadonlySet<string>) => {
    const start = performance.now()
    const outcome = await builtAgain(paths).then(
      (result) => ({ result }),
      (error: unknown) => ({ error }),
    )
    report({ paths, took: performance.now() - start, ...outcome })
  }
  const builtAgain = async (paths: ReadonlySet<string>) => {
    // A folder that was missing may be there now, and files still on their way into it.
    follow()
    return await build.changed(paths).finally(follow)
  }

  follow()
  await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }))
  clearTimeout(timer)
  for (const watcher of watchers.values()) watcher.close()
  await building
}

/** The folder, or the nearest one around it while it is not there. */
function nearestFolder(path: string): string {
  return existsSync(path) ? path : nearestFolder(dirname(path))
}
