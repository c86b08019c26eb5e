import { type GenericValidator, type VObject, v } from "convex/values"
import type { ListedRow } from "../../engine/ports.ts"
import { type ResourceTableName, resourceTables } from "../../schema/index.ts"
import type { Row, Table } from "../../schema/table.ts"
import { columnValidators, isJsonColumn, type Kept } from "./validators.ts"

/** What documents have beside the row: Convex's own fields, and those that only our indexes need. */
const notOfTheRow = new Set(["_id", "_creationTime", "isDeleted", "dataId", "isSealed"])

/** The row of a document, or whatever part of it is given. */
export function decode<Of>(document: Partial<Kept<Of>>): Of {
  const columns = Object.entries(document).filter(([column]) => !notOfTheRow.has(column))
  return Object.fromEntries(
    columns.map(([column, value]) => [column, isJsonColumn(column) ? JSON.parse(String(value)) : value]),
  ) as Of
}

/** A column that is undefined is one that is not given. */
export function encode<Of extends object>(row: Of): Kept<Of> {
  const columns = Object.entries(row).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    columns.map(([column, value]) => [
      column,
      isJsonColumn(column) ? JSON.stringify(value) : wellFormed(value),
    ]),
  ) as Kept<Of>
}

/** A row as an action sends it: with a null for each column that the mapping left out. */
export function sendable(table: ResourceTableName, row: ListedRow): Kept<ListedRow> {
  const untold = Object.fromEntries(Object.keys(resourceTables[table].own).map((column) => [column, null]))
  return encode({ ...untold, ...row })
}

/** Half of a pair of UTF-16 units is no text to Convex, and one such name would fail all rows that are written with it. */
function wellFormed(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/\p{Surrogate}/gu, "\u{fffd}")
  return Array.isArray(value) ? value.map(wellFormed) : value
}

type Columns<Of> = VObject<Of, Record<keyof Of & string, GenericValidator>, "required", never>

/** A whole row of a table, as an argument. */
export function rowOf<T extends Table>(table: T): Columns<Kept<Row<T>>> {
  return v.object(columnValidators(table)) as unknown as Columns<Kept<Row<T>>>
}

/** Some of its columns. */
export function changesOf<T extends Table>(table: T): Columns<Partial<Kept<Row<T>>>> {
  return v.object(columnValidators(table)).partial() as unknown as Columns<Partial<Kept<Row<T>>>>
}

/** Without what is undefined, which Convex takes only for an argument that is left out. */
export function given<Values extends object>(values: Values): Given<Values> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Given<Values>
}

type Given<Values> = {
  [Key in keyof Values as undefined extends Values[Key] ? never : Key]: Values[Key]
} & {
  [Key in keyof Values as undefined extends Values[Key] ? Key : never]?: Exclude<Values[Key], undefined>
}
