import { instantFrom } from "../../../core/dates.ts"
import { hostname } from "../../../core/hostname.ts"
import { incomplete } from "../../../core/listing-guard.ts"
import type { Listing } from "../../../core/page.ts"
import { resource, type Scope } from "../../../core/resource.ts"
import type { NetlifyApi } from "../api/index.ts"
import { type NetlifyAccount, NetlifyDomain, NetlifySiteNames } from "../types.ts"
import { accountScopes, needed, type SiteData, siteScopes } from "./scopes.ts"

type Data = NetlifyAccount | SiteData

/** Zones are listed by account; the names of a site stand in the site. */
export const domains = resource("domains", NetlifyDomain, {
  scopes: listScopes,
  list: (api: NetlifyApi, { data }) => {
    if (data && "slug" in data) return api.dns.listZones(data.slug)
    return listAttachments(api, data?.raw)
  },
  map: (domain) => {
    const name = hostname(domain.name)
    return {
      providerResourceId: domain.id,
      name: name?.name ?? domain.id,
      displayName: name?.displayName,
      webServiceProviderId: domain.site_id,
      ...(domain.attachment ? attachmentColumns(domain.name, domain.attachment) : zoneColumns(domain)),
    }
  },
})

async function* listScopes(api: NetlifyApi): Listing<Scope<Data>> {
  yield* accountScopes(api)
  yield* siteScopes(api)
}

function zoneColumns({ errors, domain, dns_servers }: NetlifyDomain) {
  const registration = typeof domain === "object" ? domain : null
  return {
    kind: "zone" as const,
    status: errors ? (errors.length > 0 ? ("misconfigured" as const) : ("active" as const)) : "unknown",
    nameServers: dns_servers,
    dnsProvider: "Netlify",
    registrar: registration ? "Netlify" : null,
    registeredAt: instantFrom(registration?.registered_at),
    expiresAt: instantFrom(registration?.expires_at),
    autoRenew: registration?.auto_renew,
  } as const
}

/** A name leads here for certain when Netlify has got a certificate for it: it is asked for through the name. */
function attachmentColumns(
  name: string | null | undefined,
  { isPrimary, ssl, certificate }: NonNullable<NetlifyDomain["attachment"]>,
) {
  const covers = certificate?.domains?.some((covered) => isCoveredBy(name ?? "", covered))
  const isIssued = covers && certificate?.state === "issued"
  const hasNone = certificate === null && ssl === false
  return {
    kind: "attachment" as const,
    status: isIssued ? ("active" as const) : ("unknown" as const),
    isPrimary,
    sslStatus: isIssued ? ("active" as const) : hasNone ? ("none" as const) : null,
    sslExpiresAt: covers ? instantFrom(certificate?.expires_at) : null,
  }
}

function isCoveredBy(name: string, covered: string): boolean {
  return covered === name || (covered.startsWith("*.") && name.replace(/^[^.]+/, "*") === covered)
}

/** The names of one site, each in the form of an item. The certificate is one for all of them. */
async function* listAttachments(api: NetlifyApi, raw: unknown): Listing {
  const endpoint = "GET /{account_slug}/sites"
  const site = needed(NetlifySiteNames, raw, endpoint)
  const primary = site.custom_domain || null
  if (primary === null && !leadsToNetlify(site)) {
    throw incomplete({ provider: "netlify", endpoint, requestId: undefined }, "has a site without its name")
  }
  const names = [...new Set([...(primary === null ? [] : [primary]), ...site.domain_aliases])]
  const certificate = names.length > 0 ? await api.sites.getCertificate(site.id) : null
  yield {
    items: names.map((name) => ({
      id: `${site.id}/${name}`,
      name,
      site_id: site.id,
      attachment: { isPrimary: name === primary, ssl: site.ssl, certificate },
    })),
  }
}

/** The address of a site is that of its own name if it has one, else one of Netlify's. */
function leadsToNetlify({ ssl_url }: NetlifySiteNames): boolean {
  return URL.canParse(ssl_url) && /\.netlify\.(app|com)$/.test(new URL(ssl_url).hostname)
}
