import type { Listing } from "../../../core/page.ts"
import { CloudflareZone } from "../types.ts"
import { type Client, orNull, resultOf } from "./client.ts"

const READ = "Zone > Zone > Read"
const EDIT = "Zone > Zone > Edit"

export interface NewZone {
  readonly name: string
  readonly account: { readonly id: string }
  readonly type: string
}

/** What the cache is to forget: everything, or one kind of thing. */
export type Purge =
  | { readonly purge_everything: true }
  | { readonly [Kind in "files" | "hosts" | "tags" | "prefixes"]?: readonly string[] }

export class ZonesApi {
  readonly #client: Client

  constructor(client: Client) {
    this.#client = client
  }

  listZones(name?: string): Listing {
    return this.#client.pages("/zones", { needs: READ, query: { name } }, 50)
  }

  async getZone(zone: string): Promise<CloudflareZone | null> {
    const answer = await orNull(this.#client.get("/zones/{zone}", { params: { zone }, needs: READ }))
    return answer && resultOf(CloudflareZone, answer)
  }

  async createZone(zone: NewZone): Promise<CloudflareZone> {
    return resultOf(CloudflareZone, await this.#client.post("/zones", { json: zone, needs: EDIT }))
  }

  async changeZone(zone: string, change: { readonly paused: boolean }): Promise<CloudflareZone> {
    const ask = { params: { zone }, json: change, needs: EDIT }
    return resultOf(CloudflareZone, await this.#client.patch("/zones/{zone}", ask))
  }

  async deleteZone(zone: string): Promise<void> {
    await this.#client.delete("/zones/{zone}", { params: { zone }, needs: EDIT })
  }

  async purgeCache(zone: string, purge: Purge): Promise<void> {
    const ask = { params: { zone }, json: purge, needs: "Zone > Cache Purge > Purge" }
    await this.#client.post("/zones/{zone}/purge_cache", ask)
  }

  /**
   * The domains that are registered through Cloudflare. They come in one answer, whose page is counted from 0; should there be
   * more than it holds, its total tells, and the listing is no whole one.
   */
  listRegistrations(account: string): Listing {
    const needs = "Account > Registrar Domains > Read"
    return this.#client.whole("/accounts/{account}/registrar/domains", { params: { account }, needs })
  }
}
