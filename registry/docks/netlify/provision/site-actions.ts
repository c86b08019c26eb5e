import { z } from "zod"
import { secret } from "../../../core/credentials.ts"
import { action } from "../../../core/provision.ts"
import type { NetlifyApi } from "../api/index.ts"
import { unlessGone } from "../gone.ts"
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
  rollBack: action({
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
      domain: domainName("Domain", "A name that leads to the site"),
      primary: z.boolean().default(false).meta({
        title: "Primary",
        description: "The others lead to it. A site's first one is primary anyway",
      }),
    }),
    async run(api: NetlifyApi, { providerResourceId: siteId }, { domain, primary }) {
      const { custom_domain: first, domain_aliases: aliases } = await api.sites.getSite(siteId)
      const others = aliases.filter((alias) => alias !== domain)
      if (first === domain || (!primary && others.length < aliases.length)) {
        return { message: `${domain} leads to the site already.` }
      }
      if (!first) await api.sites.updateSite(siteId, { custom_domain: domain, domain_aliases: others })
      else if (primary) {
        await api.sites.updateSite(siteId, { custom_domain: domain, domain_aliases: [...others, first] })
      } else await api.sites.updateSite(siteId, { domain_aliases: [...aliases, domain] })
      return { message: `${domain} is added to the site.` }
    },
  }),
  removeDomain: action({
    table: "webServices",
    title: "Remove a domain",
    input: z.strictObject({ domain: domainName("Domain", "A name that leads to the site") }),
    isDisruptive: true,
    async run(api: NetlifyApi, { providerResourceId: siteId }, { domain }) {
      const { custom_domain: first, domain_aliases: aliases } = await api.sites.getSite(siteId)
      const others = aliases.filter((alias) => alias !== domain)
      if (first === domain) await api.sites.updateSite(siteId, { custom_domain: null })
      else if (others.length < aliases.length) await api.sites.updateSite(siteId, { domain_aliases: others })
      else return { message: `${domain} does not lead to the site.` }
      return { message: `${domain} is removed from the site.` }
    },
  }),
  setEnvironmentVariable: action({
    table: "webServices",
    title: "Set an environment variable",
    input: z
      .strictObject({
        key: variableName(),
        value: secret("Value"),
        context: z
          .enum(["all", "production", "deploy-preview", "branch-deploy", "branch", "dev", "dev-server"])
          .default("all")
          .meta({ title: "Deploy context", description: "Which deploys see this value" }),
        branch: z.string().min(1).optional().meta({ title: "Branch", description: "For the context branch" }),
        hidden: z
          .boolean()
          .default(false)
          .meta({ title: "Hidden", description: "A new variable that Netlify shows to nobody again" }),
      })
      .refine(({ context, branch }) => (context === "branch") === (branch !== undefined), {
        message: "goes with the context branch, and has to",
        path: ["branch"],
      }),
    async run(api: NetlifyApi, { providerResourceId: siteId }, { key, value, context, branch, hidden }) {
      const { account_id: accountId } = await api.sites.getSite(siteId)
      const told = { context, context_parameter: branch, value }
      const known = await unlessGone(api.environment.getVariable(accountId, siteId, key))
      if (known) await api.environment.setValue(accountId, siteId, key, told)
      else await api.environment.createVariable(accountId, siteId, { key, is_secret: hidden, values: [told] })
      return { message: `${key} is set. Deploys see it from the next one on.` }
    },
  }),
  removeEnvironmentVariable: action({
    table: "webServices",
    title: "Remove an environment variable",
    input: z.strictObject({ key: variableName() }),
    isDisruptive: true,
    async run(api: NetlifyApi, { providerResourceId: siteId }, { key }) {
      const { account_id: accountId } = await api.sites.getSite(siteId)
      await unlessGone(api.environment.deleteVariable(accountId, siteId, key))
      return { message: `${key} is removed. Deploys see that from the next one on.` }
    },
  }),
}

function variableName() {
  return z
    .string()
    .regex(/^[A-Za-z]\w*$/, "must begin with a letter and go on with letters, digits and _")
    .meta({ title: "Name" })
}
