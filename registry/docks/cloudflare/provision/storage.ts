import { z } from "zod"
import { ifTold } from "../../../core/if-told.ts"
import { action, provision } from "../../../core/provision.ts"
import type { CloudflareApi } from "../api/index.ts"
import { bucketOf, databaseOf, isOf } from "../keys.ts"
import type { BucketScope } from "../sync/buckets.ts"
import type { DatabaseScope } from "../sync/databases.ts"
import { CloudflareD1Database, CloudflareKvNamespace } from "../types.ts"
import { accountId, gone, itemsIn, kept } from "./fields.ts"

const REGIONS = ["wnam", "enam", "weur", "eeur", "apac", "oc"] as const
const region = z.enum(REGIONS).optional().meta({
  title: "Region",
  description: "Where it should be rather; Cloudflare does not promise it",
})

export const d1Database = provision({
  table: "databases",
  title: "D1 database",
  input: z.strictObject({
    accountId,
    name: z
      .string()
      .regex(/^[a-z\d][a-z\d_-]{0,63}$/, "must be lower-case letters, digits, hyphens and underscores")
      .meta({ title: "Name" }),
    region,
  }),
  appliesTo: isOf("d1"),
  steps: [
    {
      name: "database",
      async find(api: CloudflareApi, { accountId: account, name }) {
        const listing = api.storage.listDatabases(account, name)
        // The filter also finds names that only begin so.
        const [found] = await itemsIn(listing, CloudflareD1Database, (listed) => listed.name === name)
        return found ? { id: found.uuid, data: { account } } : null
      },
      async create(api: CloudflareApi, { accountId: account, name, region }) {
        const { uuid } = await api.storage.createDatabase(account, {
          name,
          ...(region ? { primary_location_hint: region } : {}),
        })
        return { id: uuid, data: { account } }
      },
      undo: (api: CloudflareApi, made) => api.storage.deleteDatabase(kept(made).account, made.id),
    },
  ],
  async observe(api: CloudflareApi, made) {
    const { id, account } = kept(made["database"])
    const item = await api.storage.getDatabase(account, id)
    return item ? { state: "ready", item, scope: databaseScope("d1", account) } : gone("database")
  },
  destroy(api: CloudflareApi, { providerResourceId }) {
    const { account, id } = databaseOf(providerResourceId)
    return api.storage.deleteDatabase(account, id)
  },
})

export const kvNamespace = provision({
  table: "databases",
  title: "KV namespace",
  input: z.strictObject({ accountId, name: z.string().trim().min(1).max(512).meta({ title: "Name" }) }),
  appliesTo: isOf("kv"),
  steps: [
    {
      name: "namespace",
      async find(api: CloudflareApi, { accountId: account, name }) {
        const listing = api.storage.listNamespaces(account)
        const [found] = await itemsIn(listing, CloudflareKvNamespace, ({ title }) => title === name)
        return found ? { id: found.id, data: { account } } : null
      },
      async create(api: CloudflareApi, { accountId: account, name }) {
        const { id } = await api.storage.createNamespace(account, name)
        return { id, data: { account } }
      },
      undo: (api: CloudflareApi, made) => api.storage.deleteNamespace(kept(made).account, made.id),
    },
  ],
  async observe(api: CloudflareApi, made) {
    const { id, account } = kept(made["namespace"])
    const item = await api.storage.getNamespace(account, id)
    return item ? { state: "ready", item, scope: databaseScope("kv", account) } : gone("namespace")
  },
  destroy(api: CloudflareApi, { providerResourceId }) {
    const { account, id } = databaseOf(providerResourceId)
    return api.storage.deleteNamespace(account, id)
  },
})

const storageClass = z.enum(["Standard", "InfrequentAccess"]).meta({ title: "Storage class" })

export const r2Bucket = provision({
  table: "buckets",
  title: "R2 bucket",
  input: z.strictObject({
    accountId,
    name: z
      .string()
      .regex(/^[a-z\d][a-z\d-]{1,61}[a-z\d]$/, "must be 3 to 63 lower-case letters, digits and hyphens")
      .meta({ title: "Name" }),
    region,
    storageClass: storageClass.default("Standard"),
    jurisdiction: z.enum(["default", "eu"]).default("default").meta({
      title: "Jurisdiction",
      description: "eu keeps the data within the European Union",
    }),
  }),
  steps: [
    {
      name: "bucket",
      async find(api: CloudflareApi, { accountId: account, jurisdiction, name: bucket }) {
        const found = await api.storage.getBucket({ account, jurisdiction, bucket })
        return found ? { id: bucket, data: { account, jurisdiction } } : null
      },
      async create(api: CloudflareApi, { accountId: account, jurisdiction, name, region, storageClass }) {
        await api.storage.createBucket(account, jurisdiction, {
          name,
          storageClass,
          ...(region ? { locationHint: region } : {}),
        })
        return { id: name, data: { account, jurisdiction } }
      },
      undo: (api: CloudflareApi, made) => api.storage.deleteBucket({ ...kept(made), bucket: made.id }),
    },
  ],
  async observe(api: CloudflareApi, made) {
    const { id: bucket, account, jurisdiction } = kept(made["bucket"])
    const item = await api.storage.getBucket({ account, jurisdiction, bucket })
    return item ? { state: "ready", item, scope: bucketScope({ account, jurisdiction }) } : gone("bucket")
  },
  destroy: (api: CloudflareApi, { providerResourceId }) =>
    api.storage.deleteBucket(bucketOf(providerResourceId)),
})

export const databaseActions = {
  setReadReplication: action({
    table: "databases",
    title: "Switch read replication on or off",
    input: z.strictObject({
      enabled: z.boolean().meta({
        title: "Enabled",
        description: "Copies near the readers, placed by Cloudflare. Switched off, they go within hours",
      }),
    }),
    appliesTo: isOf("d1"),
    async run(api: CloudflareApi, { providerResourceId }, { enabled }) {
      const { account, id } = databaseOf(providerResourceId)
      await api.storage.changeDatabase(account, id, {
        read_replication: { mode: enabled ? "auto" : "disabled" },
      })
      return { message: `Copies for reading are being ${enabled ? "made" : "removed"}.` }
    },
  }),
}

export const bucketActions = {
  setStorageClass: action({
    table: "buckets",
    title: "Set the storage class of what is put there from now on",
    input: z.strictObject({ storageClass }),
    async run(api: CloudflareApi, { providerResourceId }, { storageClass }) {
      const key = bucketOf(providerResourceId)
      await api.storage.setStorageClass(key, storageClass)
      const message = `New objects are ${storageClass} unless they say otherwise.`
      const item = await ifTold(api.storage.getBucket(key))
      return item ? { message, item, scope: bucketScope(key) } : { message }
    },
  }),
}

function bucketScope({ account, jurisdiction }: BucketScope): { id: string; data: BucketScope } {
  return { id: `r2/${account}/${jurisdiction}`, data: { account, jurisdiction } }
}

function databaseScope(kind: DatabaseScope["kind"], account: string): { id: string; data: DatabaseScope } {
  return { id: `${kind}/${account}`, data: { kind, account } }
}
