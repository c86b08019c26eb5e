import type { Listing } from "../../../core/page.ts"
import type { JsonObject } from "../../../core/provider-data.ts"
import { CloudflareD1Database, CloudflareKvNamespace, CloudflareR2Bucket } from "../types.ts"
import { type Client, orNull, resultOf } from "./client.ts"

const D1 = "/accounts/{account}/d1/database"
const KV = "/accounts/{account}/storage/kv/namespaces"
const R2 = "/accounts/{account}/r2/buckets"

const D1_READ = "Account > D1 > Read"
const D1_EDIT = "Account > D1 > Edit"
const KV_READ = "Account > Workers KV Storage > Read"
const KV_EDIT = "Account > Workers KV Storage > Edit"
const R2_READ = "Account > Workers R2 Storage > Read"
const R2_EDIT = "Account > Workers R2 Storage > Edit"

/** Where a bucket's data has to stay. Each has a list and names of its own. */
export type Jurisdiction = "default" | "eu"

export interface BucketKey {
  readonly account: string
  readonly jurisdiction: Jurisdiction
  readonly bucket: string
}

/** D1 databases, KV namespaces and R2 buckets. */
export class StorageApi {
  readonly #client: Client

  constructor(client: Client) {
    this.#client = client
  }

  listDatabases(account: string, name?: string): Listing {
    return this.#client.pages(D1, { params: { account }, query: { name }, needs: D1_READ }, 100)
  }

  async getDatabase(account: string, database: string) {
    const ask = { params: { account, database }, needs: D1_READ }
    const answer = await orNull(this.#client.get(`${D1}/{database}`, ask))
    return answer && resultOf(CloudflareD1Database, answer)
  }

  async createDatabase(account: string, database: JsonObject) {
    const answer = await this.#client.post(D1, { params: { account }, json: database, needs: D1_EDIT })
    return resultOf(CloudflareD1Database, answer)
  }

  async changeDatabase(account: string, database: string, json: JsonObject): Promise<void> {
    await this.#client.patch(`${D1}/{database}`, { params: { account, database }, json, needs: D1_EDIT })
  }

  async deleteDatabase(account: string, database: string): Promise<void> {
    await this.#client.delete(`${D1}/{database}`, { params: { account, database }, needs: D1_EDIT })
  }

  listNamespaces(account: string): Listing {
    return this.#client.pages(KV, { params: { account }, needs: KV_READ }, 100)
  }

  async getNamespace(account: string, namespace: string) {
    const ask = { params: { account, namespace }, needs: KV_READ }
    const answer = await orNull(this.#client.get(`${KV}/{namespace}`, ask))
    return answer && resultOf(CloudflareKvNamespace, answer)
  }

  async createNamespace(account: string, title: string) {
    const answer = await this.#client.post(KV, { params: { account }, json: { title }, needs: KV_EDIT })
    return resultOf(CloudflareKvNamespace, answer)
  }

  async deleteNamespace(account: string, namespace: string): Promise<void> {
    await this.#client.delete(`${KV}/{namespace}`, { params: { account, namespace }, needs: KV_EDIT })
  }

  listBuckets(account: string, jurisdiction: Jurisdiction): Listing {
    return this.#client.buckets(R2, {
      params: { account },
      query: { per_page: 1000 },
      ...within(jurisdiction),
      needs: R2_READ,
    })
  }

  async getBucket({ account, jurisdiction, bucket }: BucketKey) {
    const ask = { params: { account, bucket }, ...within(jurisdiction), needs: R2_READ }
    const answer = await orNull(this.#client.get(`${R2}/{bucket}`, ask))
    return answer && resultOf(CloudflareR2Bucket, answer)
  }

  async createBucket(account: string, jurisdiction: Jurisdiction, bucket: JsonObject) {
    const ask = { params: { account }, json: bucket, ...within(jurisdiction), needs: R2_EDIT }
    return resultOf(CloudflareR2Bucket, await this.#client.post(R2, ask))
  }

  /** The one thing about a bucket that can be changed; it goes in a header. */
  async setStorageClass({ account, jurisdiction, bucket }: BucketKey, storageClass: string): Promise<void> {
    const headers = { ...within(jurisdiction).headers, "cf-r2-storage-class": storageClass }
    await this.#client.patch(`${R2}/{bucket}`, { params: { account, bucket }, headers, needs: R2_EDIT })
  }

  async deleteBucket({ account, jurisdiction, bucket }: BucketKey): Promise<void> {
    const ask = { params: { account, bucket }, ...within(jurisdiction), needs: R2_EDIT }
    await this.#client.delete(`${R2}/{bucket}`, ask)
  }
}

function within(jurisdiction: Jurisdiction) {
  return { headers: { "cf-r2-jurisdiction": jurisdiction } }
}
