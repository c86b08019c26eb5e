import type { AnyDock } from "../../core/dock.ts"
import { ACCOUNT_SCOPE, type Resource, type Scope } from "../../core/resource.ts"
import { Facts } from "../../engine/facts.ts"
import { itemReader } from "../../engine/item-rows.ts"
import type { ResourceTableName } from "../../schema/index.ts"
import { toldColumns } from "../compare.ts"
import type { Recording } from "../recording.ts"
import type { Stage } from "../stage.ts"

/**
 * The least that has to be synced to play a recording, so that a fault in one answer does not cost the reading of all
 * others: one scope of a table, or the table where the recording tells what scopes there are.
 */
export interface Part {
  /** The dock, with nothing to sync but this. */
  readonly dock: AnyDock
  readonly table: ResourceTableName
  /** The recordings that it asks for. */
  readonly asks: readonly Recording[]
  /** What its answers come to, without engine and store: the scopes, or what is told of each row. */
  read(api: unknown): Promise<unknown>
}

/** Which there are, and what each asks for: told by listing each on its own. */
export async function partsOf(dock: AnyDock, stage: Stage, connect: () => unknown): Promise<Part[]> {
  const parts: Part[] = []
  const add = async (table: ResourceTableName, resource: Resource, read: Part["read"]) => {
    const asks = new Set<Recording>()
    const result = await stage.during(
      (_, recorded) => {
        if (recorded) asks.add(recorded)
        return undefined
      },
      () => read(connect()),
    )
    parts.push({ dock: { ...dock, sync: { [table]: resource } }, table, asks: [...asks], read })
    return result
  }

  for (const [table, resource] of Object.entries(dock.sync) as [ResourceTableName, Resource][]) {
    const { scopes } = resource
    if (!scopes) {
      await add(table, resource, (api) => rowsIn(table, resource, { id: ACCOUNT_SCOPE }, api))
      continue
    }
    let found: Scope[] = []
    await add(table, resource, async (api) => {
      found = await exhaust(scopes(api))
      return found
    })
    for (const scope of found) {
      const only: Resource = { ...resource, scopes: () => onePage(scope) }
      await add(table, only, (api) => rowsIn(table, resource, scope, api))
    }
  }
  return parts
}

async function rowsIn(table: ResourceTableName, resource: Resource, scope: Scope, api: unknown) {
  const read = itemReader(table, resource, scope, new Facts())
  const items = await exhaust(resource.list(api, scope))
  return items.map((item) => {
    const { rows, skipped } = read(item)
    return { told: rows.map((row) => toldColumns(table, row)), skipped }
  })
}

async function exhaust<Item>(listing: AsyncIterable<{ readonly items: readonly Item[] }>): Promise<Item[]> {
  const items: Item[] = []
  for await (const page of listing) items.push(...page.items)
  return items
}

async function* onePage(scope: Scope) {
  yield { items: [scope] }
}
