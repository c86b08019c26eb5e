import type { InputField } from "../../engine/provision-report.ts"
import type { ListedResource } from "../../engine/reading.ts"
import { nameWithin } from "../format/record-name.ts"

/** What docks call a column of a DNS record when they change one. */
const alsoCalled: Readonly<Record<string, string>> = { type: "recordType", value: "content" }

/**
 * What the row already tells of an action's fields, so that a change begins from what is. A `name` is left alone, unless
 * it can only be the row's own: what an action calls so is as often the name of something else, a domain to attach.
 */
export function knownInput(fields: readonly InputField[], row: ListedResource): Record<string, unknown> {
  const columns = new Map<string, unknown>(Object.entries(row))
  const known = fields
    .filter(({ isSecret }) => !isSecret)
    .map((field) => [field.name, told(field, row, columns)] as const)
    .filter(([, value]) => value !== null && value !== undefined && typeof value !== "object")
  return Object.fromEntries(known)
}

function told(field: InputField, row: ListedResource, columns: ReadonlyMap<string, unknown>): unknown {
  if (field.name === "name") return recordName(field, row)
  const value = columns.get(field.name) ?? columns.get(alsoCalled[field.name] ?? "")
  // What cannot be chosen cannot be where it begins.
  return field.choices && !field.choices.some((choice) => choice === value) ? undefined : value
}

/** A record is named within its zone or in full, as the field says. */
function recordName({ description }: InputField, row: ListedResource): string | undefined {
  if (!("zoneName" in row) || typeof row.zoneName !== "string") return undefined
  if (/within/i.test(description ?? "")) return nameWithin(row.name, row.zoneName)
  return /full/i.test(description ?? "") ? row.name : undefined
}
