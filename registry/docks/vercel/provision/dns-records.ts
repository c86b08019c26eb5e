import { z } from "zod"
import { action, type Made, provision } from "../../../core/provision.ts"
import { readScope } from "../api/accounts.ts"
import type { VercelApi } from "../api/index.ts"
import { unlessGone } from "../gone.ts"
import { contentOf, fullName } from "../sync/dns-records.ts"
import { zoneScope } from "../sync/scopes.ts"
import { VercelDnsRecord } from "../types.ts"
import { domainName, keptOwner, madeId, ownerOf, team } from "./fields.ts"

const number = (title: string) => z.int().min(0).max(65_535).meta({ title })
const hostField = (title: string) => z.string().trim().min(1).max(253).meta({ title })

const common = {
  name: z
    .string()
    .regex(
      /^(@|[\w*-]+(\.[\w-]+)*)$/,
      "must be a name within the zone, such as www, or @ for the zone itself",
    )
    .meta({ title: "Name", description: "Within the zone, such as www; @ is the zone itself" }),
  ttl: z
    .int()
    .min(60)
    .max(2_147_483_647)
    .optional()
    .meta({ title: "TTL", description: "In seconds; a new record has 60 when left out" }),
  comment: z.string().max(500).optional().meta({ title: "Comment" }),
}

const shapes = [
  {
    type: z.enum(["A", "AAAA", "ALIAS", "CAA", "CNAME", "NS", "TXT"]).meta({ title: "Type" }),
    ...common,
    value: z.string().min(1).max(4096).meta({ title: "Value" }),
  },
  {
    type: z.literal("MX").meta({ title: "Type" }),
    ...common,
    value: hostField("Value"),
    priority: number("Priority"),
  },
  {
    type: z.literal("SRV").meta({ title: "Type" }),
    ...common,
    target: hostField("Target"),
    priority: number("Priority"),
    weight: number("Weight"),
    port: number("Port"),
  },
  {
    type: z.literal("HTTPS").meta({ title: "Type" }),
    ...common,
    target: hostField("Target"),
    priority: number("Priority"),
    params: z.string().max(1024).optional().meta({ title: "Parameters", description: "alpn=h2,h3" }),
  },
] as const

const place = { team, zone: domainName("The zone it goes to") }
const [value, mx, srv, https] = shapes
const Change = z.discriminatedUnion("type", [
  z.strictObject(value),
  z.strictObject(mx),
  z.strictObject(srv),
  z.strictObject(https),
])
const Input = z.discriminatedUnion("type", [
  z.strictObject({ ...place, ...value }),
  z.strictObject({ ...place, ...mx }),
  z.strictObject({ ...place, ...srv }),
  z.strictObject({ ...place, ...https }),
])
type Fields = z.output<typeof Change>

export const dnsRecord = provision({
  table: "dnsRecords",
  title: "DNS record",
  input: Input,
  steps: [
    {
      name: "record",
      find: findRecord,
      async create(api: VercelApi, input) {
        const owner = ownerOf(input)
        const record = { ...recordOf(input), ttl: input.ttl ?? 60 }
        const id = await api.domains.createDnsRecord(owner, input.zone, record)
        return { id, data: { ...owner, zone: input.zone } }
      },
      async undo(api, made) {
        const { zone } = Kept.parse(made.data)
        await unlessGone(api.domains.deleteDnsRecord(keptOwner(made), zone, made.id))
      },
    },
  ],
  async observe(api, made, input) {
    const id = madeId(made, "record")
    const item = await recordIn(api, input, (record) => record.id === id)
    if (!item) return { state: "pending", progress: "not listed yet" }
    return { state: "ready", item, scope: zoneScope(await api.accounts.find(ownerOf(input)), input.zone) }
  },
  async destroy(api: VercelApi, { scope, providerResourceId }) {
    const { owner, zone = "" } = readScope(scope)
    await unlessGone(api.domains.deleteDnsRecord(owner, zone, providerResourceId))
  },
})

export const dnsRecordActions = {
  update: action({
    table: "dnsRecords",
    title: "Change it to another name, type or value",
    input: Change,
    async run(api: VercelApi, { scope, providerResourceId }, input) {
      await api.domains.updateDnsRecord(readScope(scope).owner, providerResourceId, recordOf(input))
      return { message: "Changed. Resolvers may keep the old record for as long as its TTL." }
    },
  }),
}

const Kept = z.object({ zone: z.string() })

/** As Vercel wants it written, which is not how it lists it. */
function recordOf(input: Fields): object {
  const { type, ttl, comment } = input
  const name = input.name === "@" ? "" : input.name
  const record = { name, type, ttl, comment }
  switch (input.type) {
    case "MX":
      return { ...record, value: input.value, mxPriority: input.priority }
    case "SRV": {
      const { target, priority, weight, port } = input
      return { ...record, srv: { target, priority, weight, port } }
    }
    case "HTTPS": {
      const { target, priority, params } = input
      return { ...record, https: { target, priority, ...(params === undefined ? {} : { params }) } }
    }
    default:
      return { ...record, value: input.value }
  }
}

/** The value as it is listed: all in one text. */
function listedValue(input: Fields): string {
  switch (input.type) {
    case "SRV":
      return `${input.priority} ${input.weight} ${input.port} ${input.target}`
    case "HTTPS":
      return [input.priority, input.target, input.params].filter((part) => part !== undefined).join(" ")
    default:
      return input.value
  }
}

/** A record has nothing to be known by but what it says; Vercel takes none twice. */
async function findRecord(api: VercelApi, input: z.output<typeof Input>): Promise<Made | null> {
  const content = contentOf(input.type, listedValue(input))
  const found = await recordIn(
    api,
    input,
    ({ name, type, value, mxPriority, priority }) =>
      type === input.type &&
      (input.type !== "MX" || (mxPriority ?? priority) === input.priority) &&
      fullName(name, input.zone) === fullName(input.name, input.zone) &&
      contentOf(type, value ?? "") === content,
  )
  return found ? { id: found.id, data: { ...ownerOf(input), zone: input.zone } } : null
}

async function recordIn(
  api: VercelApi,
  input: z.output<typeof Input>,
  fits: (record: VercelDnsRecord) => boolean,
): Promise<VercelDnsRecord | undefined> {
  for await (const page of api.domains.listDnsRecords(ownerOf(input), input.zone)) {
    for (const raw of page.items) {
      const { data: record } = VercelDnsRecord.safeParse(raw)
      if (record && fits(record)) return record
    }
  }
  return undefined
}
