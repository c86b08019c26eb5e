import { instantFrom, instantFromMilliseconds, instantFromSeconds } from "../../../../registry/core/dates.ts"
import { type ResourceTableName, resourceTables } from "../../../../registry/schema/index.ts"
import { fieldPath, valueAt } from "./path.ts"
import type { Column, Fields, Resource, Status } from "./spec.ts"

/** What the row is listed under. */
export interface SampleScope {
  readonly id: string
  readonly name: string
}

/** The row that an item must become, by the description of the mapping and not by the mapping itself. */
export function expectedRow(
  { columns, status, list }: Resource,
  item: unknown,
  scope: SampleScope | undefined,
): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  for (const [name, column] of Object.entries(columns)) {
    const value = converted(column, item, scope, list.fields)
    if (value !== undefined && value !== null) row[name] = value
  }
  row["providerResourceId"] = String(row["providerResourceId"])
  row["name"] = row["name"] ?? row["providerResourceId"]
  return { ...row, ...expectedStatus(status, item) }
}

function expectedStatus({ from, words, always }: Status, item: unknown): Record<string, unknown> {
  const raw = from === undefined ? undefined : valueAt(item, from)
  if (typeof raw !== "string" || raw === "") return { status: always ?? "unknown" }
  return { status: words[raw] ?? "unknown", providerStatus: raw }
}

function converted(
  { from, as }: Column,
  item: unknown,
  scope: SampleScope | undefined,
  fields: Fields,
): unknown {
  if (as === "scope") return scope?.id
  const value = valueAt(item, from)
  if (value === undefined || value === null) return null
  switch (as) {
    case "GB to MB":
      return Math.round(Number(value) * 1024)
    case "MB to GB":
      return Math.round(Number(value) / 1024)
    case "ISO time":
      return instantFrom(value)
    case "seconds":
      return instantFromSeconds(value)
    case "milliseconds":
      return instantFromMilliseconds(value)
    case "name in zone":
      return `${String(value)}.${scope?.name ?? ""}`
    case "as it is": {
      const is = fields[fieldPath(from)]?.is
      return is === "id" || is === "number-id" ? String(value) : value
    }
    default:
      return value
  }
}

/** In the order in which the table has its columns. */
export function columnOrder(table: string): string[] {
  const own = Object.keys(resourceTables[table as ResourceTableName].own)
  return ["providerResourceId", "name", "status", "providerStatus", "providerUrl", ...own]
}
