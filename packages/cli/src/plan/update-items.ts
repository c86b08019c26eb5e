import gt from "semver/functions/gt.js"
import valid from "semver/functions/valid.js"
import { CliError } from "../framework/error.ts"
import { dependenciesOf, type IsOwn, type ResolvedItem, resolveItems } from "../registry/resolve.ts"
import type { PublishedItem } from "../registry/schema.ts"
import type { Registries, Registry } from "../registry/source.ts"
import type { Lock } from "../state/lock.ts"
import { fits } from "./ranges.ts"
import { askOrigins, type Upstream } from "./upstream.ts"

export interface ItemUpdate {
  readonly name: string
  readonly item: PublishedItem
  readonly registry: Registry
  /** The names of the items that it needs now. */
  readonly dependencies: readonly string[]
}

export interface Chosen {
  /** Installed items, with what their origin publishes now. */
  readonly updates: readonly ItemUpdate[]
  /** Items that these need and that were not there. */
  readonly added: readonly ResolvedItem[]
  /** Items that stay as they are, and why. */
  readonly skipped: readonly { readonly name: string; readonly reason: string }[]
}

/**
 * The named items, and of those that they need the ones that must be newer for them; or everything that is installed.
 * Nothing goes back to an older version: a colleague's newer command may have been here.
 */
export async function chooseItems(
  lock: Lock,
  names: readonly string[],
  registries: Registries,
  isOwn: IsOwn,
): Promise<Chosen> {
  const all = Object.keys(lock.items)
  const upstream = await askOrigins(lock, all, registries)
  const updates = new Map<string, ItemUpdate>()
  const skipped: { name: string; reason: string }[] = []
  const missing = new Map<string, ReturnType<typeof dependenciesOf>[number]>()
  const pending = names.length > 0 ? [...names] : all
  const seen = new Set(pending)
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
    const answer = upstream.get(name)
    const installed = lock.items[name]?.version ?? ""
    const reason = whyNot(name, installed, answer)
    if (reason !== undefined || answer?.kind !== "published") {
      skipped.push({ name, reason: reason ?? "" })
      continue
    }
    const { item, registry } = answer
    const needed = dependenciesOf(item, registry, isOwn)
    updates.set(name, { name, item, registry, dependencies: needed.map((reference) => reference.name) })
    for (const reference of needed) {
      const present = Object.hasOwn(lock.items, reference.name) ? lock.items[reference.name] : undefined
      if (present === undefined) missing.set(reference.name, reference)
      else if (!seen.has(reference.name) && !isEnough(item, reference.name, present.version)) {
        seen.add(reference.name)
        pending.push(reference.name)
      }
    }
  }
  const resolved = missing.size > 0 ? await resolveItems([...missing.values()], registries, isOwn) : []
  const added = resolved.filter(({ item }) => !Object.hasOwn(lock.items, item.name))
  return { updates: [...updates.values()], added, skipped }
}

/** Whether a shared item can stay as it is. One that is needed in no particular version comes along. */
function isEnough(item: PublishedItem, needed: string, version: string): boolean {
  const range = item.meta.stackdock.needs?.[needed]
  return range !== undefined && fits(version, range)
}

function whyNot(name: string, installed: string, answer: Upstream | undefined): string | undefined {
  if (answer === undefined || answer.kind === "gone") return "its registry does not publish it any more"
  if (answer.kind === "unreachable") {
    throw new CliError({
      code: "registry_unreachable",
      message: `The origin of ${name} could not be asked: ${answer.reason}`,
      hint: "Nothing was written. Name the items that shall be updated to leave it out.",
      details: { item: name },
    })
  }
  const { version } = answer.item.meta.stackdock
  const isOlder = valid(installed) !== null && valid(version) !== null && gt(installed, version)
  return isOlder ? `its registry has ${version}, which is older than the installed ${installed}` : undefined
}
