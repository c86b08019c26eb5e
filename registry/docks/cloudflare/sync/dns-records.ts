import { hostname } from "../../../core/hostname.ts"
import { resource } from "../../../core/resource.ts"
import type { CloudflareApi } from "../api/index.ts"
import { contentFrom } from "../record-data.ts"
import { CloudflareDnsRecord } from "../types.ts"
import { consoleUrl } from "./console.ts"
import { perZone, type ZonePlace } from "./places.ts"

const AUTOMATIC = 1

export const dnsRecords = resource("dnsRecords", CloudflareDnsRecord, {
  scopes: (api: CloudflareApi) =>
    perZone<ZonePlace>(api, (zone) => ({ id: `zone/${zone.id}`, name: zone.name ?? zone.id, data: zone })),
  list: (api, { data: zone }) => api.dns.listDnsRecords(zone?.id ?? ""),
  map: (record, { data: zone }) => ({
    providerResourceId: `${zone?.id}/${record.id}`,
    name: hostname(record.name)?.name ?? record.name ?? `${zone?.id}/${record.id}`,
    // Cloudflare serves every record of the list.
    status: "active" as const,
    providerUrl: consoleUrl(zone?.account, zone?.name, "dns", "records"),
    domainProviderId: zone?.id,
    zoneName: hostname(zone?.name)?.name,
    recordType: record.type,
    content: record.content ?? contentFrom(record.type, record.data),
    ttl: record.ttl === AUTOMATIC ? null : record.ttl,
    priority: record.priority ?? priorityIn(record.data),
    proxied: record.proxied,
    comment: record.comment,
  }),
})

/** SRV, HTTPS and SVCB have it among their parts. */
function priorityIn(data: CloudflareDnsRecord["data"]): number | null {
  const priority = data?.["priority"]
  return typeof priority === "number" ? priority : null
}
