import type { Listing } from "../../../core/page.ts"
import type { MappedRow } from "../../../core/resource.ts"
import { GridPaneDomain, type GridPaneSite } from "../types.ts"

export type Kinship = Pick<MappedRow<"webServices">, "environment" | "parentProviderId">

/**
 * A staging or canary copy is a site of its own with a primary domain of its own, and the site listing does not say
 * whose copy it is. The domain listing says more: `primary_is_staging`, and on which server each name lives. A copy is
 * a site named `staging.` or `canary.` before the name of another site *on the same server*, and where GridPane says
 * that it is no staging copy, it is none. Where that does not settle it, nothing is claimed.
 */
export async function kinshipFrom(domains: Listing): Promise<(site: GridPaneSite) => Kinship> {
  const primaries = new Map<string, GridPaneDomain>()
  const siteAt = new Map<string, string>()
  for await (const page of domains) {
    for (const raw of page.items) {
      const { data: domain } = GridPaneDomain.safeParse(raw)
      if (domain?.type !== "primary" || !domain.site_id || !domain.server_id || !domain.url) continue
      primaries.set(domain.site_id, domain)
      siteAt.set(`${domain.server_id} ${domain.url}`, domain.site_id)
    }
  }
  return ({ id, url }) => {
    const domain = primaries.get(id)
    if (!url || domain?.url !== url) return { environment: null, parentProviderId: null }

    const [prefix] = /^(staging|canary)\./.exec(url) ?? []
    if (prefix === undefined) return { environment: "production", parentProviderId: null }

    const isStaging = domain.primary_is_staging ?? null
    const parentProviderId = siteAt.get(`${domain.server_id} ${url.slice(prefix.length)}`) ?? null
    if (prefix === "staging.") {
      if (isStaging === false) return { environment: "production", parentProviderId: null }
      return { environment: isStaging || parentProviderId ? "staging" : null, parentProviderId }
    }
    return { environment: parentProviderId ? "preview" : null, parentProviderId }
  }
}
