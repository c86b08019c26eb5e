import { z } from "zod"
import { action } from "../../../core/provision.ts"
import type { NetlifyApi } from "../api/index.ts"
import { domainName } from "./fields.ts"

export const siteActions = {
  redeploy: action({
    table: "webServices",
    title: "Build and deploy again",
    input: z.strictObject({
      clearCache: z.boolean().default(false).meta({ title: "Clear the cache", description: "Of the build" }),
    }),
    // Only a site with a repository has something to build.
    appliesTo: ({ repositoryUrl }) => repositoryUrl !== null,
    async run(api: NetlifyApi, { providerResourceId: siteId }, { clearCache }) {
      const { deploy_id: deployId } = await api.sites.createBuild(siteId, clearCache)
      const message = "The site is being built."
      return deployId ? { message, madeProviderResourceId: deployId } : { message }
    },
  }),
  rollback: action({
    table: "webServices",
    title: "Publish the deploy before the published one",
    input: z.strictObject({}),
    isDisruptive: true,
    async run(api: NetlifyApi, { providerResourceId: siteId }) {
      await api.sites.rollBack(siteId)
      return { message: "The deploy before is published." }
    },
  }),
  purgeCache: action({
    table: "webServices",
    title: "Purge the cache",
    input: z.strictObject({
      tags: z
        .array(z.string().min(1))
        .min(1)
        .optional()
        .meta({ title: "Tags", description: "Only what answers with these cache tags; all of it otherwise" }),
    }),
    async run(api: NetlifyApi, { providerResourceId: siteId }, { tags }) {
      await api.sites.purgeCache(siteId, tags)
      return { message: "The cache is being purged." }
    },
  }),
  addDomain: action({
    table: "webServices",
    title: "Add a domain",
    input: z.strictObject({
      name: domainName("Domain", "A name that leads to the site"),
      primary: z.boolean().default(false).meta({
        title: "Primary",
        description: "The others lead to it. A site's first one is primary anyway",
      }),
    }),
    async run(api: NetlifyApi, { providerResourceId: siteId }, { name, primary }) {
      const { custom_domain: first, domain_aliases: aliases } = await api.sites.getSite(siteId)
      const others = aliases.filter((alias) => alias !== name)
      if (first === name || (!primary && others.length < aliases.length)) {
        return { message: `${name} leads to the site already.` }
      }
      if (!first) await api.sites.updateSite(siteId, { custom_domain: name, domain_aliases: others })
      else if (primary) {
        await api.sites.updateSite(siteId, { custom_domain: name, domain_aliases: [...others, first] })
      } else await api.sites.updateSite(siteId, { domain_aliases: [...aliases, name] })
      return { message: `${name} is added to the site.` }
    },
  }),
  removeDomain: action({
    table: "webServices",
    title: "Remove a domain",
    input: z.strictObject({ name: domainName("Domain", "A name that leads to the site") }),
    isDisruptive: true,
    async run(api: NetlifyApi, { providerResourceId: siteId }, { name }) {
      const { custom_domain: first, domain_aliases: aliases } = await api.sites.getSite(siteId)
      const others = aliases.filter((alias) => alias !== name)
      if (first === name) await api.sites.updateSite(siteId, { custom_domain: null })
      else if (others.length < aliases.length) await api.sites.updateSite(siteId, { domain_aliases: others })
      else return { message: `${name} does not lead to the site.` }
      return { message: `${name} is removed from the site.` }
    },
  }),
}
