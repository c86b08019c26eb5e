import { flag, integer, type Row, resourceTable, text } from "./table.ts"

/** Records of a zone. `name` is the full name, without the trailing dot. */
export const dnsRecords = resourceTable({
  name: "dnsRecords",
  description: "Records of a zone. `name` is the full name, without the trailing dot.",
  statuses: ["active", "pending", "disabled", "error", "unknown"],
  columns: {
    domainProviderId: text(),
    zoneName: text(),
    recordType: text(),
    content: text(),
    /** Seconds; null when the provider chooses. */
    ttl: integer(),
    priority: integer(),
    proxied: flag(),
    comment: text(),
  },
  searched: ["recordType", "content", "comment"],
  lookups: ["content"],
  indexes: [["domainProviderId"]],
})
export type DnsRecord = Row<typeof dnsRecords>
