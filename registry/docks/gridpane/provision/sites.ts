import { z } from "zod"
import { hostname } from "../../../core/hostname.ts"
import { type Made, type MadeSoFar, type Observation, provision } from "../../../core/provision.ts"
import { ACCOUNT_SCOPE } from "../../../core/resource.ts"
import type { GridPaneApi } from "../api.ts"
import { unlessGone } from "../gone.ts"
import { kinshipFrom } from "../sync/copies.ts"
import { GridPaneSite } from "../types.ts"
import {
  DNS_MISFIT,
  dnsFits,
  dnsIntegrationId,
  dnsManagement,
  domainName,
  pageCaching,
  phpVersion,
  reference,
} from "./fields.ts"
import { findIn, lookUp } from "./find.ts"

const wpUser = z.strictObject({
  username: z.string().min(1).meta({ title: "Name" }),
  email: z.email().meta({ title: "E-mail address" }),
  role: z
    .enum(["primary_administrator", "administrator", "editor", "contributor", "subscriber"])
    .meta({ title: "Role" }),
})

const Input = z
  .strictObject({
    url: domainName("Domain", "The site's primary domain, which is made with it"),
    serverId: reference("Server", "The id of the server to build it on", "servers"),
    phpVersion,
    processManager: z.enum(["dynamic", "static", "ondemand"]).meta({ title: "PHP process manager" }),
    pageCaching,
    username: z
      .string()
      .min(1)
      .optional()
      .meta({ title: "System user", description: "Who owns it: a user of the server, or a new one" }),
    systemUserId: reference("System user", "The id of who owns it, instead of a name").optional(),
    waf: z.enum(["6G", "7G", "modsec"]).optional().meta({ title: "Firewall" }),
    smtpIntegrationId: reference("Mail integration", "Its id, from `GET /user/integrations`").optional(),
    bundleId: reference("Bundle", "The id of a bundle of plugins and themes").optional(),
    dnsManagement: dnsManagement.optional(),
    dnsIntegrationId,
    wpUsers: z
      .array(wpUser)
      .max(5)
      .optional()
      .meta({ title: "WordPress users", description: "GridPane gives each a password" }),
  })
  .refine(({ username, systemUserId }) => (username === undefined) !== (systemUserId === undefined), {
    message: "needs either a name or systemUserId",
    path: ["username"],
  })
  .refine(dnsFits, DNS_MISFIT)
type Input = z.output<typeof Input>

const Found = GridPaneSite.pick({ id: true, url: true, server_id: true })

export const site = provision({
  table: "webServices",
  title: "WordPress site",
  input: Input,
  steps: [
    {
      name: "site",
      find,
      create: async (api: GridPaneApi, input) => {
        const id = await api.createSite({
          url: input.url,
          server_id: input.serverId,
          php_version: input.phpVersion,
          pm: input.processManager,
          nginx_caching: input.pageCaching,
          username: input.username,
          system_user_id: input.systemUserId,
          waf: input.waf,
          smtp: input.smtpIntegrationId,
          bundle_id: input.bundleId,
          ...(input.dnsIntegrationId
            ? { dns_management: input.dnsManagement, dns_integration_id: input.dnsIntegrationId }
            : {}),
          wp_users: input.wpUsers,
        })
        return id === undefined ? lookUp("POST /site", find(api, input)) : { id }
      },
      undo: (api, { id }) => unlessGone(api.deleteSite(id)),
    },
  ],
  observe,
  destroy: (api: GridPaneApi, { providerResourceId: id }) => unlessGone(api.deleteSite(id)),
  isGone: async (api, { providerResourceId: id }) => (await unlessGone(api.getSite(id))) === undefined,
})

/** The same name may be on two servers: a clone of a site keeps its name. */
function find(api: GridPaneApi, { url, serverId }: Input): Promise<Made | null> {
  return findIn("GET /site", api.listSites(), Found, (listed) => {
    return hostname(listed.url)?.name === url && listed.server_id === String(serverId)
  })
}

async function observe(api: GridPaneApi, { site: made }: MadeSoFar): Promise<Observation> {
  const item = await api.getSite(made?.id ?? "")
  const { data: told } = GridPaneSite.safeParse(item)
  if (!told?.built_at) return { state: "pending", progress: "Being built" }
  return { state: "ready", item, scope: { id: ACCOUNT_SCOPE, data: await kinshipFrom(api.listDomains()) } }
}
