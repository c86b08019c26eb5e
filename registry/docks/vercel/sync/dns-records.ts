import { hostname } from "../../../core/hostname.ts"
import { resource } from "../../../core/resource.ts"
import { readScope } from "../api/accounts.ts"
import { VercelDnsRecord } from "../types.ts"
import { zoneScopes } from "./scopes.ts"

export const dnsRecords = resource("dnsRecords", VercelDnsRecord, {
  scopes: zoneScopes,
  list: (api, { id }) => {
    const { owner, zone } = readScope(id)
    return api.domains.listDnsRecords(owner, zone ?? "")
  },
  map: (record, { id }) => {
    const { zone } = readScope(id)
    return {
      providerResourceId: record.id,
      name: (zone && fullName(record.name, zone)) || record.id,
      // Vercel lists what it serves; a record has no state of its own.
      status: "active" as const,
      domainProviderId: zone,
      zoneName: zone,
      recordType: record.type,
      content: record.value == null ? null : contentOf(record.type, record.value),
      ttl: record.ttl,
      priority: HAVE_PRIORITY.has(record.type) ? (record.mxPriority ?? record.priority) : null,
      comment: record.comment,
    }
  },
})

/** `www` of example.com. The zone itself is an empty name. */
export function fullName(name: string | null | undefined, zone: string): string | undefined {
  if (name == null) return undefined
  return hostname(name === "" || name === "@" ? zone : `${name}.${zone}`)?.name
}

/** Names among the values may end in a dot. A text may as well, and means it. */
export function contentOf(type: string | null | undefined, value: string): string {
  return type === "TXT" ? value : value.replace(/(?<=\S)\.$/, "")
}

/** Some answers have a zero beside every other record, too. */
const HAVE_PRIORITY = new Set<unknown>(["MX", "SRV", "HTTPS"])
