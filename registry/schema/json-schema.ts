import { z } from "zod"
import { tables } from "./index.ts"

/** One JSON Schema a table, by the table's name. */
export function jsonSchemas(): Record<string, z.core.JSONSchema.BaseSchema> {
  return Object.fromEntries(
    Object.values(tables).map(({ name, description, row }) => [
      name,
      { ...z.toJSONSchema(row), title: name, description },
    ]),
  )
}
