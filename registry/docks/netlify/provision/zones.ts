import { z } from "zod"
import { hostname } from "../../../core/hostname.ts"
import { type Made, type MadeSoFar, type Observation, provision } from "../../../core/provision.ts"
import type { NetlifyApi } from "../api/index.ts"
import { unlessGone } from "../gone.ts"
import { accountScope, needed } from "../sync/scopes.ts"
import { NetlifyZone } from "../types.ts"
import { notOurs } from "./conflict.ts"
import { accountSlug, domainName, reference } from "./fields.ts"

const Input = z.strictObject({
  account: accountSlug,
  name: domainName("Domain", "The name whose DNS Netlify shall serve"),
  siteId: reference("Site", "The id of a site that it is for").optional(),
})
type Input = z.output<typeof Input>

export const domain = provision({
  table: "domains",
  title: "DNS zone",
  input: Input,
  // The names of sites come and go by `addDomain` and `removeDomain` of the site.
  appliesTo: ({ kind }) => kind === "zone",
  steps: [
    {
      name: "DNS zone",
      find,
      async create(api: NetlifyApi, { account, name, siteId }) {
        const { id } = await api.dns.createZone(account, name, siteId)
        return { id }
      },
      undo: (api, { id }) => unlessGone(api.dns.deleteZone(id)),
    },
  ],
  observe,
  destroy: (api: NetlifyApi, { providerResourceId: id }) => unlessGone(api.dns.deleteZone(id)),
})

const Managed = z.looseObject({ managed: z.boolean() })

/** A team has one zone of a name. It is taken for the one that was asked for while nobody has put records into it. */
async function find(api: NetlifyApi, { account, name }: Input): Promise<Made | null> {
  for await (const page of api.dns.listZones(account)) {
    for (const raw of page.items) {
      const zone = needed(NetlifyZone, raw, "GET /dns_zones")
      if (hostname(zone.name)?.name !== name) continue
      if (!(await hasOwnRecords(api, zone.id))) return { id: zone.id }
      throw notOurs("GET /dns_zones", `the team ${account} has a zone ${name} already, with records in it`)
    }
  }
  return null
}

async function hasOwnRecords(api: NetlifyApi, zoneId: string): Promise<boolean> {
  for await (const page of api.dns.listRecords(zoneId)) {
    if (page.items.some((raw) => !Managed.safeParse(raw).data?.managed)) return true
  }
  return false
}

async function observe(api: NetlifyApi, made: MadeSoFar): Promise<Observation> {
  const item = await unlessGone(api.dns.getZone(made["DNS zone"]?.id ?? ""))
  if (!item) return { state: "failed", code: "not_found", message: "Netlify no longer has this zone." }
  const { account_id: id, account_slug: slug, account_name: name } = item
  return { state: "ready", item, scope: accountScope({ id, slug, name }) }
}
