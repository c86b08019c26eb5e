import { CliError } from "../framework/error.ts"
import { parseDependency, type Reference } from "./location.ts"
import type { PublishedItem } from "./schema.ts"
import { SHADCN_NAMESPACE } from "./shadcn.ts"
import { type Registries, type Registry, readItem, unknownItem } from "./source.ts"

export interface ResolvedItem {
  readonly item: PublishedItem
  readonly registry: Registry
  /** The names of the items that it needs, wherever they come from. */
  readonly dependencies: readonly string[]
  /** Asked for by name, not only needed by another. */
  readonly requested: boolean
}

/** Whether the project has that component of shadcn/ui by other means. It keeps it, then, and needs no other. */
export type IsOwn = (component: string) => boolean

/** A registry that names ever new items would otherwise never end. */
const MOST_ITEMS = 500

interface Found {
  readonly item: PublishedItem
  readonly registry: Registry
  readonly dependencies: readonly Reference[]
}

/**
 * The items that are asked for and everything they need, each once and after what it needs. What an item needs is looked
 * up where the item came from, or where it says: never elsewhere by a bare name, which anybody could have taken there.
 * Items may need each other in a circle.
 */
export async function resolveItems(
  wanted: readonly Reference[],
  registries: Registries,
  isOwn: IsOwn,
): Promise<ResolvedItem[]> {
  const found = new Map<string, { reference: Reference; reading: Promise<Found> }>()
  const collect = async (references: readonly Reference[], neededBy: string | undefined): Promise<void> => {
    await Promise.all(
      references.map(async (reference) => {
        const earlier = found.get(reference.name)
        if (earlier !== undefined) return agree(registries, earlier.reference, reference, neededBy)
        if (found.size >= MOST_ITEMS) throw endless()
        const reading = find(reference, registries, { neededBy, isOwn })
        found.set(reference.name, { reference, reading })
        await collect((await reading).dependencies, reference.name)
      }),
    )
  }
  await collect(wanted, undefined)

  const ordered = new Map<string, ResolvedItem>()
  const visiting = new Set<string>()
  const visit = async (name: string): Promise<void> => {
    const entry = found.get(name)
    if (entry === undefined || visiting.has(name)) return
    visiting.add(name)
    const { item, registry, dependencies } = await entry.reading
    const names = dependencies.map((needed) => needed.name)
    for (const needed of names) await visit(needed)
    const requested = wanted.some((reference) => reference.name === name)
    ordered.set(name, { item, registry, dependencies: names, requested })
  }
  for (const { name } of wanted) await visit(name)
  return [...ordered.values()]
}

async function find(
  { origin, name, version }: Reference,
  registries: Registries,
  { neededBy, isOwn }: { neededBy: string | undefined; isOwn: IsOwn },
): Promise<Found> {
  const registry = await registries.at(origin)
  const item = await readItem(registry, name, version)
  if (item) return { item, registry, dependencies: dependenciesOf(item, registry, isOwn) }
  if (neededBy === undefined) throw await unknownItem(registry, name, version)
  if (origin === SHADCN_NAMESPACE) throw unknownComponent(name, neededBy)
  throw new CliError({
    code: "unknown_item",
    message: `${neededBy} needs the item "${name}", which ${registry.name === "bundled" ? "the registry" : registry.name} does not have.`,
    hint: `Nothing was written. Tell whoever publishes ${neededBy}: shared code of another registry is named with it, as in @stackdock/core.`,
  })
}

/** What an item needs, and where that is. */
export function dependenciesOf(item: PublishedItem, registry: Registry, isOwn: IsOwn): Reference[] {
  const { url } = item.meta.stackdock
  const addresses = [...(url === undefined ? [] : [`${url}/{name}.json`]), registry.address ?? []].flat()
  const declaredBy = { origin: registry.name, addresses }
  return item.registryDependencies
    .map((text) => parseDependency(text, declaredBy))
    .filter(({ origin, name }) => origin !== SHADCN_NAMESPACE || !isOwn(name))
}

function unknownComponent(name: string, neededBy: string): CliError {
  return new CliError({
    code: "unknown_item",
    message: `${neededBy} needs shadcn/ui's ${name}, which does not come with this command.`,
    hint: `Nothing was written. Lay it down first: npx shadcn@latest add ${name}`,
  })
}

/** A project has room for one item of a name. Two that are called alike are two, whatever they hold. */
function agree({ meant }: Registries, one: Reference, other: Reference, neededBy: string | undefined): void {
  const isSame =
    meant(one.origin) === meant(other.origin) &&
    (other.version === undefined || one.version === other.version)
  if (isSame) return
  const place = ({ origin, version }: Reference) => `${origin}${version === undefined ? "" : ` (${version})`}`
  throw new CliError({
    code: "two_origins",
    message: `${other.name} is wanted from two places: ${place(one)}, and ${neededBy === undefined ? "" : `for ${neededBy} `}${place(other)}.`,
    hint: "Nothing was written. A project can have one of them.",
    exitCode: 3,
    details: { item: other.name, origins: [one.origin, other.origin] },
  })
}

function endless(): CliError {
  return new CliError({
    code: "registry_malformed",
    message: `The items need more than ${MOST_ITEMS} others.`,
    hint: "Nothing was written. Tell whoever publishes the registry.",
  })
}
