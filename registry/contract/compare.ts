import type { ListedRow } from "../engine/ports.ts"
import { type ResourceRow, type ResourceTableName, resourceTables } from "../schema/index.ts"
import type { Rows } from "./testbed.ts"

/** A row's columns that a mapping fills and that are told, beside its id. */
export function toldColumns(table: ResourceTableName, row: ListedRow): Record<string, unknown> {
  const values: Readonly<Record<string, unknown>> = row
  const columns = ["providerResourceId", "name", "status", "providerStatus", "providerUrl"]
  return Object.fromEntries(
    [...columns, ...Object.keys(resourceTables[table].own)]
      .map((column) => [column, values[column]] as const)
      .filter(([, value]) => value !== null),
  )
}

export interface Comparison {
  /** What may not be. */
  readonly damage: readonly string[]
  /** Whether any told column is another than before, rightly or wrongly. */
  readonly differs: boolean
}

/**
 * What a faulty answer did to rows that were right before. A column may lose its value, fall back to `unknown` or, for a
 * name, to the id; it may show `odd`, the word the provider sent; anything else is a wrong value. No row may go, unless the
 * odd word made another thing of it.
 */
export function compare(before: Rows, after: Rows, odd?: string): Comparison {
  const damage: string[] = []
  let differs = false
  for (const [table, rows] of before) {
    const now: ReadonlyMap<string, ResourceRow> = after.get(table) ?? new Map()
    const gone = [...rows.keys()].filter((id) => !now.has(id))
    const strangers = [...now.keys()].filter((id) => !rows.has(id))
    const unexplained = strangers.filter((id) => odd === undefined || !id.includes(odd))
    damage.push(...unexplained.map((id) => `${table} ${id} came from nowhere`))
    if (gone.length > strangers.length - unexplained.length) {
      damage.push(...gone.map((id) => `${table} ${id} was deleted`))
    }
    if (gone.length + strangers.length > 0) differs = true
    for (const [id, row] of now) {
      const old = rows.get(id)
      if (!old || old.contentHash === row.contentHash) continue
      const [was, is] = [toldColumns(table, old), toldColumns(table, row)]
      if (JSON.stringify(was) !== JSON.stringify(is)) differs = true
      damage.push(...wrongColumns(was, is, odd).map((what) => `${table} ${id}: ${what}`))
    }
  }
  return { damage, differs }
}

type Columns = Readonly<Record<string, unknown>>

function wrongColumns(was: Columns, is: Columns, odd?: string): string[] {
  return Object.entries(is)
    .filter(([column, value]) => {
      if (JSON.stringify(value) === JSON.stringify(was[column])) return false
      if (column === "status" && value === "unknown") return false
      if (column === "name" && value === is["providerResourceId"]) return false
      return odd === undefined || !JSON.stringify(value).includes(odd)
    })
    .map(([column, value]) => `${column} became ${JSON.stringify(value)}, was ${JSON.stringify(was[column])}`)
}
