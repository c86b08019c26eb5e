import { instant, integer, oneOf, type Row, resourceTable, text } from "./table.ts"

export const backupStorage = () => oneOf(["local", "remote"])

/** When something is backed up, where to, and how long it is kept. Local and remote are two schedules. */
export const backupSchedules = resourceTable({
  name: "backupSchedules",
  description:
    "When something is backed up, where to, and how long it is kept. Local and remote are two schedules.",
  statuses: ["enabled", "disabled", "error", "unknown"],
  columns: {
    webServiceProviderId: text(),
    serverProviderId: text(),
    databaseProviderId: text(),
    storage: backupStorage(),
    frequency: oneOf(["hourly", "daily", "weekly", "monthly", "custom"]),
    minute: integer(),
    hour: integer(),
    /** 0 is Sunday. */
    dayOfWeek: integer(),
    dayOfMonth: integer(),
    timezone: text(),
    backupIntegrationProviderId: text(),
    storageService: text(),
    /** Days; 0 is without limit. */
    retainDays: integer(),
    pruneRule: text(),
    lastRunAt: instant(),
    nextRunAt: instant(),
  },
  searched: ["storageService"],
  restless: ["lastRunAt", "nextRunAt"],
  indexes: [["webServiceProviderId"], ["serverProviderId"]],
})
export type BackupSchedule = Row<typeof backupSchedules>
