import type { Output } from "../framework/output.ts"
import { detectProject, type Project } from "../project/detect.ts"
import { type Config, findConfig } from "../state/config.ts"
import { readConflicts } from "../state/conflicts.ts"
import { recoverInterrupted } from "../transaction/recover.ts"

export interface OpenProject {
  readonly project: Project
  /** Undefined until `init`. */
  readonly config: Config | undefined
}

/** The project around `cwd`, with nothing left half done by an interrupted command. */
export async function openProject(cwd: string, out: Output, root?: string): Promise<OpenProject> {
  const config = findConfig(cwd)
  const project = await detectProject(config?.dir ?? cwd, { root: root ?? config?.root })
  const undone = recoverInterrupted(project.dir)
  if (undone.length > 0) {
    out.warn(`An earlier stackdock was interrupted. Its changes to ${undone.length} files were undone.`)
  }
  const unfinished = readConflicts(project.dir)
  if (unfinished.length > 0) {
    const files = unfinished.length === 1 ? "1 file" : `${unfinished.length} files`
    out.warn(`An update is unfinished: ${files} to decide. npx stackdock resolve`)
  }
  // What was undone may have been stackdock.json or package.json themselves.
  return undone.length > 0 ? openProject(cwd, out, root) : { project, config }
}
