import { posix } from "node:path"
import { pathInProject } from "../registry/target.ts"
import { installedForm, isTypeScript, replaceSpecifiers } from "./imports.ts"
import type { ImportExtension } from "./typescript.ts"

const PUBLISHED_ROOT = "~/src/stackdock/"

/** Where published files lie in a project: by target, as long as it is known better than by the rule. */
export class Places {
  readonly #root: string
  readonly #extension: ImportExtension
  readonly #paths: ReadonlyMap<string, string>
  readonly #isByRule: boolean

  constructor(root: string, extension: ImportExtension, paths: ReadonlyMap<string, string>) {
    this.#root = root
    this.#extension = extension
    this.#paths = paths
    this.#isByRule = [...paths].every(([target, path]) => pathInProject(target, root) === path)
  }

  pathOf(target: string): string {
    return this.#paths.get(target) ?? pathInProject(target, this.#root)
  }

  /** A published text as it stands in the project: imports lead to where files are now, and end as the project wants it. */
  installed(target: string, text: string): string {
    const path = this.pathOf(target)
    if (this.#isByRule || !isTypeScript(path)) return installedForm(path, text, this.#extension)
    const moved = replaceSpecifiers(text, (specifier) => {
      const imported = posix.join(posix.dirname(target), specifier)
      if (!imported.startsWith(PUBLISHED_ROOT)) return specifier
      const way = posix.relative(posix.dirname(path), this.pathOf(imported))
      return way.startsWith(".") ? way : `./${way}`
    })
    return installedForm(path, moved, this.#extension)
  }
}
