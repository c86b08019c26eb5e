import { hostname } from "../../../core/hostname.ts"
import { resource } from "../../../core/resource.ts"
import type { NetlifyApi } from "../api/index.ts"
import { NetlifyDnsRecord } from "../types.ts"
import { zoneScopes } from "./scopes.ts"

export const dnsRecords = resource("dnsRecords", NetlifyDnsRecord, {
  scopes: zoneScopes,
  list: (api: NetlifyApi, { data }) => api.dns.listRecords(data?.zoneId ?? ""),
  map: (record, { data }) => ({
    providerResourceId: record.id,
    name: hostname(record.hostname)?.name ?? record.id,
    status: record.errors ? (record.errors.length > 0 ? "error" : "active") : "unknown",
    domainProviderId: data?.zoneId,
    zoneName: hostname(data?.zoneName)?.name,
    recordType: record.type,
    content: contentOf(record),
    ttl: record.ttl,
    priority: record.priority,
  }),
})

/** As in a zone file, but for the priority, which has a column of its own. */
function contentOf({ type, value, weight, port, flag, tag }: NetlifyDnsRecord): string | null {
  if (value == null) return null
  if (type === "SRV") return weight == null || port == null ? null : `${weight} ${port} ${value}`
  if (type === "CAA") return flag == null || tag == null ? null : `${flag} ${tag} "${value}"`
  // Of a type that is not known, `value` is all there is to tell only if nothing stands beside it.
  return [weight, port, flag, tag].every((part) => part == null) ? value : null
}
