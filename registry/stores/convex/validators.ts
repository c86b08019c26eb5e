import { type GenericValidator, v } from "convex/values"
import type { z } from "zod"
import type { Table } from "../../schema/table.ts"

/**
 * Columns of open JSON. Convex takes no value that is nested deeper than 16 levels, and no key that is not ASCII or begins
 * with `$` or `_`; what providers answer has all of them. So it is kept as text.
 */
export const jsonColumns = ["fullApiData", "input", "steps", "fields"] as const
type JsonColumn = (typeof jsonColumns)[number]

/** A row as a document holds it. */
export type Kept<Row> = { [Column in keyof Row]: Column extends JsonColumn ? string : Row[Column] }

/** The validators of a table's columns, from its zod schema. */
export function columnValidators({ name, row }: Table): Record<string, GenericValidator> {
  return Object.fromEntries(
    Object.entries(row.shape).map(([column, schema]) => [
      column,
      isJsonColumn(column) ? v.string() : validatorOf(schema, `${name}.${column}`),
    ]),
  )
}

export function isJsonColumn(column: string): column is JsonColumn {
  return jsonColumns.some((known) => known === column)
}

/**
 * Enums are plain text, as in SQL: the engine checks what it writes, and a deployment is refused by rows that do not fit
 * its schema, so a word that goes away would lock its table.
 */
function validatorOf(schema: z.core.$ZodType, where: string): GenericValidator {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case "string":
    case "enum":
      return v.string()
    case "number":
      return v.number()
    case "boolean":
      return v.boolean()
    case "nullable":
      return v.union(validatorOf(def.innerType, where), v.null())
    case "array":
      return v.array(validatorOf(def.element, where))
    default:
      throw new TypeError(`${where}: no Convex validator is known for a zod ${def.type}.`)
  }
}
