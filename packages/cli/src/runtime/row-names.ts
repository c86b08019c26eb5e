import type { Stackdock } from "../../../../registry/engine/stackdock.ts"
import type { ResourceRow, ResourceTableName } from "../../../../registry/schema/index.ts"

/** Which table's rows a column points to, by their id at the provider. */
const pointers = new Map<string, ResourceTableName>([
  ["serverProviderId", "servers"],
  ["webServiceProviderId", "webServices"],
])

export interface RowNames {
  dock(row: ResourceRow): string
  /** The name of the row that a column points to; undefined for a column that points nowhere, or to a row we do not have. */
  pointedTo(row: ResourceRow, column: string, value: unknown): string | undefined
}

/** Looks up the names behind the ids in these columns: a person knows a server by its name. */
export async function namesBehind(stackdock: Stackdock, columns: readonly string[]): Promise<RowNames> {
  const docks = new Map((await stackdock.listDocks()).map(({ id, name }) => [id, name]))
  const names = new Map<string, string>()
  for (const [column, table] of pointers) {
    if (!columns.includes(column)) continue
    for await (const { dockId, providerResourceId, name } of stackdock.resources(table)) {
      names.set(key(column, dockId, providerResourceId), name)
    }
  }
  return {
    dock: ({ dockId }) => docks.get(dockId) ?? dockId,
    pointedTo: ({ dockId }, column, value) => names.get(key(column, dockId, value)),
  }
}

function key(column: string, dockId: string, id: unknown): string {
  return JSON.stringify([column, dockId, id])
}
