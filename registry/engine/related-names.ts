import { hostname } from "../core/hostname.ts"
import type { ResourceRow, ResourceTableName } from "../schema/index.ts"
import { isPublicAddress } from "./public-address.ts"
import type { ListedResource } from "./reading.ts"
import type { Question } from "./related.ts"

/** A row of whatever table, by the columns that tell what it is. */
interface Telling {
  readonly name: string
  readonly kind?: string | null
  readonly sslStatus?: string | null
  readonly recordType?: string | null
  readonly content?: string | null
  readonly productionUrl?: string | null
  readonly repositoryUrl?: string | null
  readonly url?: string | null
  readonly primaryIpAddress?: string | null
  readonly ipAddresses?: readonly string[] | null
}

/** By what a thing is known by everywhere: its name in the DNS, its address, its repository. */
export function identityQuestions(table: ResourceTableName, row: ResourceRow): Question[] {
  const telling: Telling = row
  return [
    ...nameQuestions(table, row, hostOf(table, row)),
    ...addressQuestions(table, row, telling),
    ...repositoryQuestions(table, row, telling),
    twinQuestion(table, row),
  ]
}

function nameQuestions(table: ResourceTableName, row: ResourceRow, host: string | undefined): Question[] {
  const { recordType, content }: Telling = row
  const pointsTo = table === "dnsRecords" && isAlias(recordType) ? hostname(content)?.name : undefined
  const elsewhere = (found: ListedResource) => found.dockId !== row.dockId
  return [
    {
      ...everywhere("domains"),
      column: "name",
      values: host === undefined ? [] : [host, ...zonesAbove(host)],
      is: (found) => domainAs(found, table, row, host),
    },
    {
      ...everywhere("dnsRecords"),
      column: "name",
      values: host === undefined ? [] : [host],
      is: () => same("DNS records of this name"),
    },
    {
      ...everywhere("webServices"),
      column: "productionUrl",
      values: addressesOf(host),
      is: (found) => {
        if (table !== "webServices") return same("What answers under this name")
        return elsewhere(found) ? duplicate("Answers under the same name, in another account") : undefined
      },
    },
    {
      ...everywhere("monitors"),
      column: "url",
      values: addressesOf(host),
      is: (found) => {
        if (table !== "monitors") return same("Monitors of this address")
        return elsewhere(found) ? duplicate("Watches the same address, in another account") : undefined
      },
    },
    {
      ...everywhere("webServices"),
      column: "productionUrl",
      values: addressesOf(pointsTo),
      is: () => same("What the record points to"),
    },
  ]
}

/** A domain of the same name, or the zone above it, by what it is there. */
function domainAs(
  found: ListedResource,
  table: ResourceTableName,
  row: ResourceRow,
  host: string | undefined,
) {
  const { kind, sslStatus }: Telling = found
  const own: Telling = row
  if (found.name !== host) return kind === "zone" ? same("The DNS zone above it") : undefined
  if (table === "domains" && found.dockId !== row.dockId && kind === own.kind) {
    return duplicate("The same name, in another account")
  }
  if (sslStatus && sslStatus !== "none") return same("The name with its certificate")
  if (kind === "zone") return same("The DNS zone of this name")
  if (kind === "registration") return same("The registration of this name")
  return same("Where the name is attached")
}

function addressQuestions(table: ResourceTableName, row: ResourceRow, telling: Telling): Question[] {
  const { recordType, content, primaryIpAddress, ipAddresses } = telling
  if (table === "servers") {
    const values = [primaryIpAddress, ...(ipAddresses ?? [])].flatMap((one) => (one ? [one] : []))
    const addresses = values.filter(isPublicAddress)
    return [
      {
        ...everywhere("dnsRecords"),
        column: "content",
        values: addresses,
        is: () => same("DNS records that lead to it"),
      },
      {
        ...everywhere("servers"),
        column: "primaryIpAddress",
        values: addresses,
        is: ({ dockId }) =>
          dockId === row.dockId ? undefined : duplicate("A server with the same address, in another account"),
      },
    ]
  }
  const leadsTo = table === "dnsRecords" && (recordType === "A" || recordType === "AAAA") ? content : null
  const values = leadsTo && isPublicAddress(leadsTo) ? [leadsTo] : []
  return [
    {
      ...everywhere("servers"),
      column: "primaryIpAddress",
      values,
      is: () => same("The server at this address"),
    },
  ]
}

function repositoryQuestions(table: ResourceTableName, row: ResourceRow, telling: Telling): Question[] {
  const repositories = everywhere("repositories")
  if (table === "webServices") {
    const because = "The repository that it is built from"
    const values = repositoryForms(telling.repositoryUrl)
    return [{ ...repositories, column: "url", values, is: () => ({ relation: "whole", because }) }]
  }
  if (table !== "repositories") return []
  const values = repositoryForms(telling.url)
  return [
    {
      ...everywhere("webServices"),
      column: "repositoryUrl",
      values,
      is: () => ({ relation: "part", because: "Services that are built from it" }),
    },
    {
      ...repositories,
      column: "url",
      values,
      is: ({ dockId }) =>
        dockId === row.dockId ? undefined : duplicate("The same repository, in another account"),
    },
  ]
}

function twinQuestion(table: ResourceTableName, row: ResourceRow): Question {
  return {
    table,
    among: "twins",
    column: "providerResourceId",
    values: [row.providerResourceId],
    is: () => duplicate("The same thing, seen by another account"),
  }
}

/** The name under which it is known in the DNS. */
function hostOf(table: ResourceTableName, row: ResourceRow): string | undefined {
  const { productionUrl, url }: Telling = row
  if (table === "domains" || table === "dnsRecords") return hostname(row.name)?.name
  const address = table === "webServices" ? productionUrl : table === "monitors" ? url : null
  if (!address || !URL.canParse(address)) return undefined
  return hostname(new URL(address).hostname)?.name
}

/** `www.shop.example.com` may be in the zone `shop.example.com` or in `example.com`. */
function zonesAbove(host: string): string[] {
  const labels = host.split(".")
  return labels.slice(1, -1).map((_, index) => labels.slice(index + 1).join("."))
}

/** As docks write addresses: with nothing after the name. */
function addressesOf(host: string | undefined): string[] {
  return host === undefined
    ? []
    : ["https", "http"].flatMap((scheme) => [`${scheme}://${host}`, `${scheme}://${host}/`])
}

function repositoryForms(url: string | null | undefined): string[] {
  if (!url) return []
  const bare = url.replace(/\/$/, "").replace(/\.git$/, "")
  return [...new Set([url, bare, `${bare}.git`])]
}

function isAlias(recordType: string | null | undefined): boolean {
  return recordType === "CNAME" || recordType === "ALIAS" || recordType === "ANAME"
}

function everywhere(table: ResourceTableName) {
  return { table, among: "organization" } as const
}

function same(because: string) {
  return { relation: "same", because } as const
}

function duplicate(because: string) {
  return { relation: "duplicate", because } as const
}
