import { z } from "zod"
import { DockError } from "../../../core/errors.ts"
import { ifTold } from "../../../core/if-told.ts"
import type { JsonObject } from "../../../core/provider-data.ts"
import { action, provision } from "../../../core/provision.ts"
import type { Scope } from "../../../core/resource.ts"
import type { CloudflareApi } from "../api/index.ts"
import { recordOf } from "../keys.ts"
import { contentFrom } from "../record-data.ts"
import { type RecordsOf, recordsOf } from "../sync/dns-records.ts"
import { CloudflareDnsRecord } from "../types.ts"
import { gone, itemsIn, kept, zoneId } from "./fields.ts"
import * as fields from "./record-fields.ts"

const AUTOMATIC = 1

const shape = {
  type: fields.type,
  name: fields.name,
  content: fields.content,
  ttl: fields.ttl,
  priority: fields.priority,
  proxied: fields.proxied,
  comment: fields.comment,
}

function refuseMisfits(input: Parameters<typeof fields.misfits>[0], context: z.RefinementCtx) {
  for (const { path, message } of fields.misfits(input))
    context.addIssue({ code: "custom", path: [path], message })
}

const NewRecord = z.strictObject(shape).superRefine(refuseMisfits)
type NewRecord = z.output<typeof NewRecord>

const Input = z.strictObject({ zoneId, ...shape }).superRefine(refuseMisfits)

export const dnsRecord = provision({
  table: "dnsRecords",
  title: "DNS record",
  input: Input,
  steps: [
    {
      name: "DNS record",
      // There is never a second one that is the same in all of these.
      async find(api: CloudflareApi, { zoneId, ...record }) {
        const { type, name } = record
        const listing = api.dns.listDnsRecords(zoneId, { type, name })
        const [found] = await itemsIn(listing, CloudflareDnsRecord, (listed) => isSame(listed, record))
        return found ? { id: found.id, data: { zone: zoneId } } : null
      },
      async create(api: CloudflareApi, { zoneId, ...record }) {
        const { id } = await api.dns.createDnsRecord(zoneId, bodyOf(record))
        return { id, data: { zone: zoneId } }
      },
      undo: (api: CloudflareApi, made) => api.dns.deleteDnsRecord(kept(made).zone, made.id),
    },
  ],
  async observe(api: CloudflareApi, made) {
    const { id, zone } = kept(made["DNS record"])
    const item = await api.dns.getDnsRecord(zone, id)
    return item ? { state: "ready", item, scope: await scopeOf(api, zone) } : gone("DNS record")
  },
  destroy(api: CloudflareApi, { providerResourceId }) {
    const { zone, record } = recordOf(providerResourceId)
    return api.dns.deleteDnsRecord(zone, record)
  },
})

const update = action({
  table: "dnsRecords",
  title: "Change the record",
  input: z
    .strictObject({ ...shape, content: fields.content.optional() })
    .omit({ type: true, name: true })
    .refine(
      (input) => Object.values(input).some((value) => value !== undefined),
      "needs something to change",
    ),
  async run(api: CloudflareApi, row, input) {
    const { zone, record } = recordOf(row.providerResourceId)
    const type = row.recordType ?? ""
    // A priority goes with its content, and either may be all that changes.
    const isOfBoth = input.content !== undefined || input.priority !== undefined
    const whole = {
      type,
      proxied: input.proxied,
      ...(isOfBoth ? { content: input.content ?? row.content ?? undefined } : {}),
      ...(isOfBoth ? { priority: input.priority ?? row.priority ?? undefined } : {}),
    }
    refuse(fields.misfits(whole))
    const { ttl, proxied, comment } = input
    const item = await api.dns.changeDnsRecord(zone, record, {
      type,
      name: row.name,
      ...fields.contentBody(whole),
      ...given({ ttl, proxied, comment }),
    })
    const message = "The record is changed."
    // A token may change a zone's records without being let to read the zone.
    const scope = await ifTold(scopeOf(api, zone))
    return scope ? { message, item, scope } : { message }
  },
})

const batch = action({
  table: "domains",
  title: "Change many records at once: all of it happens, or nothing",
  input: z
    .strictObject({
      remove: z.array(z.string().min(1)).default([]).meta({
        title: "Remove",
        description: "Ids of records at Cloudflare: zone/record, as rows have them",
      }),
      add: z.array(NewRecord).default([]).meta({ title: "Add", description: "New records" }),
    })
    .refine(({ remove, add }) => remove.length + add.length > 0, "needs something to remove or add"),
  isDisruptive: true,
  appliesTo: ({ kind }) => kind === "zone",
  async run(api: CloudflareApi, { providerResourceId: zone }, { remove, add }) {
    const deletes = remove.map(recordOf)
    if (deletes.some((record) => record.zone !== zone)) {
      refuse([{ path: "remove", message: "names a record of another zone" }])
    }
    await api.dns.batchDnsRecords(zone, {
      deletes: deletes.map(({ record: id }) => ({ id })),
      posts: add.map(bodyOf),
    })
    return { message: `${remove.length} records removed, ${add.length} added. Sync to see them.` }
  },
})

export const dnsRecordActions = { update }
export const zoneRecordActions = { changeRecords: batch }

function bodyOf(record: NewRecord): JsonObject {
  const { type, name, ttl = AUTOMATIC, proxied, comment } = record
  return { type, name, ...fields.contentBody(record), ttl, ...given({ proxied, comment }) }
}

function given<Value>(values: Readonly<Record<string, Value | undefined>>): Record<string, Value> {
  const told: Record<string, Value> = {}
  for (const [key, value] of Object.entries(values)) if (value !== undefined) told[key] = value
  return told
}

/** Cloudflare puts texts into quotes, and writes names in lower case and without the last dot. */
function isSame(listed: CloudflareDnsRecord, wanted: NewRecord): boolean {
  const { content, data } = fields.contentBody(wanted)
  const [a, b] = data
    ? [contentFrom(wanted.type, listed.data), contentFrom(wanted.type, Object(data))]
    : [listed.content, content]
  const isText = wanted.type === "TXT"
  const plain = (text: unknown) =>
    isText ? unquoted(String(text)) : String(text).toLowerCase().replace(/\.$/, "")
  const priority = listed.priority ?? listed.data?.["priority"]
  return (
    listed.type === wanted.type &&
    typeof a === "string" &&
    plain(a) === plain(b) &&
    (wanted.priority === undefined || priority === wanted.priority)
  )
}

function unquoted(text: string): string {
  return text.replace(/^"(.*)"$/s, "$1")
}

async function scopeOf(api: CloudflareApi, zone: string): Promise<Scope<RecordsOf>> {
  const told = await api.zones.getZone(zone)
  return recordsOf({ id: zone, name: told?.name || null, account: told?.account?.id ?? null })
}

function refuse(problems: readonly { readonly path: string; readonly message: string }[]): void {
  const [problem] = problems
  if (!problem) return
  throw new DockError({
    code: "invalid_request",
    provider: "cloudflare",
    message: `cloudflare: ${problem.path} ${problem.message}.`,
    suggestion: "Nothing was sent. Correct it and try again.",
  })
}
