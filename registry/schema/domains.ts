import { flag, instant, list, oneOf, type Row, resourceTable, text } from "./table.ts"

/** Names: registered, delegated as zones, or attached to a web service. */
export const domains = resourceTable({
  name: "domains",
  description: "Names: registered, delegated as zones, or attached to a web service.",
  statuses: ["pending", "active", "misconfigured", "expired", "suspended", "error", "unknown"],
  columns: {
    /** Unicode form of `name`, which is always lower-case punycode. */
    displayName: text(),
    kind: oneOf(["registration", "zone", "attachment"]),
    webServiceProviderId: text(),
    serverProviderId: text(),
    isPrimary: flag(),
    redirectsTo: text(),
    registrar: text(),
    nameServers: list(),
    dnsProvider: text(),
    sslStatus: oneOf(["active", "pending", "failed", "none"]),
    sslExpiresAt: instant(),
    registeredAt: instant(),
    expiresAt: instant(),
    autoRenew: flag(),
  },
  searched: ["displayName", "redirectsTo"],
  indexes: [["webServiceProviderId"], ["serverProviderId"]],
})
export type Domain = Row<typeof domains>
