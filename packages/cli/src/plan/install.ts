import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { CliError } from "../framework/error.ts"
import type { Output } from "../framework/output.ts"
import type { Project } from "../project/detect.ts"
import { installCommand, installPackages } from "../project/install.ts"
import type { AddPlan } from "./add.ts"

/** Runs the package manager when something is missing. The files have landed by then and stay whatever happens. */
export async function install(
  { project, needed, packages, changes }: Pick<AddPlan, "project" | "needed" | "packages" | "changes">,
  out: Output,
  options: { offline: boolean },
): Promise<boolean> {
  const added = Object.keys(packages.dependencies).length + Object.keys(packages.devDependencies).length
  const names = Object.keys({ ...needed.dependencies, ...needed.devDependencies })
  if (added === 0 && names.every((name) => isInstalled(project, name))) return false
  const command = installCommand(project)
  const live = out.live()
  live.set("install", `  ${out.noteStyle.dim(`${command} …`)}`)
  try {
    await installPackages(project, options)
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    const written = changes.map(({ path }) => path)
    const { code, message, hint } = error
    throw new CliError({ code, message, hint, details: { written }, cause: error })
  } finally {
    live.stop()
  }
  return true
}

/** Looks where Node would. Yarn's Plug'n'Play has no such folders, there only package.json counts. */
export function isInstalled(project: Project, name: string): boolean {
  for (let dir = project.dir; ; dir = dirname(dir)) {
    if (existsSync(join(dir, "node_modules", name, "package.json"))) return true
    if (existsSync(join(dir, ".pnp.cjs"))) return true
    if (dir === dirname(dir)) return false
  }
}
