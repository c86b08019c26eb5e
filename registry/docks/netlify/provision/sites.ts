import { z } from "zod"
import { type Made, type Observation, provision } from "../../../core/provision.ts"
import type { NetlifyApi } from "../api/index.ts"
import { unlessGone } from "../gone.ts"
import { accountScope, needed } from "../sync/scopes.ts"
import { NetlifyFullSite } from "../types.ts"
import { notOurs } from "./conflict.ts"
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

/**
 * Names are unique in all of Netlify, so a site of that name is the one, if it is as a create leaves it: with nothing in
 * it. One with content was there before, and rolling back would delete it.
 */
async function find(api: NetlifyApi, { account, name, customDomain }: Input): Promise<Made | null> {
  const endpoint = "GET /{account_slug}/sites"
  for await (const page of api.sites.listSites(account, name)) {
    for (const raw of page.items) {
      const found = needed(NetlifyFullSite, raw, endpoint)
      if (found.name !== name) continue
      const isEmpty = found.published_deploy === null && !found.build_settings?.repo_url
      if (isEmpty && [null, "", customDomain].includes(found.custom_domain)) return { id: found.id }
      throw notOurs(endpoint, `the team ${account} has a site named ${name} already, and it is in use`)
    }
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
