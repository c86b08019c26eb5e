import { hostname } from "../../../core/hostname.ts"
import { resource } from "../../../core/resource.ts"
import type { GridPaneApi } from "../api.ts"
import { GridPaneDomain } from "../types.ts"

/** GridPane knows names as they are attached to sites. It is no registrar: it tells no expiry, and none is made up. */
export const domains = resource("domains", GridPaneDomain, {
  list: (api: GridPaneApi) => api.listDomains(),
  map: (domain) => {
    const name = hostname(domain.url)
    return {
      providerResourceId: domain.id,
      name: name?.name ?? domain.id,
      displayName: name?.displayName,
      status: domainStatus(domain),
      providerStatus: domain.status,
      kind: "attachment" as const,
      webServiceProviderId: domain.site_id,
      serverProviderId: domain.server_id,
      isPrimary: isPrimary(domain),
      dnsProvider: dnsProvider(domain),
      sslStatus: sslStatus(domain),
    }
  },
  // The DNS account stands in each of its domains, with the time when it was last used.
  volatile: ["user_dns"],
})

/**
 * `status` was null in every answer seen. GridPane saw the name lead to the server when it has a certificate or a
 * `resolved_at`, which is a local time without a zone and so no instant of ours.
 */
function domainStatus(domain: GridPaneDomain) {
  if (domain.status != null) return "unknown"
  return domain.resolved_at || domain.ssl_status === "succeed" ? "active" : "unknown"
}

function isPrimary({ type }: GridPaneDomain): boolean | null {
  if (type === "primary") return true
  return type === "alias" || type === "redirect" ? false : null
}

function dnsProvider({ user_dns }: GridPaneDomain): string | null {
  const name = user_dns?.provider?.name
  return name && name !== "none" ? name : null
}

function sslStatus({ is_ssl, ssl_status }: GridPaneDomain) {
  if (ssl_status === "succeed") return "active"
  return is_ssl === false && ssl_status === null ? "none" : null
}
