import { list, type Row, resourceTable, text } from "./table.ts"

/** Storage accounts that backups can go to. Their keys never come here. */
export const backupIntegrations = resourceTable({
  name: "backupIntegrations",
  description: "Storage accounts that backups can go to. Their keys never come here.",
  statuses: ["active", "pending", "error", "unknown"],
  columns: {
    service: text(),
    region: text(),
    bucketName: text(),
    /** The web services that use it; null when the provider was not asked or did not say. */
    webServiceProviderIds: list(),
  },
  searched: ["service", "bucketName"],
})
export type BackupIntegration = Row<typeof backupIntegrations>
