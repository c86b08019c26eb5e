import { instantFromMilliseconds } from "../../../core/dates.ts"
import { DockError } from "../../../core/errors.ts"
import { hostname } from "../../../core/hostname.ts"
import type { Listing } from "../../../core/page.ts"
import { resource, type Scope } from "../../../core/resource.ts"
import { readScope } from "../api/accounts.ts"
import type { VercelApi } from "../api/index.ts"
import { VercelDomain } from "../types.ts"
import { accountAndProjectScopes } from "./scopes.ts"

/** The domains of the accounts, and the names attached to the projects. */
export const domains = resource("domains", VercelDomain, {
  scopes: accountAndProjectScopes,
  list: listDomains,
  map: (domain, { id }) => {
    const { project } = readScope(id)
    const name = hostname(domain.name)
    return {
      providerResourceId: project === undefined ? domain.name : `${project}/${domain.name}`,
      name: name?.name ?? domain.name,
      displayName: name?.displayName,
      ...(project === undefined ? ownDomain(domain) : attachment(domain, project)),
      status: domainStatus(domain),
    }
  },
})

function ownDomain(domain: VercelDomain) {
  const isHere = domain.serviceType === "zeit.world"
  const isElsewhere = domain.serviceType === "external"
  return {
    kind: isHere ? ("zone" as const) : isElsewhere && domain.boughtAt ? ("registration" as const) : null,
    dnsProvider: isHere ? "Vercel" : null,
    nameServers: domain.nameservers?.length ? [...domain.nameservers] : null,
    registrar: domain.boughtAt ? "Vercel" : null,
    registeredAt: instantFromMilliseconds(domain.boughtAt),
    expiresAt: instantFromMilliseconds(domain.expiresAt),
    autoRenew: domain.renew,
  }
}

function attachment(domain: VercelDomain, project: string) {
  return {
    kind: "attachment" as const,
    webServiceProviderId: project,
    redirectsTo: hostname(domain.redirect)?.name,
  }
}

/** Both have to be told: that the name is the user's, and that it leads to Vercel. */
function domainStatus({ verified, configuration }: VercelDomain) {
  if (!verified) return verified === false ? "pending" : "unknown"
  if (configuration?.misconfigured) return "misconfigured"
  return configuration?.misconfigured === false ? "active" : "unknown"
}

async function* listDomains(api: VercelApi, { id }: Scope): Listing {
  const { owner, project } = readScope(id)
  const listing =
    project === undefined ? api.domains.listDomains(owner) : api.projects.listProjectDomains(owner, project)
  for await (const page of listing) {
    const items: unknown[] = []
    for (const domain of page.items) items.push(await withConfiguration(api, id, domain))
    yield { items }
  }
}

const VERCELS_OWN = { misconfigured: false }

const Named = VercelDomain.pick({ name: true })

/** A domain with where it leads. That Vercel could not find out in time is no reason not to know the domain. */
export async function withConfiguration(api: VercelApi, scope: string, raw: unknown): Promise<unknown> {
  const { data: domain } = Named.safeParse(raw)
  if (!domain) return raw
  if (domain.name.endsWith(".vercel.app")) return { ...domain, configuration: VERCELS_OWN }
  const { owner, project } = readScope(scope)
  try {
    return { ...domain, configuration: await api.domains.getDomainConfig(owner, domain.name, project) }
  } catch (error) {
    if (error instanceof DockError && MAY_FAIL.has(error.code)) return { ...domain, configuration: null }
    throw error
  }
}

const MAY_FAIL = new Set(["forbidden", "not_found", "invalid_request", "timeout"])
