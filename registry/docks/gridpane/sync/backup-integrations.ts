import { resource } from "../../../core/resource.ts"
import type { GridPaneApi } from "../api.ts"
import { GridPaneIntegration, GridPaneSchedule, GridPaneSite, GridPaneSiteSchedules } from "../types.ts"
import { needed, wholeAccount } from "./account.ts"

/** Which sites back up to which integration. */
type Usage = ReadonlyMap<string, ReadonlySet<string>>

export const backupIntegrations = resource("backupIntegrations", GridPaneIntegration, {
  scopes: (api: GridPaneApi) => wholeAccount<Usage>(() => learnUsage(api)),
  list: (api) => api.listBackupIntegrations(),
  map: (integration, { data: usage }) => ({
    providerResourceId: integration.id,
    name: integration.integration_name || integration.id,
    // GridPane lists an integration for as long as it is connected, and tells no more of its state.
    status: "active" as const,
    service: integration.integrated_service,
    region: integration.region,
    webServiceProviderIds: usage ? [...(usage.get(integration.id) ?? [])].sort() : null,
  }),
})

const SiteFlags = GridPaneSite.pick({ id: true, remote_bup: true })
const ScheduleTarget = GridPaneSchedule.pick({ type: true, service_user_id: true })

/**
 * The schedules of all sites come in one answer and name their integration. Only a site that has remote backups on and
 * no schedule that tells where is asked for itself: one request a site is a lot when 12 a minute are allowed.
 */
async function learnUsage(api: GridPaneApi): Promise<Usage> {
  const usage = new Map<string, Set<string>>()
  const settled = new Set<string>()
  const add = (integrationId: string, siteId: string) => {
    settled.add(siteId)
    usage.set(integrationId, (usage.get(integrationId) ?? new Set()).add(siteId))
  }
  for await (const page of api.listBackupSchedules()) {
    for (const raw of page.items) {
      const { site_id: siteId, schedule_backups } = needed(
        GridPaneSiteSchedules,
        raw,
        "GET /backups/schedules",
      )
      for (const schedule of schedule_backups) {
        const { data: target } = ScheduleTarget.safeParse(schedule)
        if (siteId && target?.type === "remote" && target.service_user_id) add(target.service_user_id, siteId)
      }
    }
  }
  for await (const page of api.listSites()) {
    for (const raw of page.items) {
      const site = needed(SiteFlags, raw, "GET /site")
      if (site.remote_bup !== false && !settled.has(site.id)) await learnSite(api, site.id, add)
    }
  }
  return usage
}

async function learnSite(
  api: GridPaneApi,
  siteId: string,
  add: (integrationId: string, siteId: string) => void,
): Promise<void> {
  for await (const page of api.listSiteBackupIntegrations(siteId)) {
    for (const raw of page.items) {
      add(needed(GridPaneIntegration, raw, "GET /backups/integrations/{site}").id, siteId)
    }
  }
}
