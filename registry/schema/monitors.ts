import { instant, integer, type Row, real, resourceTable, text } from "./table.ts"

export const monitors = resourceTable({
  name: "monitors",
  description: "Checks that watch an address or a job.",
  statuses: ["up", "degraded", "down", "paused", "maintenance", "pending", "unknown"],
  columns: {
    url: text(),
    monitorType: text(),
    checkIntervalSeconds: integer(),
    lastCheckedAt: instant(),
    uptimePercent: real(),
    responseTimeMs: real(),
    webServiceProviderId: text(),
  },
  searched: ["url"],
  lookups: ["url"],
  restless: ["lastCheckedAt", "uptimePercent", "responseTimeMs"],
  indexes: [["webServiceProviderId"]],
})
export type Monitor = Row<typeof monitors>
