import { z } from "zod"
import { hostname } from "../../../core/hostname.ts"
import { action, type Made, provision } from "../../../core/provision.ts"
import type { GridPaneApi } from "../api.ts"
import { unlessGone } from "../gone.ts"
import { GridPaneDomain, type GridPaneDomainChange } from "../types.ts"
import {
  DNS_MISFIT,
  dnsFits,
  dnsIntegrationId,
  dnsManagement,
  domainName,
  enabled,
  reference,
} from "./fields.ts"
import { findIn, lookUp } from "./find.ts"

const Input = z
  .strictObject({
    name: domainName("Domain", "The name to add"),
    siteId: reference("Site", "The id of the site to add it to", "webServices"),
    serverId: reference("Server", "The id of the server that the site is on", "servers"),
    type: z.enum(["alias", "redirect"]).meta({
      title: "Type",
      description: "An alias shows the site, a redirect leads to its primary domain",
    }),
    dnsManagement: dnsManagement.default("none_none"),
    dnsIntegrationId,
  })
  .refine(dnsFits, DNS_MISFIT)
type Input = z.output<typeof Input>

const Found = GridPaneDomain.pick({ id: true, url: true, site_id: true })

export const domain = provision({
  table: "domains",
  title: "Domain of a site",
  input: Input,
  // The primary domain comes and goes with its site.
  appliesTo: ({ isPrimary }) => isPrimary !== true,
  steps: [
    {
      name: "domain",
      find,
      create: async (api: GridPaneApi, input) => {
        const id = await api.createDomain({
          domain_url: input.name,
          site_id: input.siteId,
          server_id: input.serverId,
          type: input.type,
          dns_management: input.dnsManagement,
          dns_integration_id: input.dnsIntegrationId,
        })
        return id === undefined ? lookUp("POST /domain", find(api, input)) : { id }
      },
      undo: (api, { id }) => unlessGone(api.deleteDomain(id)),
    },
  ],
  observe: async (api, { domain: made }) => ({ state: "ready", item: await api.getDomain(made?.id ?? "") }),
  destroy: (api: GridPaneApi, { providerResourceId: id }) => unlessGone(api.deleteDomain(id)),
  isGone: async (api, { providerResourceId: id }) => (await unlessGone(api.getDomain(id))) === undefined,
})

function find(api: GridPaneApi, { name, siteId }: Input): Promise<Made | null> {
  return findIn("GET /domain", api.listDomains(), Found, (listed) => {
    return hostname(listed.url)?.name === name && listed.site_id === String(siteId)
  })
}

/** An action that is one change of a domain. */
function change<Fields extends z.ZodType>(
  title: string,
  input: Fields,
  of: (input: z.output<Fields>) => { change: GridPaneDomainChange; message: string },
) {
  return action({
    table: "domains",
    title,
    input,
    async run(api: GridPaneApi, { providerResourceId }, fields) {
      const { change, message } = of(fields)
      await api.updateDomain(providerResourceId, change)
      return { message }
    },
  })
}

export const domainActions = {
  setSsl: change("Switch the certificate on or off", z.strictObject({ enabled }), ({ enabled }) => ({
    change: { ssl: enabled },
    message: enabled ? "A certificate is being asked for." : "The certificate is being removed.",
  })),
  setRouting: change(
    "Choose between www and the bare name",
    z.strictObject({
      routing: z.enum(["none", "www", "root"]).meta({
        title: "Routing",
        description: "Where visitors are led: nowhere else, to www, or to the name without it",
      }),
    }),
    ({ routing }) => ({ change: { routing }, message: `Routing is being set to ${routing}.` }),
  ),
  setWildcard: change("Switch the wildcard on or off", z.strictObject({ enabled }), ({ enabled }) => ({
    change: { wildcard: enabled },
    message: `The wildcard is being switched ${enabled ? "on" : "off"}.`,
  })),
  setDns: change(
    "Set the DNS integration",
    z.strictObject({ dnsManagement, dnsIntegrationId }).refine(dnsFits, DNS_MISFIT),
    ({ dnsManagement, dnsIntegrationId }) => ({
      change: { dns_management: dnsManagement, dns_integration_id: dnsIntegrationId },
      message: `DNS management is being set to ${dnsManagement}.`,
    }),
  ),
  makePrimary: {
    ...change("Make it the primary domain", z.strictObject({}), () => ({
      change: { switch_to_primary_type: true },
      message: "The domain is changing places with the primary one.",
    })),
    isDisruptive: true,
  },
}
