import { z } from "zod"
import { hostname } from "../../../core/hostname.ts"
import { type Made, type MadeSoFar, type Observation, provision } from "../../../core/provision.ts"
import type { NetlifyApi } from "../api/index.ts"
import { unlessGone } from "../gone.ts"
import { accountScope, needed } from "../sync/scopes.ts"
import { NetlifyZone } from "../types.ts"
import { accountSlug, domainName, reference } from "./fields.ts"

const Input = z.strictObject({
  account: accountSlug,
  name: domainName("Domain", "The name whose DNS Netlify shall serve"),
  siteId: reference("Site", "The id of a site that it is for")
    .meta({ refersTo: { table: "webServices" } })
    .optional(),
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

/** A team has one zone of a name. */
async function find(api: NetlifyApi, { account, name }: Input): Promise<Made | null> {
  for await (const page of api.dns.listZones(account)) {
    const zones = page.items.map((raw) => needed(NetlifyZone, raw, "GET /dns_zones"))
    const found = zones.find((zone) => hostname(zone.name)?.name === name)
    if (found) return { id: found.id }
  }
  return null
}

async function observe(api: NetlifyApi, made: MadeSoFar): Promise<Observation> {
  const item = await unlessGone(api.dns.getZone(made["DNS zone"]?.id ?? ""))
  if (!item) return { state: "failed", code: "not_found", message: "Netlify no longer has this zone." }
  const { account_id: id, account_slug: slug, account_name: name } = item
  return { state: "ready", item, scope: accountScope({ id, slug, name }) }
}
