import { z } from "zod"
import { type Row, systemTable, timestamp } from "./table.ts"

/** A column of a row that became different. */
const changedField = z.strictObject({ column: z.string(), before: z.json(), after: z.json() })

/** What a sync, or an action, found different about a row. It is kept for some months. */
export const resourceChanges = systemTable({
  name: "resourceChanges",
  description: "What a sync, or an action, found different about a row. It is kept for some months.",
  columns: {
    id: z.string(),
    orgId: z.string(),
    dockId: z.string(),
    provider: z.string(),
    tableName: z.string(),
    /** The row's id, which tells its table, too: `servers_12`. */
    resourceId: z.string(),
    /** The row's name at that time. */
    name: z.string(),
    kind: z.enum(["added", "changed", "removed", "returned"]),
    /** Universal columns only, and never the provider's answer. Empty unless `kind` is `changed`. */
    fields: z.array(changedField),
    at: timestamp(),
  },
  indexes: [
    ["orgId", "at"],
    ["dockId", "at"],
    ["resourceId", "at"],
  ],
})
export type ChangeRow = Row<typeof resourceChanges>
