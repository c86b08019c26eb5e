import { z } from "zod"
import { type Row, systemTable, text, timestamp } from "./table.ts"

/** Who did what to which row, and how it ended. Never a credential and never a payload. */
export const auditLog = systemTable({
  name: "auditLog",
  description: "Who did what to which row, and how it ended. Never a credential and never a payload.",
  columns: {
    id: z.string(),
    orgId: z.string(),
    actor: z.string(),
    action: z.string(),
    targetTable: text(),
    targetId: text(),
    result: z.enum(["succeeded", "failed", "denied"]),
    errorCode: text(),
    requestId: text(),
    at: timestamp(),
  },
  indexes: [
    ["orgId", "at"],
    ["orgId", "targetTable", "targetId"],
  ],
})
export type AuditEntry = Row<typeof auditLog>
