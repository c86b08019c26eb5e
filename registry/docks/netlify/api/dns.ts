import { envelope } from "../../../core/envelope.ts"
import type { Http } from "../../../core/http.ts"
import type { Listing } from "../../../core/page.ts"
import { NetlifyFullRecord, NetlifyFullZone } from "../types.ts"
import { whole } from "./pages.ts"

/** A record as Netlify takes it. It cannot be changed, only made and deleted. */
export interface RecordFields {
  readonly type: string
  readonly hostname: string
  readonly value: string
  readonly ttl?: number | undefined
  readonly priority?: number | undefined
  readonly weight?: number | undefined
  readonly port?: number | undefined
  readonly flag?: number | undefined
  readonly tag?: string | undefined
}

export class DnsApi {
  readonly #http: Http

  constructor(http: Http) {
    this.#http = http
  }

  listZones(accountSlug: string): Listing {
    return whole((query) => this.#http.get("/dns_zones", { query: { ...query, account_slug: accountSlug } }))
  }

  async getZone(zoneId: string): Promise<NetlifyFullZone> {
    const answer = await this.#http.get("/dns_zones/{zone_id}", { params: { zone_id: zoneId } })
    return envelope(NetlifyFullZone, answer)
  }

  async createZone(accountSlug: string, name: string, siteId?: string): Promise<NetlifyFullZone> {
    const json = { account_slug: accountSlug, name, site_id: siteId }
    return envelope(NetlifyFullZone, await this.#http.post("/dns_zones", { json }))
  }

  async deleteZone(zoneId: string): Promise<void> {
    await this.#http.delete("/dns_zones/{zone_id}", { params: { zone_id: zoneId } })
  }

  listRecords(zoneId: string): Listing {
    const params = { zone_id: zoneId }
    return whole((query) => this.#http.get("/dns_zones/{zone_id}/dns_records", { params, query }))
  }

  async getRecord(zoneId: string, recordId: string): Promise<NetlifyFullRecord> {
    const params = { zone_id: zoneId, record_id: recordId }
    const answer = await this.#http.get("/dns_zones/{zone_id}/dns_records/{record_id}", { params })
    return envelope(NetlifyFullRecord, answer)
  }

  async createRecord(zoneId: string, record: RecordFields): Promise<NetlifyFullRecord> {
    const params = { zone_id: zoneId }
    const answer = await this.#http.post("/dns_zones/{zone_id}/dns_records", { params, json: record })
    return envelope(NetlifyFullRecord, answer)
  }

  async deleteRecord(zoneId: string, recordId: string): Promise<void> {
    const params = { zone_id: zoneId, record_id: recordId }
    await this.#http.delete("/dns_zones/{zone_id}/dns_records/{record_id}", { params })
  }
}
