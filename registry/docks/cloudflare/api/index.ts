import type { Http } from "../../../core/http.ts"
import type { Listing } from "../../../core/page.ts"
import { Client } from "./client.ts"
import { DnsApi } from "./dns.ts"
import { PagesApi } from "./pages.ts"
import { PagesUploadApi } from "./pages-upload.ts"
import { StorageApi } from "./storage.ts"
import { WorkersApi } from "./workers.ts"
import { ZonesApi } from "./zones.ts"

/** Cloudflare's API, one part a resource. */
export class CloudflareApi {
  readonly zones: ZonesApi
  readonly dns: DnsApi
  readonly pages: PagesApi
  readonly workers: WorkersApi
  readonly storage: StorageApi
  readonly uploads: PagesUploadApi
  readonly #client: Client

  constructor(http: Http, unsigned: Http) {
    this.#client = new Client(http)
    this.zones = new ZonesApi(this.#client)
    this.dns = new DnsApi(this.#client)
    this.pages = new PagesApi(this.#client)
    this.workers = new WorkersApi(this.#client)
    this.storage = new StorageApi(this.#client)
    this.uploads = new PagesUploadApi(this.#client, new Client(unsigned))
  }

  listAccounts(): Listing {
    return this.#client.pages("/accounts", { needs: "Account > Account Settings > Read" }, 50)
  }
}
