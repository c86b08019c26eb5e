import { CliError } from "../framework/error.ts"
import type { Project } from "../project/detect.ts"
import type { Packages } from "../project/manifest.ts"
import { missingPackages, type PackagePlan } from "../project/packages.ts"
import type { PublishedItem } from "../registry/schema.ts"

export interface NeededPackages {
  dependencies: Packages
  devDependencies: Packages
}

/**
 * What all items need together. A package that runs in production is not listed for development again. Without tests,
 * of what serves development only types are left to need.
 */
export function neededPackages(
  items: readonly { readonly item: PublishedItem; readonly tests: boolean }[],
): NeededPackages {
  const dependencies = collect(items.flatMap(({ item }) => item.dependencies))
  const devDependencies = collect(
    items.flatMap(({ item, tests }) =>
      item.devDependencies.filter((spec) => tests || spec.startsWith("@types/")),
    ),
  )
  for (const name of Object.keys(dependencies)) delete devDependencies[name]
  return { dependencies, devDependencies }
}

function collect(specs: readonly string[]): Record<string, string> {
  const packages: Record<string, string> = {}
  for (const spec of [...specs].sort()) {
    const at = spec.lastIndexOf("@")
    const [name, range] = [spec.slice(0, at), spec.slice(at + 1)]
    const held = packages[name]
    if (held === undefined || isHigher(range, held)) packages[name] = range
  }
  return packages
}

/** By the first version each range names, which for `^1.2.3` is the lowest it allows. */
function isHigher(range: string, than: string): boolean {
  const [a, b] = [numbers(range), numbers(than)]
  for (let index = 0; index < 3; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return false
}

function numbers(range: string): number[] {
  return (/\d+(\.\d+)*/.exec(range)?.[0] ?? "").split(".").map(Number)
}

/** What package.json lacks. Throws when a package is there in a version that the code cannot work with. */
export async function planPackages(project: Project, needed: NeededPackages): Promise<PackagePlan> {
  const plan = await missingPackages(project, needed.dependencies, needed.devDependencies)
  if (plan.conflicts.length === 0) return plan
  const list = plan.conflicts.map(
    ({ name, present, wanted }) => `\n    ${name}: package.json has ${present}, needed is ${wanted}`,
  )
  const [first] = plan.conflicts
  throw new CliError({
    code: "package_conflict",
    message: `The project has packages in versions that the copied code cannot work with:${list.join("")}`,
    hint: `Nothing was written. Move to ${first?.name}@${first?.wanted} first, then run the command again.`,
    exitCode: 3,
    details: { packages: plan.conflicts },
  })
}
