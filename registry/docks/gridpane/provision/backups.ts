import { z } from "zod"
import { DockError } from "../../../core/errors.ts"
import { action } from "../../../core/provision.ts"
import type { ResourceRow } from "../../../schema/index.ts"
import type { GridPaneApi } from "../api.ts"
import { backupById } from "../sync/backups.ts"
import { enabled, reference, storage } from "./fields.ts"

const Integration = z.strictObject({
  integrationId: reference(
    "Integration",
    "The id of the storage, from the `backupIntegrations` table",
    "backupIntegrations",
  ),
})

/** What is done about a site's backups. Schedules come and go with automatic backups: there is no other way. */
export const siteBackupActions = {
  setAutomaticBackups: action({
    table: "webServices",
    title: "Switch automatic backups on or off",
    input: z.strictObject({ storage, enabled }),
    // Switched off, the schedule is gone, and its times with it.
    isDisruptive: true,
    async run(api: GridPaneApi, { providerResourceId }, { storage, enabled }) {
      await api.setAutomaticBackups(providerResourceId, storage, enabled)
      return { message: `Automatic ${storage} backups are being switched ${enabled ? "on" : "off"}.` }
    },
  }),
  backupNow: action({
    table: "webServices",
    title: "Back up now",
    input: z
      .strictObject({
        storage,
        integrationId: Integration.shape.integrationId.optional(),
        tag: z
          .string()
          .regex(/^[a-z\d-]{1,32}$/i, "must be up to 32 letters, digits and hyphens")
          .refine((tag) => !/^(manual|auto)$/i.test(tag), "must not be manual or auto")
          .optional()
          .meta({ title: "Tag", description: "A word to know the backup by" }),
      })
      .refine(({ storage, integrationId }) => (storage === "remote") === (integrationId !== undefined), {
        message: "goes with a remote backup, and has to",
        path: ["integrationId"],
      }),
    async run(api: GridPaneApi, { providerResourceId }, { storage, integrationId, tag }) {
      await api.createBackup(providerResourceId, { type: storage, integration_id: integrationId, tag })
      return { message: "The backup is being made. Use refreshBackups before the sync that shall see it." }
    },
  }),
  refreshBackups: action({
    table: "webServices",
    title: "Bring GridPane's record of backups up to date",
    input: z.strictObject({}),
    async run(api: GridPaneApi, { providerResourceId }) {
      await api.refreshBackups(providerResourceId)
      return { message: "GridPane is asking the server for its backups." }
    },
  }),
  attachBackupIntegration: action({
    table: "webServices",
    title: "Let the site back up to a storage",
    input: Integration,
    async run(api: GridPaneApi, { providerResourceId }, { integrationId }) {
      await api.attachBackupIntegration(providerResourceId, integrationId)
      return { message: `The site can back up to integration ${integrationId}.` }
    },
  }),
  detachBackupIntegration: action({
    table: "webServices",
    title: "Let the site back up to a storage no longer",
    input: Integration,
    isDisruptive: true,
    async run(api: GridPaneApi, { providerResourceId }, { integrationId }) {
      await api.detachBackupIntegration(providerResourceId, integrationId)
      return { message: `The site backs up to integration ${integrationId} no longer.` }
    },
  }),
}

const minute = z.int().min(0).max(59).meta({ title: "Minute" })
const hour = z.int().min(0).max(23).meta({ title: "Hour", description: "In the server's time zone" })

export const scheduleActions = {
  updateSchedule: action({
    table: "backupSchedules",
    title: "Change when backups are made",
    input: z.discriminatedUnion("frequency", [
      z.strictObject({ frequency: z.literal("hourly").meta({ title: "How often" }), minute }),
      z.strictObject({ frequency: z.literal("daily"), minute, hour }),
      z.strictObject({
        frequency: z.literal("weekly"),
        minute,
        hour,
        day: z.int().min(0).max(6).meta({ title: "Day of the week", description: "0 is Sunday" }),
      }),
      z.strictObject({
        frequency: z.literal("monthly"),
        minute,
        hour,
        day: z.int().min(1).max(28).meta({ title: "Day of the month" }),
      }),
    ]),
    async run(api: GridPaneApi, row, { frequency, ...times }) {
      const id = Number(row.providerResourceId)
      await api.updateBackupSchedule(siteOf(row), { id, bup_schedule: frequency, ...times })
      return { message: `Backups are being scheduled ${frequency}.` }
    },
  }),
  updatePruneSchedule: action({
    table: "backupSchedules",
    title: "Change how long backups are kept",
    input: z.strictObject({
      retainDays: z
        .literal([0, 30, 90, 180, 360])
        .meta({ title: "Days to keep", description: "0 is without limit" }),
      pruneRule: z.literal([0, 1, 2, 3]).meta({
        title: "Rule",
        description:
          "0 keeps daily backups; 1 daily for a week, then weekly; 2 daily for a month, then monthly; 3 daily for a week, weekly for a month, then monthly",
      }),
    }),
    isDisruptive: true,
    appliesTo: ({ storage }) => storage !== null,
    async run(api: GridPaneApi, row, { retainDays, pruneRule }) {
      await api.updatePruneSchedule(siteOf(row), {
        backup_type: row.storage === "remote" ? "remote" : "local",
        retain_days: retainDays,
        prune_schedule: pruneRule,
      })
      return { message: "The rule for keeping backups is being changed." }
    },
  }),
}

/** The site is not part of a schedule's id, and a listing may not have told it. */
function siteOf({ providerResourceId, webServiceProviderId }: ResourceRow<"backupSchedules">): string {
  if (webServiceProviderId) return webServiceProviderId
  throw new DockError({
    code: "invalid_request",
    provider: "gridpane",
    message: `gridpane: it is not known which site schedule ${providerResourceId} belongs to`,
    suggestion: "Sync the schedules, then try again.",
  })
}

export const backupActions = {
  restoreBackup: action({
    table: "backups",
    title: "Restore the site from this backup",
    input: z.strictObject({}),
    isDisruptive: true,
    async run(api: GridPaneApi, { providerResourceId }) {
      const { siteId, backup } = backupById(providerResourceId)
      await api.restoreBackup(siteId, backup)
      return { message: "The site is being restored." }
    },
  }),
  purgeBackup: action({
    table: "backups",
    title: "Delete this backup",
    input: z.strictObject({}),
    isDisruptive: true,
    async run(api: GridPaneApi, { providerResourceId }) {
      const { siteId, backup } = backupById(providerResourceId)
      await api.purgeBackup(siteId, backup)
      return { message: "The backup is being deleted." }
    },
  }),
}
