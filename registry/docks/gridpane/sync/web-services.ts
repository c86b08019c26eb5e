import { resource } from "../../../core/resource.ts"
import type { GridPaneApi } from "../api.ts"
import { type GridPaneSite, GridPaneSite as Site } from "../types.ts"
import { wholeAccount } from "./account.ts"
import { type Kinship, kinshipFrom } from "./copies.ts"

type Data = (site: GridPaneSite) => Kinship

export const webServices = resource("webServices", Site, {
  scopes: (api: GridPaneApi) => wholeAccount<Data>(() => kinshipFrom(api.listDomains())),
  list: (api) => api.listSites(),
  map: (site, { data: kinshipOf }) => ({
    providerResourceId: site.id,
    name: site.url || site.id,
    status: siteStatus(site),
    productionUrl: siteUrl(site),
    ...kinshipOf?.(site),
    serverProviderId: site.server_id,
    region: site.server?.region_label ?? site.server?.region,
    // GridPane builds WordPress sites and nothing else.
    framework: "wordpress",
    runtime: site.php_version ? `php ${site.php_version}` : null,
    sslEnabled: site.is_ssl,
  }),
  // The server's own state, busy for one, stands in each of its sites.
  volatile: ["server"],
  redact: ["server_key"],
})

/** A site has no status word. It is active when GridPane says that it is built, not suspended and not blank. */
function siteStatus(site: GridPaneSite) {
  const isSuspended = site.site_security_settings?.suspend_site
  if (isSuspended) return "suspended"
  if (isSuspended == null || site.is_wsod == null) return "unknown"
  if (site.is_wsod) return "error"
  return site.built_at ? "active" : "unknown"
}

function siteUrl({ url, is_ssl }: GridPaneSite): string | null {
  if (!url || is_ssl == null) return null
  const address = `${is_ssl ? "https" : "http"}://${url}`
  return URL.canParse(address) ? new URL(address).origin : null
}
