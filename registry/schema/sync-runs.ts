import { z } from "zod"
import { instant, type Row, systemTable, text, timestamp } from "./table.ts"

const count = () => z.int().nonnegative()

/** One sync of one dock, with its totals. */
export const syncRuns = systemTable({
  name: "syncRuns",
  description: "One sync of one dock, with its totals.",
  columns: {
    id: z.string(),
    orgId: z.string(),
    dockId: z.string(),
    status: z.enum(["running", "succeeded", "partial", "failed", "stopped", "canceled", "interrupted"]),
    startedAt: timestamp(),
    finishedAt: instant(),
    fetched: count(),
    inserted: count(),
    updated: count(),
    unchanged: count(),
    deleted: count(),
    skipped: count(),
    requests: count(),
    waitedMs: count(),
    error: text(),
  },
  indexes: [
    ["dockId", "startedAt"],
    ["orgId", "startedAt"],
  ],
})
export type SyncRun = Row<typeof syncRuns>

/** What is known of one scope: its last try, and the last complete listing. */
export const syncScopes = systemTable({
  name: "syncScopes",
  description: "What is known of one scope: its last try, and the last complete listing.",
  columns: {
    orgId: z.string(),
    dockId: z.string(),
    tableName: z.string(),
    scope: z.string(),
    lastTriedAt: timestamp(),
    /** Every live row of the scope was in the listing that ended then. */
    lastCompleteAt: instant(),
    lastError: text(),
  },
  unique: [["dockId", "tableName", "scope"]],
})
export type SyncScope = Row<typeof syncScopes>
