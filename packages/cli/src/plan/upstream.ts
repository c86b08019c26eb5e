import { CliError } from "../framework/error.ts"
import type { PublishedFile, PublishedItem } from "../registry/schema.ts"
import { type Registries, type Registry, readItem } from "../registry/source.ts"
import type { Lock } from "../state/lock.ts"
import { filesOf, takesTests } from "./files.ts"

/** What the registry that an item came from has of it now. */
export type Upstream =
  | { readonly kind: "published"; readonly item: PublishedItem; readonly registry: Registry }
  | { readonly kind: "gone" }
  | { readonly kind: "unreachable"; readonly reason: string }

/** Asks the origin of each item, all at once. One that cannot be asked is an answer, too: the rest need not wait for it. */
export async function askOrigins(
  { items }: Lock,
  names: readonly string[],
  registries: Registries,
  version: "newest" | "installed" = "newest",
): Promise<Map<string, Upstream>> {
  const answers = names.map(async (name): Promise<[string, Upstream]> => {
    const locked = items[name]
    try {
      const registry = await registries.at(locked?.registry ?? "bundled")
      const newest = await readItem(registry, name)
      const isIt = version === "newest" || newest?.meta.stackdock.version === locked?.version
      const item = isIt ? newest : await readItem(registry, name, locked?.version)
      return [name, item ? { kind: "published", item, registry } : { kind: "gone" }]
    } catch (error) {
      if (!(error instanceof CliError)) throw error
      return [name, { kind: "unreachable", reason: error.message }]
    }
  })
  return new Map(await Promise.all(answers))
}

/** What is published now and was not when the item was installed. Who left out the tests then does not miss new ones. */
export function newFiles(lock: Lock, item: PublishedItem): PublishedFile[] {
  const present = new Set(Object.values(lock.items[item.name]?.files ?? {}).map(({ target }) => target))
  return filesOf({ item }, takesTests(lock, { item }, false)).filter(({ target }) => !present.has(target))
}
