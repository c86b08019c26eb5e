import type { z } from "zod"
import { instantFrom } from "../../../core/dates.ts"
import { hostname } from "../../../core/hostname.ts"
import type { Listing } from "../../../core/page.ts"
import { resource, type Scope } from "../../../core/resource.ts"
import { statusWords } from "../../../core/status.ts"
import type { CloudflareApi } from "../api/index.ts"
import type { PagesProjectKey } from "../api/pages.ts"
import { projectId, workerId } from "../keys.ts"
import {
  CloudflarePagesDomain,
  CloudflareRegistration,
  CloudflareWorkerDomain,
  CloudflareWorkerRoute,
  CloudflareZone,
} from "../types.ts"
import { consoleUrl } from "./console.ts"
import { inTurn, perAccount, perProject, perZone } from "./places.ts"

/** Names stand in five lists: zones, registrations, and what is attached to Pages and Workers. */
export type DomainScope =
  | { readonly kind: "zones" }
  | { readonly kind: "registrar" | "worker-domains"; readonly account: string }
  | ({ readonly kind: "pages-domains" } & PagesProjectKey)
  | { readonly kind: "worker-routes"; readonly zone: string; readonly account: string | null }

const AnyName = CloudflareZone.extend(CloudflareRegistration.shape)
  .extend(CloudflarePagesDomain.shape)
  .extend(CloudflareWorkerDomain.shape)
  .extend(CloudflareWorkerRoute.shape)
  .partial()

type AnyName = z.output<typeof AnyName>

export const domains = resource("domains", AnyName, {
  scopes: listScopes,
  list: (api: CloudflareApi, { data }) => listNames(api, data ?? { kind: "zones" }),
  map: (item, { data }) => domainRow(item, data ?? { kind: "zones" }),
  // Of a registration: who holds it, at home.
  redact: ["registrant_contact"],
})

/** Zones first: whoever may see nothing else still has these. */
function listScopes(api: CloudflareApi): Listing<Scope<DomainScope>> {
  const zones: Scope<DomainScope> = { id: "zones", name: "Zones", data: { kind: "zones" } }
  return inTurn(
    one(zones),
    perAccount<DomainScope>(api, ({ id: account, name }) => [
      { id: `registrar/${account}`, name: `Registrar of ${name}`, data: { kind: "registrar", account } },
      { id: `workers/${account}`, name: `Workers of ${name}`, data: { kind: "worker-domains", account } },
    ]),
    perProject<DomainScope>(api, (key) => ({
      id: projectId(key),
      name: `Pages project ${key.project}`,
      data: { kind: "pages-domains", ...key },
    })),
    perZone<DomainScope>(api, ({ id, name, account }) => ({
      id: `routes/${id}`,
      name: `Worker routes of ${name ?? id}`,
      data: { kind: "worker-routes", zone: id, account },
    })),
  )
}

async function* one<Item>(item: Item): Listing<Item> {
  yield { items: [item] }
}

function listNames(api: CloudflareApi, scope: DomainScope): Listing {
  switch (scope.kind) {
    case "zones":
      return api.zones.listZones()
    case "registrar":
      return api.zones.listRegistrations(scope.account)
    case "worker-domains":
      return api.workers.listDomains(scope.account)
    case "pages-domains":
      return api.pages.listDomains(scope)
    case "worker-routes":
      return api.workers.listRoutes(scope.zone)
  }
}

function domainRow(item: AnyName, scope: DomainScope) {
  switch (scope.kind) {
    case "zones":
      return zoneRow(item)
    case "registrar":
      return registrationRow(item, scope.account)
    case "worker-domains":
      return workerDomainRow(item, scope.account)
    case "pages-domains":
      return pagesDomainRow(item, scope)
    case "worker-routes":
      return routeRow(item, scope)
  }
}

const zoneStatus = statusWords({
  active: "active",
  initializing: "pending",
  pending: "pending",
  // Its name servers are no longer Cloudflare's.
  moved: "misconfigured",
  deactivated: "suspended",
})

function zoneRow(zone: AnyName) {
  if (!zone.id) throw new TypeError("A zone without an id.")
  const isFull = zone.type === "full"
  return {
    ...named(zone.id, zone.name),
    ...zoneStatus(zone.status),
    providerUrl: consoleUrl(zone.account?.id, zone.name),
    kind: "zone" as const,
    nameServers: zone.name_servers ?? null,
    // Of other types, the zone's main name servers are elsewhere.
    dnsProvider: isFull ? "cloudflare" : null,
  }
}

const registrationStatus = statusWords({ registrationActive: "active" })

function registrationRow(domain: AnyName, account: string) {
  if (!domain.name) throw new TypeError("A registration without a name.")
  return {
    ...named(`${account}/registrar/${domain.name}`, domain.name),
    ...registrationStatus(domain.last_known_status),
    providerUrl: consoleUrl(account, "domains", domain.name),
    kind: "registration" as const,
    registrar: domain.current_registrar,
    nameServers: domain.name_servers ?? null,
    registeredAt: instantFrom(domain.registered_at),
    expiresAt: instantFrom(domain.expires_at),
    autoRenew: domain.auto_renew,
  }
}

const pagesDomainStatus = statusWords({
  active: "active",
  initializing: "pending",
  pending: "pending",
  deactivated: "suspended",
  blocked: "suspended",
  error: "error",
})

const SSL = { active: "active", initializing: "pending", pending: "pending", error: "failed" } as const

function pagesDomainRow(domain: AnyName, key: PagesProjectKey) {
  if (!domain.name) throw new TypeError("A domain of a Pages project without a name.")
  const ssl = domain.validation_data?.status
  return {
    ...named(`${projectId(key)}/${domain.name}`, domain.name),
    ...pagesDomainStatus(domain.status),
    providerUrl: consoleUrl(key.account, "pages", "view", key.project, "domains"),
    kind: "attachment" as const,
    webServiceProviderId: projectId(key),
    sslStatus: ssl && Object.hasOwn(SSL, ssl) ? SSL[ssl as keyof typeof SSL] : null,
  }
}

function workerDomainRow({ id, hostname: name, service: script }: AnyName, account: string) {
  if (!id) throw new TypeError("A domain of a Worker without an id.")
  return {
    ...named(`${account}/worker-domains/${id}`, name),
    // Listed for as long as it is attached; nothing more is told.
    status: "active" as const,
    kind: "attachment" as const,
    webServiceProviderId: script ? workerId({ account, script }) : null,
  }
}

/** `*.example.com/shop/*` is an attachment of `*.example.com`. Where it begins inside a label, it is no name. */
function routeRow(
  { id, pattern, script }: AnyName,
  { zone, account }: { zone: string; account: string | null },
) {
  if (!id) throw new TypeError("A route without an id.")
  const host = pattern?.replace(/^https?:\/\//, "").replace(/\/.*$/, "")
  return {
    ...named(`${zone}/routes/${id}`, host),
    status: "active" as const,
    kind: "attachment" as const,
    webServiceProviderId: account && script ? workerId({ account, script }) : null,
  }
}

function named(providerResourceId: string, raw: string | null | undefined) {
  const name = hostname(raw)
  return { providerResourceId, name: name?.name ?? providerResourceId, displayName: name?.displayName }
}
