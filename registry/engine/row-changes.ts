import { type ResourceTableName, resourceTables } from "../schema/index.ts"
import type { ChangeRow } from "../schema/resource-changes.ts"
import type { ListedRow } from "./ports.ts"
import type { ListedResource } from "./reading.ts"

/** What the engine, and not a provider, knows of a row is none of these. */
const ofEveryTable = ["name", "status", "providerStatus", "providerUrl"]

/**
 * What a row that a provider tells of makes different. Undefined when that is nothing worth telling: a move to another scope,
 * fields of the provider's own, a column that never rests.
 */
export function changeOf(
  table: ResourceTableName,
  before: ListedResource | undefined,
  after: Omit<ListedRow, "fullApiData">,
): Pick<ChangeRow, "kind" | "fields"> | undefined {
  if (!before) return { kind: "added", fields: [] }
  if (before.deletedAt !== null) return { kind: "returned", fields: [] }
  const { own, restless } = resourceTables[table]
  const columns = [...ofEveryTable, ...Object.keys(own).filter((column) => !isAmong(column, restless))]
  const [old, now]: Readonly<Record<string, unknown>>[] = [before, after]
  const fields = columns.flatMap((column) => {
    const [was, is] = [told(old?.[column]), told(now?.[column])]
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ column, before: was, after: is }]
  })
  return fields.length > 0 ? { kind: "changed", fields } : undefined
}

function isAmong(column: string, columns: readonly string[]): boolean {
  return columns.includes(column)
}

/** A column holds text, a number, yes or no, or a list of texts; what is not told is null. */
function told(value: unknown): ChangeRow["fields"][number]["before"] {
  return (value ?? null) as ChangeRow["fields"][number]["before"]
}
