import type { ProviderInfo } from "../../../engine/reading.ts"
import type { ResourceTableName } from "../../../schema/index.ts"

/** Which docks fill any of these tables. */
export function bringing(
  providers: readonly ProviderInfo[],
  tables: readonly ResourceTableName[],
): ProviderInfo[] {
  return providers.filter((info) => tables.some((table) => info.tables.includes(table)))
}
