import type { Listing } from "../../../core/page.ts"
import { resource } from "../../../core/resource.ts"
import type { GridPaneApi } from "../api.ts"
import { unlessGone } from "../gone.ts"
import { type GridPaneRetention, GridPaneSchedule, GridPaneSite, GridPaneSiteSchedules } from "../types.ts"
import { needed, wholeAccount } from "./account.ts"

type RetentionBySite = ReadonlyMap<string, GridPaneRetention>

/** GridPane makes a schedule when automatic backups are switched on, and removes it when they are switched off. */
export const backupSchedules = resource("backupSchedules", GridPaneSchedule, {
  scopes: (api: GridPaneApi) => wholeAccount<RetentionBySite>(() => learnRetention(api)),
  list: listSchedules,
  map: (schedule, { data: retention }) => {
    const storage = STORAGE.get(schedule.type)
    return {
      providerResourceId: schedule.id,
      name: schedule.url && storage ? `${schedule.url} ${storage}` : schedule.id,
      status: "enabled" as const,
      webServiceProviderId: schedule.site_id,
      serverProviderId: schedule.server_id,
      storage,
      ...timing(schedule),
      backupIntegrationProviderId: schedule.service_user_id,
      storageService: schedule.service_name,
      ...keeping(storage, retention?.get(schedule.site_id ?? "")),
    }
  },
})

const STORAGE = new Map<unknown, "local" | "remote">([
  ["local", "local"],
  ["remote", "remote"],
])
const FREQUENCIES = new Map<unknown, "hourly" | "daily" | "weekly" | "monthly">([
  ["hourly", "hourly"],
  ["daily", "daily"],
  ["weekly", "weekly"],
  ["monthly", "monthly"],
])
/** GridPane's words for `prune_schedule`, by number. */
const PRUNE_RULES = [
  "keep daily backups",
  "keep daily backups for a week, then weekly backups",
  "keep daily backups for a month, then monthly backups",
  "keep daily backups for a week, then weekly backups for a month, then monthly backups",
]

/** An hour and a day are sent for every schedule; they mean something only where the frequency leaves them open. */
function timing({ bup_schedule, minute, hour, day }: GridPaneSchedule) {
  const frequency = FREQUENCIES.get(bup_schedule)
  return {
    frequency,
    minute: within(minute, 0, 59),
    hour: frequency && frequency !== "hourly" ? within(hour, 0, 23) : null,
    dayOfWeek: frequency === "weekly" ? within(day, 0, 6) : null,
    dayOfMonth: frequency === "monthly" ? within(day, 1, 31) : null,
  }
}

function within(value: number | null | undefined, least: number, most: number): number | null {
  return value != null && value >= least && value <= most ? value : null
}

function keeping(storage: "local" | "remote" | undefined, retention: GridPaneRetention | undefined) {
  if (!storage || !retention) return {}
  const rule = retention[`${storage}_prune_schedule`]
  return { retainDays: retention[`${storage}_retain_days`], pruneRule: PRUNE_RULES[rule ?? -1] }
}

/** Sites come with their schedules inside; a row is one schedule, so that local and remote stand apart. */
async function* listSchedules(api: GridPaneApi): Listing {
  for await (const page of api.listBackupSchedules()) yield { items: page.items.flatMap(schedulesOf) }
}

function schedulesOf(raw: unknown): unknown[] {
  const { schedule_backups, ...site } = needed(GridPaneSiteSchedules, raw, "GET /backups/schedules")
  return schedule_backups.map((schedule) =>
    typeof schedule === "object" && schedule !== null ? { ...site, ...schedule } : schedule,
  )
}

const SiteRetention = GridPaneSite.pick({ local_bup: true, remote_bup: true, site_customizer: true })
const SiteId = GridPaneSite.pick({ id: true })

/** The site listing tells how long backups are kept; a site that has backups and tells nothing is asked for itself. */
async function learnRetention(api: GridPaneApi): Promise<RetentionBySite> {
  const bySite = new Map<string, GridPaneRetention>()
  for await (const page of api.listSites()) {
    for (const raw of page.items) {
      const { id } = needed(SiteId, raw, "GET /site")
      const { data: site } = SiteRetention.safeParse(raw)
      if (site?.local_bup === false && site.remote_bup === false) continue
      // No rule on record for this site is no reason to read no schedules at all.
      const told = site?.site_customizer ?? (await unlessGone(api.getPruneSchedule(id)))
      if (told) bySite.set(id, told)
    }
  }
  return bySite
}
