import { z } from "zod"
import { contentHash } from "../core/content-hash.ts"
import { readItem } from "../core/item.ts"
import { type JsonObject, providerData } from "../core/provider-data.ts"
import type { MappedRow, Resource, Scope } from "../core/resource.ts"
import { type ResourceTableName, resourceTables } from "../schema/index.ts"
import { resourceColumns } from "../schema/table.ts"
import type { Facts } from "./facts.ts"
import type { ListedRow } from "./ports.ts"
import { describe } from "./reported-error.ts"

/** A provider's word of this many characters is shown in full. */
const MAX_WORD = 60

/** What became of one item. `skipped` when any of it could not become a row: then the listing proves nothing. */
export interface ItemRows {
  rows: ListedRow[]
  skipped: boolean
}

/** Reads raw items of one listing into rows. It never throws: what is wrong with an item becomes a fact. */
export function itemReader(
  table: ResourceTableName,
  resource: Resource,
  scope: Scope,
  facts: Facts,
): (raw: unknown) => ItemRows {
  const shape = shapeOf(table)
  const redact = resource.redact ?? []

  return (raw) => {
    const read = readItem(resource.wire, raw)
    for (const fact of read.facts) facts.add(fact.kind, fact.path, fact.message)
    if (!("item" in read)) return { rows: [], skipped: true }

    let mapped: MappedRow | readonly MappedRow[]
    try {
      mapped = resource.map(read.item, scope)
    } catch (error) {
      facts.add("skipped", "", `The mapping failed: ${describe(error)}`)
      return { rows: [], skipped: true }
    }

    const fullApiData = providerData(raw, redact)
    const hashed = without(fullApiData, resource.volatile ?? [])
    const result: ItemRows = { rows: [], skipped: false }
    for (const row of Array.isArray(mapped) ? mapped : [mapped]) {
      const fit = shape.whole.safeParse(row)
      const values = fit.success ? fit.data : mendedValues(shape, row, facts)
      if (values) tellUnknownStatus(values, facts)
      if (values) result.rows.push(listedRow(values, fullApiData, hashed))
      else result.skipped = true
    }
    return result
  }
}

interface Column {
  readonly name: string
  readonly schema: z.ZodType
  readonly nullable: boolean
}

/** What the mapped rows of a table have to look like: as a whole, and column by column. */
interface Shape {
  readonly whole: z.ZodType<Values>
  readonly columns: readonly Column[]
}

/** Made once a table: zod takes longer to make a schema than to use it, and an account may have thousands of scopes. */
const shapes = new Map<ResourceTableName, Shape>()

function shapeOf(table: ResourceTableName): Shape {
  const shape = shapes.get(table) ?? makeShape(table)
  shapes.set(table, shape)
  return shape
}

function makeShape(table: ResourceTableName): Shape {
  const { own, statuses } = resourceTables[table]
  const { name, providerStatus, providerUrl } = resourceColumns
  const schemas: Record<string, z.ZodType> = {
    providerResourceId: resourceColumns.providerResourceId.min(1),
    name,
    status: z.enum(statuses),
    providerStatus,
    providerUrl,
    ...own,
  }
  const columns = Object.entries(schemas).map(([column, schema]) => {
    return { name: column, schema, nullable: schema.safeParse(null).success }
  })
  // What the mapping leaves out is null.
  const whole = columns.map(({ name, schema, nullable }) => [name, nullable ? schema.default(null) : schema])
  return { whole: z.object(Object.fromEntries(whole)), columns }
}

type Values = Record<string, unknown>

/** Each column checked by itself. A wrong value is never stored: it becomes null, or the row is given up. */
function mendedValues({ columns }: Shape, row: MappedRow, facts: Facts): Values | undefined {
  const given: Readonly<Values> = row
  const values: Values = {}
  for (const { name, schema, nullable } of columns) {
    const value = given[name] ?? null
    if (schema.safeParse(value).success) values[name] = value
    else if (name === "status") values[name] = "unknown"
    else if (nullable) {
      values[name] = null
      facts.add("dropped_field", name, "The mapped value does not fit the column.")
    } else {
      const message = value === null ? "A required column is missing." : "A required column does not fit."
      facts.add("skipped", name, message)
      return undefined
    }
  }
  return values
}

function tellUnknownStatus({ status, providerStatus }: Values, facts: Facts): void {
  if (status !== "unknown" || typeof providerStatus !== "string") return
  facts.add("unknown_status", "status", `The word "${providerStatus.slice(0, MAX_WORD)}" is not known.`)
}

function listedRow(values: Values, fullApiData: JsonObject, hashed: JsonObject): ListedRow {
  const hash = contentHash([Object.values(values), hashed])
  values["fullApiData"] = fullApiData
  values["contentHash"] = hash
  return values as ListedRow
}

function without(data: JsonObject, keys: readonly string[]): JsonObject {
  if (keys.length === 0) return data
  return Object.fromEntries(Object.entries(data).filter(([key]) => !keys.includes(key)))
}
