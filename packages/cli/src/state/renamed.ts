import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Project } from "../project/detect.ts"
import { isSameButForLayout } from "../project/layout.ts"
import { Places } from "../project/places.ts"
import type { LocalFile } from "./inspect.ts"
import { type Lock, lockedPaths } from "./lock.ts"
import { findMoved } from "./moved.ts"

/** A file that somebody gave another name or place. */
export interface Renamed {
  readonly path: string
  readonly text: string
  /** What was installed, as it would stand there: its imports lead from the new place. */
  readonly installed: string
  readonly state: "renamed" | "edited"
}

/** Of the files that are missing those that are somewhere else, by the path that the lock knows. */
export function findRenamed(project: Project, lock: Lock, files: readonly LocalFile[]): Map<string, Renamed> {
  const missing = files.flatMap(({ path, locked, state, base }) => {
    const text = state === "missing" ? base() : undefined
    return text === undefined ? [] : [{ name: path, text, target: locked.target }]
  })
  const moved = findMoved(project.dir, lock, missing)
  if (moved.size === 0) return new Map()
  const now = missing.flatMap(({ name, target }): [string, string][] => {
    const path = moved.get(name)
    return path === undefined ? [] : [[target, path]]
  })
  const places = new Places(project, new Map([...lockedPaths(lock), ...now]))
  return new Map(
    missing.flatMap(({ name, text: base, target }): [string, Renamed][] => {
      const path = moved.get(name)
      if (path === undefined) return []
      const text = readFileSync(join(project.dir, path), "utf8")
      const installed = places.installed(target, base)
      const isSame = isSameButForLayout(path, installed, text) || isSameButForLayout(path, base, text)
      return [[name, { path, text, installed, state: isSame ? "renamed" : "edited" }]]
    }),
  )
}
