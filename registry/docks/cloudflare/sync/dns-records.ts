import { hostname } from "../../../core/hostname.ts"
import { resource, type Scope } from "../../../core/resource.ts"
import type { CloudflareApi } from "../api/index.ts"
import { contentFrom } from "../record-data.ts"
import { CloudflareDnsRecord } from "../types.ts"
import { consoleUrl } from "./console.ts"
import { perZone, type ZonePlace } from "./places.ts"

const AUTOMATIC = 1

/** What all records of a zone have in common. */
export interface RecordsOf {
  readonly id: string
  readonly name: string | null
  readonly url: string | null
}

/** The scope of a zone's records. */
export function recordsOf({ id, name, account }: ZonePlace): Scope<RecordsOf> & { readonly data: RecordsOf } {
  const data = { id, name: hostname(name)?.name ?? null, url: consoleUrl(account, name, "dns", "records") }
  return { id: `zone/${id}`, name: name ?? id, data }
}

export const dnsRecords = resource("dnsRecords", CloudflareDnsRecord, {
  scopes: (api: CloudflareApi) => perZone<RecordsOf>(api, recordsOf),
  list: (api, { data: zone }) => api.dns.listDnsRecords(zone?.id ?? ""),
  map: (record, { data: zone }) => ({
    providerResourceId: `${zone?.id}/${record.id}`,
    name: hostname(record.name)?.name ?? record.name ?? `${zone?.id}/${record.id}`,
    // Cloudflare serves every record of the list.
    status: "active" as const,
    providerUrl: zone?.url,
    domainProviderId: zone?.id,
    zoneName: zone?.name,
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
