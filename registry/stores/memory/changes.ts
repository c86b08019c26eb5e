import type { ChangeFilter, ChangeStore } from "../../engine/read-ports.ts"
import type { ResourceRow, ResourceTableName } from "../../schema/index.ts"
import type { ChangeRow } from "../../schema/resource-changes.ts"
import { compare } from "./keys.ts"

/** Keeps what became different about a row, as it is now. */
export type NoteChange = (
  table: ResourceTableName,
  row: ResourceRow,
  change: Pick<ChangeRow, "kind" | "fields">,
  now: string,
) => void

export interface MemoryChanges extends ChangeStore {
  note: NoteChange
  removeDock(dockId: string): void
}

export function memoryChanges(): MemoryChanges {
  let changes: ChangeRow[] = []
  const matching = ({ orgId, tables, resourceId, since }: ChangeFilter) =>
    changes.filter(
      (change) =>
        change.orgId === orgId &&
        (!tables || tables.some((table) => table === change.tableName)) &&
        (resourceId === undefined || change.resourceId === resourceId) &&
        (since === undefined || change.at >= since),
    )
  return {
    note(tableName, { id: resourceId, orgId, dockId, provider, name }, change, at) {
      const id = crypto.randomUUID()
      changes.push({ id, orgId, dockId, provider, tableName, resourceId, name, ...change, at })
    },
    async list({ limit, ...filter }) {
      return matching(filter)
        .reverse()
        .sort((a, b) => compare(b.at, a.at))
        .slice(0, limit)
        .map((change) => structuredClone(change))
    },
    async totals(filter) {
      const totals = { added: 0, changed: 0, removed: 0, returned: 0 }
      for (const { kind } of matching(filter)) totals[kind] += 1
      return totals
    },
    async prune({ orgId, dockId, before, limit }) {
      const old = changes
        .filter((change) => change.orgId === orgId && change.dockId === dockId && change.at < before)
        .slice(0, limit)
      const gone = new Set(old)
      changes = changes.filter((change) => !gone.has(change))
      return old.length
    },
    removeDock(dockId) {
      changes = changes.filter((change) => change.dockId !== dockId)
    },
  }
}
