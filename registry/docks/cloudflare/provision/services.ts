import { z } from "zod"
import { secret } from "../../../core/credentials.ts"
import { DockError } from "../../../core/errors.ts"
import { action } from "../../../core/provision.ts"
import type { CloudflareApi } from "../api/index.ts"
import { serviceOf } from "../keys.ts"
import { CloudflareWorkerDomain, CloudflareZone } from "../types.ts"
import { domainName, itemsIn } from "./fields.ts"

const domain = domainName("Domain", "For a Worker, one of a zone of this account")

const addDomain = action({
  table: "webServices",
  title: "Add a domain",
  input: z.strictObject({ name: domain }),
  async run(api: CloudflareApi, { providerResourceId }, { name: domain }) {
    const service = serviceOf(providerResourceId)
    if (service.kind === "pages") {
      await api.pages.addDomain(service, domain)
      return {
        message: `${domain} is being added. Outside of Cloudflare's DNS, it needs a CNAME to the project.`,
      }
    }
    await api.workers.attachDomain(service, domain, await zoneOf(api, service.account, domain))
    return { message: `${domain} is being added, with its DNS record and its certificate.` }
  },
})

const removeDomain = action({
  table: "webServices",
  title: "Remove a domain",
  input: z.strictObject({ name: domain }),
  isDisruptive: true,
  async run(api: CloudflareApi, { providerResourceId }, { name: domain }) {
    const service = serviceOf(providerResourceId)
    if (service.kind === "pages") await api.pages.removeDomain(service, domain)
    else {
      const { account, script } = service
      const listing = api.workers.listDomains(account, domain)
      const attached = await itemsIn(listing, CloudflareWorkerDomain, (listed) => {
        return listed.hostname === domain && listed.service === script
      })
      for (const { id } of attached) await api.workers.detachDomain(account, id)
    }
    return { message: `${domain} is removed.` }
  },
})

const variableName = z
  .string()
  .regex(/^[A-Za-z_]\w{0,127}$/, "must be letters, digits and underscores, and begin with no digit")
const environment = z.enum(["production", "preview"]).default("production").meta({
  title: "Environment",
  description: "Of a Pages project. A Worker has but one",
})

const setEnvironmentVariables = action({
  table: "webServices",
  title: "Set environment variables",
  input: z.strictObject({
    variables: z
      .record(variableName, secret("Value", "Kept by Cloudflare as a secret: it cannot be read again"))
      .refine((variables) => Object.keys(variables).length > 0, "names no variable")
      .meta({ title: "Variables", description: "Values by name" }),
    environment,
  }),
  async run(api: CloudflareApi, { providerResourceId }, { variables, environment }) {
    const service = serviceOf(providerResourceId)
    const set = Object.entries(variables)
    const names = Object.keys(variables).join(", ")
    if (service.kind === "workers") {
      for (const [name, value] of set) await api.workers.putSecret(service, name, value)
      return { message: `Set: ${names}.` }
    }
    const values = set.map(([name, value]) => [name, { type: "secret_text", value }] as const)
    await api.pages.changeProject(service, variablesOf(environment, values))
    return { message: `Set for ${environment}, from the next deployment on: ${names}.` }
  },
})

const removeEnvironmentVariables = action({
  table: "webServices",
  title: "Remove environment variables",
  input: z.strictObject({ names: z.array(variableName).min(1).meta({ title: "Names" }), environment }),
  isDisruptive: true,
  async run(api: CloudflareApi, { providerResourceId }, { names, environment }) {
    const service = serviceOf(providerResourceId)
    if (service.kind === "workers") for (const name of names) await api.workers.deleteSecret(service, name)
    else {
      const none = names.map((name) => [name, null] as const)
      await api.pages.changeProject(service, variablesOf(environment, none))
    }
    return { message: `Removed: ${names.join(", ")}.` }
  },
})

export const serviceActions = { addDomain, removeDomain, setEnvironmentVariables, removeEnvironmentVariables }

function variablesOf(
  environment: string,
  values: readonly (readonly [name: string, value: object | null])[],
) {
  return { deployment_configs: { [environment]: { env_vars: Object.fromEntries(values) } } }
}

/** The zone with the longest name that the domain ends in. */
async function zoneOf(api: CloudflareApi, account: string, domain: string): Promise<string> {
  const labels = domain.split(".")
  for (let start = 0; start < labels.length - 1; start++) {
    const name = labels.slice(start).join(".")
    const [found] = await itemsIn(api.zones.listZones(name), CloudflareZone, (listed) => {
      return listed.name === name && listed.account?.id === account
    })
    if (found) return found.id
  }
  throw new DockError({
    code: "not_found",
    provider: "cloudflare",
    endpoint: "GET /zones",
    message: `cloudflare: the account has no zone that ${domain} is part of.`,
    suggestion: "Add the zone first, or choose a domain of one that is there.",
  })
}
