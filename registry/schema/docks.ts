import { z } from "zod"
import { instant, integer, type Row, systemTable, text, timestamp } from "./table.ts"

/** A connected account of a provider. */
export const docks = systemTable({
  name: "docks",
  description: "A connected account of a provider.",
  columns: {
    id: z.string(),
    orgId: z.string(),
    provider: z.string(),
    name: z.string(),
    /** What `verify` answered: the account behind the credential. */
    accountId: text(),
    accountName: text(),
    status: z.enum(["connected", "error", "disconnected"]),
    /** An encrypted envelope; null once disconnected. */
    credentials: text(),
    lastError: text(),
    lastSyncedAt: instant(),
    syncIntervalMinutes: integer(),
    /** Who syncs it now, and until when that claim holds. */
    leaseHolder: text(),
    leaseExpiresAt: instant(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
  },
  unique: [["orgId", "name"]],
  indexes: [["orgId", "provider"]],
})
export type DockRow = Row<typeof docks>
