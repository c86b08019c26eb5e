import type { z } from "zod"
import type { Table } from "./table.ts"

/** What a column holds, whatever the database calls it. */
export type ColumnKind =
  | "key" // the number that a table gives its rows: `rowId` makes an id of it
  | "text"
  | "integer"
  | "real"
  | "boolean"
  | "json"
  | "instant"
  | "enum"

export interface Column {
  /** As in TypeScript: `primaryIpAddress`. */
  readonly name: string
  readonly kind: ColumnKind
  readonly nullable: boolean
}

export function columnsOf(table: Table): Column[] {
  return Object.entries(table.row.shape).map(([name, schema]) => {
    const { inner, nullable } = unwrap(schema)
    return { name, kind: isKey(table, name) ? "key" : kindOf(table, name, inner), nullable }
  })
}

/** Rows of resources are many: a number is a smaller and faster key than a random text. */
function isKey(table: Table, column: string): boolean {
  return column === "id" && "statuses" in table
}

function unwrap(schema: z.core.$ZodType): { inner: z.core.$ZodType; nullable: boolean } {
  const { def } = typed(schema)
  if (def.type !== "nullable" && def.type !== "optional") return { inner: schema, nullable: false }
  return { inner: unwrap(def.innerType).inner, nullable: true }
}

function kindOf(table: Table, column: string, schema: z.core.$ZodType): ColumnKind {
  const { def } = typed(schema)
  switch (def.type) {
    case "string":
      return "format" in def && def.format === "datetime" ? "instant" : "text"
    case "number":
      return "format" in def && def.format === "safeint" ? "integer" : "real"
    case "boolean":
      return "boolean"
    case "enum":
      return "enum"
    case "array":
    case "record":
      return "json"
    default:
      throw new TypeError(`${table.name}.${column}: no kind of column holds a zod ${def.type}.`)
  }
}

/** zod's own union of all its schemas, so that `def.type` tells them apart. */
function typed(schema: z.core.$ZodType) {
  return (schema as z.core.$ZodTypes)._zod
}
