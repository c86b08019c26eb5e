import { z } from "zod"
import { type Made, type MadeSoFar, type Observation, provision } from "../../../core/provision.ts"
import type { RecordFields } from "../api/dns.ts"
import type { NetlifyApi } from "../api/index.ts"
import { unlessGone } from "../gone.ts"
import { needed, zoneScope } from "../sync/scopes.ts"
import { NetlifyFullRecord } from "../types.ts"
import { domainName, reference } from "./fields.ts"
import { isAsAsked, isWritable, parts, SIMPLE_TYPES } from "./record-fields.ts"

const base = {
  zoneId: reference("Zone", "The id of the DNS zone, from the `domains` table").meta({
    refersTo: { table: "domains", where: { kind: "zone" } },
  }),
  name: domainName("Name", "The full name: www.example.com"),
  content: parts.content,
  ttl: parts.ttl.optional(),
}

const Input = z.discriminatedUnion("type", [
  z.strictObject({ ...base, type: z.enum(SIMPLE_TYPES).meta({ title: "Type" }) }),
  z.strictObject({ ...base, type: z.literal("MX"), priority: parts.priority }),
  z.strictObject({
    ...base,
    type: z.literal("SRV"),
    priority: parts.priority,
    weight: parts.weight,
    port: parts.port,
  }),
  z.strictObject({ ...base, type: z.literal("CAA"), flag: parts.flag, tag: parts.tag }),
])
type Input = z.output<typeof Input>

export const dnsRecord = provision({
  table: "dnsRecords",
  title: "DNS record",
  input: Input,
  appliesTo: ({ recordType }) => isWritable(recordType),
  steps: [
    {
      name: "DNS record",
      find: (api: NetlifyApi, input) => findRecord(api, input.zoneId, asked(input)),
      async create(api: NetlifyApi, input) {
        return madeOf(input.zoneId, await api.dns.createRecord(input.zoneId, asked(input)))
      },
      undo: (api: NetlifyApi, { id, data }) =>
        unlessGone(api.dns.deleteRecord(String(data?.["zoneId"] ?? ""), id)),
    },
  ],
  observe,
  destroy: (api: NetlifyApi, { providerResourceId: id, domainProviderId: zoneId }) =>
    unlessGone(api.dns.deleteRecord(zoneId ?? "", id)),
})

function asked({ zoneId: _, name, content, ...rest }: Input): RecordFields {
  return { ...rest, hostname: name, value: content }
}

function madeOf(zoneId: string, { id }: NetlifyFullRecord): Made {
  return { id, data: { zoneId } }
}

/** A record is told by all that it says. Two that say the same are as good as one. */
export async function findRecord(api: NetlifyApi, zoneId: string, asked: RecordFields): Promise<Made | null> {
  for await (const page of api.dns.listRecords(zoneId)) {
    const records = page.items.map((raw) =>
      needed(NetlifyFullRecord, raw, "GET /dns_zones/{zone_id}/dns_records"),
    )
    const found = records.find((record) => isAsAsked(record, asked))
    if (found) return madeOf(zoneId, found)
  }
  return null
}

async function observe(api: NetlifyApi, made: MadeSoFar, { zoneId }: Input): Promise<Observation> {
  const item = await unlessGone(api.dns.getRecord(zoneId, made["DNS record"]?.id ?? ""))
  if (!item) return { state: "failed", code: "not_found", message: "Netlify no longer has this record." }
  return { state: "ready", item, scope: zoneScope(await api.dns.getZone(zoneId)) }
}
