import { CliError } from "../framework/error.ts"
import { didYouMean } from "../framework/nearest.ts"
import type { Neighbourhood } from "./dependencies.ts"
import { OWN_NAMESPACE } from "./location.ts"
import type { ReadSource } from "./publish.ts"
import { describeIssues, itemName, type SourceItem, type SourceRegistry, sourceRegistry } from "./schema.ts"
import { bundled, readIndex } from "./source.ts"

export interface Sources {
  readonly registry: SourceRegistry
  readonly around: Neighbourhood
  /** What no item can know of itself. */
  readonly problems: readonly string[]
}

/** Reads the registry.json of a registry's sources, `path`, with what its items have in common. */
export async function readSources(path: string, text: string, read: ReadSource): Promise<Sources> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw invalidRegistry(path, [`it is not JSON: ${error instanceof Error ? error.message : String(error)}`])
  }
  const parsed = sourceRegistry.safeParse(json)
  if (!parsed.success) throw invalidRegistry(path, describeIssues(parsed.error))
  const { items } = parsed.data
  // While the bundled registry itself is built there is none.
  const own = await readIndex(bundled()).catch(() => undefined)
  const bundledItems = own?.name === parsed.data.name ? [] : (own?.items ?? [])
  const ofTargets = (list: readonly Pick<SourceItem, "name" | "files">[]) =>
    new Map(list.flatMap(({ name, files }) => files.map(({ target }): [string, string] => [target, name])))
  return {
    registry: parsed.data,
    around: {
      owners: ofTargets(items),
      targets: new Map(items.flatMap(({ files }) => files.map((file) => [file.path, file.target] as const))),
      shared: ofTargets(bundledItems),
      ranges: rangesOf(items, read("package.json")),
      exists: (file) => read(file) !== undefined,
    },
    problems: problemsAcross(items, new Set(bundledItems.map(({ name }) => name))),
  }
}

/** Names and targets taken twice, items that nobody has. */
function problemsAcross(items: readonly SourceItem[], shared: ReadonlySet<string>): string[] {
  const problems: string[] = []
  const names = new Set<string>()
  const owners = new Map<string, string>()
  for (const item of items) {
    if (names.has(item.name)) problems.push(`${item.name}: there are two items of that name`)
    names.add(item.name)
    for (const { target } of item.files) {
      const key = target.toLowerCase()
      const owner = owners.get(key)
      if (owner !== undefined) problems.push(`${item.name}: ${target} is a target of ${owner} already`)
      owners.set(key, item.name)
    }
  }
  for (const { name: item, registryDependencies } of items) {
    for (const name of registryDependencies) {
      const missing = `${item}: it needs the item "${name}", which is not in the registry`
      const [short, other = ""] = name.split("/")
      if (itemName.safeParse(name).success && !names.has(name)) {
        const hint = shared.has(name)
          ? `"${OWN_NAMESPACE}/${name}" is the one that comes with stackdock`
          : didYouMean(name, [...names])
        problems.push(hint === undefined ? missing : `${missing}: ${hint}`)
      } else if (short === OWN_NAMESPACE && shared.size > 0 && !shared.has(other)) {
        problems.push(`${item}: it needs ${name}, which does not come with stackdock`)
      }
    }
  }
  return problems
}

function rangesOf(items: readonly SourceItem[], manifest: Uint8Array | undefined): Map<string, string> {
  const ranges = new Map<string, string>()
  for (const spec of items.flatMap(({ dependencies, devDependencies }) => [
    ...dependencies,
    ...devDependencies,
  ])) {
    ranges.set(spec.slice(0, spec.lastIndexOf("@")), spec.slice(spec.lastIndexOf("@") + 1))
  }
  for (const [name, range] of Object.entries(packagesOf(manifest))) {
    // `workspace:*`, an address, a tag: nothing that another project could install.
    if (typeof range === "string" && /^[\^~>=<]*\d[\w.^~*<>=| -]*$/.test(range)) ranges.set(name, range)
  }
  return ranges
}

function packagesOf(manifest: Uint8Array | undefined): Record<string, unknown> {
  try {
    const { dependencies, devDependencies, peerDependencies } = JSON.parse(
      Buffer.from(manifest ?? []).toString("utf8"),
    )
    return { ...devDependencies, ...peerDependencies, ...dependencies }
  } catch {
    return {}
  }
}

export function invalidRegistry(input: string, problems: readonly string[]): CliError {
  const shown = problems.slice(0, 20).map((problem) => `\n    ${problem}`)
  const more = problems.length > 20 ? `\n    and ${problems.length - 20} more` : ""
  return new CliError({
    code: "registry_invalid",
    message: `${input} cannot be built:${shown.join("")}${more}`,
    hint: "Nothing was written.",
    details: { problems },
  })
}
