import { envelope } from "../../../core/envelope.ts"
import type { Http } from "../../../core/http.ts"
import type { Listing } from "../../../core/page.ts"
import { NetlifyBuild, NetlifyCertificate, NetlifyFullSite } from "../types.ts"
import { paged, whole } from "./pages.ts"

export interface SiteNames {
  readonly custom_domain?: string | null
  readonly domain_aliases?: readonly string[]
}

export class SitesApi {
  readonly #http: Http

  constructor(http: Http) {
    this.#http = http
  }

  /** `name` narrows to sites that are called so, or nearly so. */
  listSites(accountSlug: string, name?: string): Listing {
    const params = { account_slug: accountSlug }
    return paged((query) => this.#http.get("/{account_slug}/sites", { params, query: { ...query, name } }))
  }

  async getSite(siteId: string): Promise<NetlifyFullSite> {
    return envelope(
      NetlifyFullSite,
      await this.#http.get("/sites/{site_id}", { params: { site_id: siteId } }),
    )
  }

  async createSite(accountSlug: string, site: { name: string } & SiteNames): Promise<NetlifyFullSite> {
    const params = { account_slug: accountSlug }
    return envelope(NetlifyFullSite, await this.#http.post("/{account_slug}/sites", { params, json: site }))
  }

  async updateSite(siteId: string, changes: SiteNames): Promise<void> {
    await this.#http.patch("/sites/{site_id}", { params: { site_id: siteId }, json: changes })
  }

  async deleteSite(siteId: string): Promise<void> {
    await this.#http.delete("/sites/{site_id}", { params: { site_id: siteId } })
  }

  /** Null without a certificate, for one when a site has no name of its own. */
  async getCertificate(siteId: string): Promise<NetlifyCertificate | null> {
    const answer = await this.#http.get("/sites/{site_id}/ssl", { params: { site_id: siteId } })
    return envelope(NetlifyCertificate.nullable(), answer)
  }

  /** Without their addresses and the ids that these end in: whoever knows one can start a build. */
  async *listBuildHooks(siteId: string): Listing {
    const params = { site_id: siteId }
    const hooks = whole((query) => this.#http.get("/sites/{site_id}/build_hooks", { params, query }))
    for await (const page of hooks) yield { ...page, items: page.items.map(withoutAddress) }
  }

  /** Builds the site from its repository. */
  async createBuild(siteId: string, clearCache: boolean): Promise<NetlifyBuild> {
    const answer = await this.#http.post("/sites/{site_id}/builds", {
      params: { site_id: siteId },
      query: { clear_cache: clearCache },
    })
    return envelope(NetlifyBuild, answer)
  }

  /** Publishes the deploy before the published one. */
  async rollBack(siteId: string): Promise<void> {
    await this.#http.put("/sites/{site_id}/rollback", { params: { site_id: siteId } })
  }

  /** All of a site, or what answers with these `Netlify-Cache-Tag`s. */
  async purgeCache(siteId: string, tags?: readonly string[]): Promise<void> {
    await this.#http.post("/purge", { json: { site_id: siteId, cache_tags: tags } })
  }
}

function withoutAddress(hook: unknown): unknown {
  if (typeof hook !== "object" || hook === null) return null
  return Object.fromEntries(Object.entries(hook).filter(([key]) => key !== "url" && key !== "id"))
}
