import type { ListedResource, RelatedRows } from "../../../engine/reading.ts"

/** What every row has, and its page shows elsewhere than among its fields. */
const common: ReadonlySet<string> = new Set<keyof ListedResource | "fullApiData">([
  ...(["id", "orgId", "dockId", "provider", "providerResourceId", "scope", "name", "status"] as const),
  ...(["providerStatus", "providerUrl", "contentHash", "createdAt", "updatedAt", "lastSeenAt"] as const),
  ...(["deletedAt", "provisioningSource", "provisioningState", "provisionedAt", "fullApiData"] as const),
])

/** The columns of a row's own table: those of which the provider tells something, and those of which it does not. */
export function ownFields(row: ListedResource): {
  told: [column: string, value: unknown][]
  untold: string[]
} {
  const own = Object.entries(row).filter(([column]) => !common.has(column))
  const isTold = (value: unknown) =>
    value !== null && value !== "" && !(Array.isArray(value) && value.length === 0)
  return {
    told: own.filter(([, value]) => isTold(value)),
    untold: own.filter(([, value]) => !isTold(value)).map(([column]) => column),
  }
}

/** How a value of a column is shown. */
export type FieldLook =
  | "time"
  | "flag"
  | "list"
  | "link"
  | "number"
  | "bytes"
  | "word"
  | "code"
  | "row"
  | "text"

const words = new Set(["kind", "environment", "storage", "frequency", "severity", "visibility", "sslStatus"])
const codes = new Set([
  "commitSha",
  "primaryIpAddress",
  "ipAddresses",
  "content",
  "hostname",
  "mountPath",
  "endpoint",
])

export function lookOf(column: string, value: unknown): FieldLook {
  if (typeof value === "boolean") return "flag"
  if (Array.isArray(value)) return "list"
  if (/ProviderId$/.test(column)) return "row"
  if (typeof value === "number") {
    if (/Bytes$/.test(column)) return "bytes"
    // Counts are read with separators; a port is not.
    return column === "port" ? "code" : "number"
  }
  if (/At$/.test(column)) return "time"
  if (words.has(column)) return "word"
  if (codes.has(column)) return "code"
  return typeof value === "string" && /^https?:\/\//i.test(value) ? "link" : "text"
}

/** The row that a column names by the provider's id, where it is known. */
export function namedRow(
  row: ListedResource,
  value: unknown,
  related: readonly RelatedRows[],
): ListedResource | undefined {
  return related
    .flatMap(({ rows }) => rows)
    .find(({ dockId, providerResourceId }) => dockId === row.dockId && providerResourceId === value)
}
