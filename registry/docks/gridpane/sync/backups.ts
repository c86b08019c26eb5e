import type { Listing } from "../../../core/page.ts"
import { resource, type Scope } from "../../../core/resource.ts"
import type { GridPaneApi } from "../api.ts"
import { GridPaneBackup, GridPaneSite } from "../types.ts"
import { needed } from "./account.ts"

const Site = GridPaneSite.pick({ id: true, server_id: true, url: true })
type Data = { readonly siteId: string; readonly serverId: string | null }

/** Backups are listed site by site, so each site is a scope: one that cannot be read leaves the others alone. */
export const backups = resource("backups", GridPaneBackup, {
  scopes: listSiteScopes,
  list: (api: GridPaneApi, { data }) => api.listBackups(data?.siteId ?? ""),
  map: ({ backup, backup_source: source, backup_type: type }, { data }) => ({
    providerResourceId: [data?.siteId, source, type, backup].join("/"),
    name: backup,
    status: "available" as const,
    webServiceProviderId: data?.siteId,
    serverProviderId: data?.serverId,
    storage: source === "local" ? ("local" as const) : ("remote" as const),
    storageService: source === "local" ? null : source,
    kind: type,
    tag: backup.slice("2021-11-24 08:59 ".length) || null,
  }),
})

/** The site and the backup that an id is made of. A tag has no slash in it. */
export function backupById(id: string): { siteId: string; backup: GridPaneBackup } {
  const [siteId = "", source, type, backup] = id.split("/")
  const named = { backup, backup_source: source, backup_type: type }
  return { siteId, backup: needed(GridPaneBackup, named, "GET /backups/original/{site}") }
}

async function* listSiteScopes(api: GridPaneApi): Listing<Scope<Data>> {
  for await (const page of api.listSites()) {
    const sites = page.items.map((raw) => needed(Site, raw, "GET /site"))
    yield {
      items: sites.map((site) => ({
        id: `site/${site.id}`,
        ...(site.url ? { name: site.url } : {}),
        data: { siteId: site.id, serverId: site.server_id ?? null },
      })),
      total: page.total,
    }
  }
}
