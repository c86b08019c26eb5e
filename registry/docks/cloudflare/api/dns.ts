import { z } from "zod"
import type { Listing } from "../../../core/page.ts"
import type { JsonObject } from "../../../core/provider-data.ts"
import { CloudflareDnsRecord } from "../types.ts"
import { type Client, orNull, resultOf } from "./client.ts"

const READ = "Zone > DNS > Read"
const EDIT = "Zone > DNS > Edit"

const RECORDS = "/zones/{zone}/dns_records"
const RECORD = "/zones/{zone}/dns_records/{record}"

/** Applied all or none, in this order: deletes, patches, puts, posts. */
export interface DnsBatch {
  readonly deletes?: readonly { readonly id: string }[]
  readonly patches?: readonly JsonObject[]
  readonly posts?: readonly JsonObject[]
}

const Records = z.array(CloudflareDnsRecord).nullish()
const BatchResult = z.looseObject({ deletes: Records, patches: Records, posts: Records })

export class DnsApi {
  readonly #client: Client

  constructor(client: Client) {
    this.#client = client
  }

  listDnsRecords(zone: string, filter: { readonly type?: string; readonly name?: string } = {}): Listing {
    return this.#client.pages(RECORDS, { params: { zone }, query: { ...filter }, needs: READ }, 100)
  }

  async getDnsRecord(zone: string, record: string): Promise<CloudflareDnsRecord | null> {
    const answer = await orNull(this.#client.get(RECORD, { params: { zone, record }, needs: READ }))
    return answer && resultOf(CloudflareDnsRecord, answer)
  }

  async createDnsRecord(zone: string, record: JsonObject): Promise<CloudflareDnsRecord> {
    const ask = { params: { zone }, json: record, needs: EDIT }
    return resultOf(CloudflareDnsRecord, await this.#client.post(RECORDS, ask))
  }

  async changeDnsRecord(zone: string, record: string, change: JsonObject): Promise<CloudflareDnsRecord> {
    const ask = { params: { zone, record }, json: change, needs: EDIT }
    return resultOf(CloudflareDnsRecord, await this.#client.patch(RECORD, ask))
  }

  async deleteDnsRecord(zone: string, record: string): Promise<void> {
    await this.#client.delete(RECORD, { params: { zone, record }, needs: EDIT })
  }

  async batchDnsRecords(zone: string, batch: DnsBatch): Promise<z.output<typeof BatchResult>> {
    const ask = { params: { zone }, json: batch, needs: EDIT }
    return resultOf(BatchResult, await this.#client.post("/zones/{zone}/dns_records/batch", ask))
  }
}
