import type { TableCounts } from "../../../engine/reading.ts"
import type { ResourceTableName } from "../../../schema/index.ts"

export interface ProviderTotal {
  provider: string
  total: number
  tables: { table: ResourceTableName; count: number }[]
}

/** Counts of tables turned round: each provider with its tables, the one with the most rows first. */
export function byProvider(counts: readonly TableCounts[]): ProviderTotal[] {
  const totals = new Map<string, ProviderTotal>()
  for (const { table, byProvider } of counts) {
    for (const [provider, count] of Object.entries(byProvider)) {
      if (count === 0) continue
      const { total, tables } = totals.get(provider) ?? { total: 0, tables: [] }
      totals.set(provider, { provider, total: total + count, tables: [...tables, { table, count }] })
    }
  }
  return [...totals.values()].sort((a, b) => b.total - a.total || a.provider.localeCompare(b.provider))
}
