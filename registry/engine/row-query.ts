import { type ColumnKind, columnsOf } from "../schema/columns.ts"
import { type ResourceTableName, resourceTables } from "../schema/index.ts"
import { parseRowId } from "../schema/row-id.ts"
import type { RowQuery } from "./read-ports.ts"
import type { ListedResource, PageFilter } from "./reading.ts"

/** A row by the names of its columns: which they are differs from table to table. */
type Columns = Readonly<Record<string, unknown>>

/** The kinds of a table's columns, by name. */
export function columnKinds(table: ResourceTableName): ReadonlyMap<string, ColumnKind> {
  return new Map(columnsOf(resourceTables[table]).map(({ name, kind }) => [name, kind]))
}

/** The words of a search, each of which has to be found. */
export function wordsOf(text: string | undefined): string[] {
  return text?.toLowerCase().split(/\s+/).filter(Boolean) ?? []
}

/** For stores that have no query language: whether the filter lets a row of the table through. */
export function rowFilter(
  table: ResourceTableName,
  { providers, docks, statuses, environments, text, where = {}, deleted = false }: PageFilter,
): (row: ListedResource) => boolean {
  const words = wordsOf(text)
  const searched = ["name", ...resourceTables[table].searched]
  const exact = Object.entries(where)
  return (row) => {
    const columns: Columns = row
    return (
      (row.deletedAt !== null) === deleted &&
      isAmong(row.provider, providers) &&
      isAmong(row.dockId, docks) &&
      isAmong(row.status, statuses) &&
      isAmong(columns["environment"], environments) &&
      exact.every(([column, value]) => columns[column] === value) &&
      words.every((word) => searched.some((column) => textOf(columns[column]).includes(word)))
    )
  }
}

/** For stores that have no query language: the order that is asked for. */
export function rowOrder({ column, descending }: RowQuery["sort"]) {
  const direction = descending ? -1 : 1
  return (a: ListedResource, b: ListedResource): number => {
    const [first, second] = [(a as Columns)[column] ?? null, (b as Columns)[column] ?? null]
    if (first === null || second === null) {
      return Number(first === null) - Number(second === null) || direction * compareIds(a, b)
    }
    return direction * (compare(first, second) || compareIds(a, b))
  }
}

function isAmong(value: unknown, wanted: readonly string[] | undefined): boolean {
  return !wanted || wanted.length === 0 || wanted.some((one) => one === value)
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ""
  return (Array.isArray(value) ? JSON.stringify(value) : String(value)).toLowerCase()
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === "string" && typeof b === "string") return a < b ? -1 : a > b ? 1 : 0
  return Number(a) - Number(b)
}

function compareIds(a: ListedResource, b: ListedResource): number {
  return (parseRowId(a.id)?.key ?? 0) - (parseRowId(b.id)?.key ?? 0)
}
