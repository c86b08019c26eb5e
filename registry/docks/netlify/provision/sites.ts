import { z } from "zod"
import { type Made, type Observation, provision } from "../../../core/provision.ts"
import type { NetlifyApi } from "../api/index.ts"
import { unlessGone } from "../gone.ts"
import { accountScope, needed } from "../sync/scopes.ts"
import { NetlifySite } from "../types.ts"
import { accountSlug, domainName } from "./fields.ts"

const Input = z.strictObject({
  account: accountSlug,
  name: z
    .string()
    .regex(
      /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/,
      "must be lower-case letters, digits and hyphens, 63 at most",
    )
    .meta({ title: "Name", description: "Unique in all of Netlify: <name>.netlify.app" }),
  customDomain: domainName("Custom domain", "The site's own name, if it shall have one").optional(),
})
type Input = z.output<typeof Input>

const Named = NetlifySite.pick({ id: true, name: true })

export const site = provision({
  table: "webServices",
  title: "Site",
  input: Input,
  steps: [
    {
      name: "site",
      find,
      async create(api: NetlifyApi, { account, name, customDomain }) {
        const { id } = await api.sites.createSite(account, {
          name,
          ...(customDomain ? { custom_domain: customDomain } : {}),
        })
        return { id }
      },
      undo: (api, { id }) => unlessGone(api.sites.deleteSite(id)),
    },
  ],
  observe,
  destroy: (api: NetlifyApi, { providerResourceId: id }) => unlessGone(api.sites.deleteSite(id)),
})

/** Names are unique in all of Netlify. */
async function find(api: NetlifyApi, { account, name }: Input): Promise<Made | null> {
  for await (const page of api.sites.listSites(account, name)) {
    const sites = page.items.map((raw) => needed(Named, raw, "GET /{account_slug}/sites"))
    const found = sites.find((site) => site.name === name)
    if (found) return { id: found.id }
  }
  return null
}

async function observe(
  api: NetlifyApi,
  { site: made }: Readonly<Record<string, Made>>,
): Promise<Observation> {
  const item = await unlessGone(api.sites.getSite(made?.id ?? ""))
  if (!item) return { state: "failed", code: "not_found", message: "Netlify no longer has this site." }
  if (item.state !== "current") return { state: "pending", ...(item.state ? { progress: item.state } : {}) }
  const { account_id: id, account_slug: slug, account_name: name } = item
  return { state: "ready", item, scope: accountScope({ id, slug, name }) }
}
