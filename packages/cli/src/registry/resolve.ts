import { CliError } from "../framework/error.ts"
import type { PublishedItem } from "./schema.ts"
import { bundled, type Registry, readItem, unknownItem } from "./source.ts"

export interface ResolvedItem {
  item: PublishedItem
  registry: Registry
  /** Asked for by name, not only needed by another. */
  requested: boolean
}

/** A registry that names ever new items would otherwise never end. */
const MOST_ITEMS = 500

/**
 * The named items and everything they need, each once and after what it needs. A name is looked up in `registry`, then
 * among the bundled items, so that a registry need only carry its own docks. Items may need each other in a circle.
 */
export async function resolveItems(names: readonly string[], registry: Registry): Promise<ResolvedItem[]> {
  const found = new Map<string, Promise<{ item: PublishedItem; registry: Registry }>>()
  const collect = async (wanted: readonly string[], neededBy: string | undefined): Promise<void> => {
    await Promise.all(
      wanted.map(async (name) => {
        if (found.has(name)) return
        if (found.size >= MOST_ITEMS) throw endless()
        const reading = find(name, registry, neededBy)
        found.set(name, reading)
        const { item } = await reading
        await collect(item.registryDependencies, name)
      }),
    )
  }
  await collect(names, undefined)

  const ordered = new Map<string, ResolvedItem>()
  const visiting = new Set<string>()
  const visit = async (name: string): Promise<void> => {
    const reading = found.get(name)
    if (reading === undefined || visiting.has(name)) return
    visiting.add(name)
    const source = await reading
    for (const needed of source.item.registryDependencies) await visit(needed)
    ordered.set(name, { ...source, requested: names.includes(name) })
  }
  for (const name of names) await visit(name)
  return [...ordered.values()]
}

async function find(
  name: string,
  registry: Registry,
  neededBy: string | undefined,
): Promise<{ item: PublishedItem; registry: Registry }> {
  const item = await readItem(registry, name)
  if (item) return { item, registry }
  if (neededBy === undefined) throw await unknownItem(registry, name)
  const own = bundled()
  const shared = await readItem(own, name)
  if (shared) return { item: shared, registry: own }
  throw new CliError({
    code: "unknown_item",
    message: `${neededBy} needs the item "${name}", which ${registry.name} does not have.`,
    hint: "Nothing was written. Tell whoever publishes the registry.",
  })
}

function endless(): CliError {
  return new CliError({
    code: "registry_malformed",
    message: `The items need more than ${MOST_ITEMS} others.`,
    hint: "Nothing was written. Tell whoever publishes the registry.",
  })
}
