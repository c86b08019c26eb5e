import { isResourceTable, type ResourceTableName } from "./index.ts"

/** `servers_17`: an id that says by itself in which table its row is. */
export function rowId(table: string, key: number | string): string {
  return `${table}_${key}`
}

export function parseRowId(id: string): { table: ResourceTableName; key: number } | undefined {
  const [, table = "", key = ""] = /^(\w+)_([1-9]\d{0,15})$/.exec(id) ?? []
  return isResourceTable(table) ? { table, key: Number(key) } : undefined
}
