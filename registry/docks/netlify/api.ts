import { envelope } from "../../core/envelope.ts"
import type { Http } from "../../core/http.ts"
import type { Listing } from "../../core/page.ts"
import { paged, whole } from "./pages.ts"
import { NetlifyCertificate, NetlifyUser } from "./types.ts"

export class NetlifyApi {
  readonly #http: Http

  constructor(http: Http) {
    this.#http = http
  }

  async getUser(): Promise<NetlifyUser> {
    return envelope(NetlifyUser, await this.#http.get("/user"))
  }

  /** The teams that the user belongs to. */
  listAccounts(): Listing {
    return whole((query) => this.#http.get("/accounts", { query }))
  }

  listSites(accountSlug: string): Listing {
    const params = { account_slug: accountSlug }
    return paged((query) => this.#http.get("/{account_slug}/sites", { params, query }))
  }

  listDeploys(siteId: string): Listing {
    const params = { site_id: siteId }
    return paged((query) => this.#http.get("/sites/{site_id}/deploys", { params, query }))
  }

  /** Null without a certificate, for one when a site has no name of its own. */
  async getCertificate(siteId: string): Promise<NetlifyCertificate | null> {
    const answer = await this.#http.get("/sites/{site_id}/ssl", { params: { site_id: siteId } })
    return envelope(NetlifyCertificate.nullable(), answer)
  }

  /** Without their addresses: whoever knows one can start a build. */
  async *listBuildHooks(siteId: string): Listing {
    const params = { site_id: siteId }
    const hooks = whole((query) => this.#http.get("/sites/{site_id}/build_hooks", { params, query }))
    for await (const page of hooks) yield { ...page, items: page.items.map(withoutUrl) }
  }

  listDnsZones(accountSlug: string): Listing {
    return whole((query) => this.#http.get("/dns_zones", { query: { ...query, account_slug: accountSlug } }))
  }

  listDnsRecords(zoneId: string): Listing {
    const params = { zone_id: zoneId }
    return whole((query) => this.#http.get("/dns_zones/{zone_id}/dns_records", { params, query }))
  }
}

function withoutUrl(hook: unknown): unknown {
  if (typeof hook !== "object" || hook === null) return null
  return Object.fromEntries(Object.entries(hook).filter(([key]) => key !== "url"))
}
