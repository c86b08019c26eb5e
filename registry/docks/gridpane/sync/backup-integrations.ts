import { resource } from "../../../core/resource.ts"
import type { GridPaneApi } from "../api.ts"
import { GridPaneIntegration, GridPaneSchedule, GridPaneSiteSchedules } from "../types.ts"
import { needed, wholeAccount } from "./account.ts"

/** Which sites back up by themselves to which integration. */
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

const SiteSchedules = GridPaneSiteSchedules.extend({ site_id: GridPaneIntegration.shape.id })
const Target = GridPaneSchedule.pick({ type: true, service_user_id: true })

/**
 * The schedules of all sites come in one answer and name their integration. Only a site with a schedule that does not
 * tell where it goes is asked for itself: one request a site is a lot when 12 a minute are allowed.
 */
async function learnUsage(api: GridPaneApi): Promise<Usage> {
  const usage = new Map<string, Set<string>>()
  const add = (integrationId: string, siteId: string) =>
    usage.set(integrationId, (usage.get(integrationId) ?? new Set()).add(siteId))

  for await (const page of api.listBackupSchedules()) {
    for (const raw of page.items) {
      const { site_id: siteId, schedule_backups } = needed(SiteSchedules, raw, "GET /backups/schedules")
      let isOpen = false
      for (const schedule of schedule_backups) {
        const { type, service_user_id: integrationId } = Target.safeParse(schedule).data ?? {}
        if (type === "local") continue
        if (type === "remote" && integrationId) add(integrationId, siteId)
        else isOpen = true
      }
      if (isOpen) for (const integrationId of await attachedTo(api, siteId)) add(integrationId, siteId)
    }
  }
  return usage
}

async function attachedTo(api: GridPaneApi, siteId: string): Promise<string[]> {
  const ids: string[] = []
  for await (const page of api.listSiteBackupIntegrations(siteId)) {
    for (const raw of page.items) {
      ids.push(needed(GridPaneIntegration, raw, "GET /backups/integrations/{site}").id)
    }
  }
  return ids
}
