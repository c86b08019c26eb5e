import { posix } from "node:path"
import { pathInProject } from "../registry/target.ts"
import type { Project } from "./detect.ts"
import { installedForm, isTypeScript, replaceFromTop, replaceSpecifiers } from "./imports.ts"

const PUBLISHED_ROOT = "~/src/stackdock/"

/** What of a project decides how published code stands in it. */
export type Form = Pick<Project, "root" | "importExtension" | "components">

/** Where published files lie in a project: by target, as long as it is known better than by the rule. */
export class Places {
  readonly #form: Form
  readonly #paths: ReadonlyMap<string, string>
  readonly #isByRule: boolean

  constructor(form: Form, paths: ReadonlyMap<string, string>) {
    this.#form = form
    this.#paths = paths
    this.#isByRule = [...paths].every(([target, path]) => this.#byRule(target) === path)
  }

  pathOf(target: string): string {
    return this.#paths.get(target) ?? this.#byRule(target)
  }

  #byRule(target: string): string {
    const { root, components } = this.#form
    return pathInProject(target, root, (shelved) => components.pathOf(shelved))
  }

  /** A published text as it stands in the project: imports lead to where files are now, and end as the project wants it. */
  installed(target: string, text: string): string {
    const { importExtension, components } = this.#form
    const path = this.pathOf(target)
    if (!isTypeScript(path)) return text
    const known = replaceFromTop(text, (specifier) => components.imported(specifier, path))
    if (this.#isByRule) return installedForm(path, known, importExtension)
    const moved = replaceSpecifiers(known, (specifier) => {
      const imported = posix.join(posix.dirname(target), specifier)
      if (!imported.startsWith(PUBLISHED_ROOT)) return specifier
      const way = posix.relative(posix.dirname(path), this.pathOf(imported))
      return way.startsWith(".") ? way : `./${way}`
    })
    return installedForm(path, moved, importExtension)
  }
}
