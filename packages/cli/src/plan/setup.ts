import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Project } from "../project/detect.ts"
import { planSetup } from "../project/setup.ts"
import type { Change } from "../transaction/change.ts"
import { checkParents } from "../transaction/confine.ts"

/** The shared items that the files which we write import from. */
export function setupItems({ kind }: Project): readonly string[] {
  return kind === "convex"
    ? ["convex", "engine", "security", "store-convex"]
    : ["engine", "security", "store-sql"]
}

export interface SetupChanges {
  /** Configuration: it stands on its own. */
  readonly configuration: readonly Change<string>[]
  /** The project's own source files. They lean on shared code, so they come with the first dock. */
  readonly source: readonly Change<string>[]
  readonly hints: readonly string[]
}

export async function planSetupChanges(project: Project): Promise<SetupChanges> {
  const { files, hints } = await planSetup(project)
  const changes = files.map(({ path, content, mode }): Change<string> => {
    checkParents(project.dir, path)
    const before = mode === "merge" ? readFileSync(join(project.dir, path), "utf8") : undefined
    return { path, before, after: content }
  })
  const { root, functions } = project
  const isSource = ({ path }: Change<string>) =>
    path.startsWith(`${root}/`) || (functions !== undefined && path.startsWith(`${functions}/`))
  return {
    configuration: changes.filter((change) => !isSource(change)),
    source: changes.filter(isSource),
    hints,
  }
}
