import { backupStorage } from "./backup-schedules.ts"
import { instant, integer, oneOf, type Row, resourceTable, text } from "./table.ts"

export const backups = resourceTable({
  name: "backups",
  description: "Copies that exist and can be restored.",
  statuses: ["pending", "running", "available", "restoring", "deleting", "failed", "unknown"],
  columns: {
    webServiceProviderId: text(),
    serverProviderId: text(),
    databaseProviderId: text(),
    backupIntegrationProviderId: text(),
    storage: backupStorage(),
    storageService: text(),
    kind: oneOf(["automatic", "manual"]),
    tag: text(),
    /** Only where the provider names the instant; a wall-clock time without a zone stays in `name`. */
    takenAt: instant(),
    sizeBytes: integer(),
    expiresAt: instant(),
  },
  searched: ["tag", "storageService"],
  sorted: ["takenAt"],
  indexes: [
    ["webServiceProviderId"],
    ["serverProviderId"],
    ["databaseProviderId"],
    ["backupIntegrationProviderId"],
  ],
})
export type Backup = Row<typeof backups>
