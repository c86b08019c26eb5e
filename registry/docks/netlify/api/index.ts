import { envelope } from "../../../core/envelope.ts"
import type { Http } from "../../../core/http.ts"
import type { Listing } from "../../../core/page.ts"
import { NetlifyUser } from "../types.ts"
import { DeploysApi } from "./deploys.ts"
import { DnsApi } from "./dns.ts"
import { EnvironmentApi } from "./environment.ts"
import { whole } from "./pages.ts"
import { SitesApi } from "./sites.ts"

/** Netlify's API, one part a resource. */
export class NetlifyApi {
  readonly sites: SitesApi
  readonly deploys: DeploysApi
  readonly dns: DnsApi
  readonly environment: EnvironmentApi
  readonly #http: Http

  constructor(http: Http) {
    this.sites = new SitesApi(http)
    this.deploys = new DeploysApi(http)
    this.dns = new DnsApi(http)
    this.environment = new EnvironmentApi(http)
    this.#http = http
  }

  async getUser(): Promise<NetlifyUser> {
    return envelope(NetlifyUser, await this.#http.get("/user"))
  }

  /** The teams that the user belongs to. */
  listAccounts(): Listing {
    return whole((query) => this.#http.get("/accounts", { query }))
  }
}
