import { type ResourceRow, type ResourceTableName, resourceTables } from "../schema/index.ts"
import type { Rows } from "./testbed.ts"

/** A row's columns that a mapping fills and that are told, beside its id. */
export function toldColumns(table: ResourceTableName, row: ResourceRow): Record<string, unknown> {
  const values: Readonly<Record<string, unknown>> = row
  const columns = ["providerResourceId", "name", "status", "providerStatus", "providerUrl"]
  return Object.fromEntries(
    [...columns, ...Object.keys(resourceTables[table].own)]
      .map((column) => [column, values[column]] as const)
      .filter(([, value]) => value !== null),
  )
}

/**
 * What a faulty answer did to rows that were right before. A column may lose its value, fall back to `unknown` or, for a
 * name, to the id; it may show `odd`, the word the provider sent; anything else is a wrong value. No row may go, unless the
 * odd word made another thing of it.
 */
export function damage(before: Rows, after: Rows, odd?: string): string[] {
  const found: string[] = []
  for (const [table, rows] of before) {
    const now: ReadonlyMap<string, ResourceRow> = after.get(table) ?? new Map()
    const strangers = [...now.keys()].filter((id) => !rows.has(id))
    const renamed = strangers.filter((id) => odd !== undefined && id.includes(odd)).length
    found.push(
      ...strangers
        .filter((id) => odd === undefined || !id.includes(odd))
        .map((id) => `${table} ${id} came from nowhere`),
    )
    const gone = [...rows.keys()].filter((id) => !now.has(id))
    if (gone.length > renamed) found.push(...gone.map((id) => `${table} ${id} was deleted`))
    for (const [id, row] of now) {
      const old = rows.get(id)
      if (old) found.push(...wrongColumns(table, old, row, odd).map((what) => `${table} ${id}: ${what}`))
    }
  }
  return found
}

function wrongColumns(table: ResourceTableName, old: ResourceRow, row: ResourceRow, odd?: string): string[] {
  const before = toldColumns(table, old)
  return Object.entries(toldColumns(table, row))
    .filter(([column, value]) => {
      if (JSON.stringify(value) === JSON.stringify(before[column])) return false
      if (column === "status" && value === "unknown") return false
      if (column === "name" && value === row.providerResourceId) return false
      return odd === undefined || !JSON.stringify(value).includes(odd)
    })
    .map(
      ([column, value]) => `${column} became ${JSON.stringify(value)}, was ${JSON.stringify(before[column])}`,
    )
}
