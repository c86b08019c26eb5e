import type { SyncScope } from "../../schema/sync-runs.ts"

export function scopeKey(scope: Pick<SyncScope, "dockId" | "tableName" | "scope">): string {
  return JSON.stringify([scope.dockId, scope.tableName, scope.scope])
}

/** Orders text as SQL's binary collation does. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
