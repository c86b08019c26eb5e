import type { InputField } from "../../../engine/provision-report.ts"
import type { ListedResource, PageRequest } from "../../../engine/reading.ts"
import { nameWithin } from "../../format/record-name.ts"

export type Zone = ListedResource<"domains">
export type DnsRecord = ListedResource<"dnsRecords">

/** As many as are read at once. A zone with more is searched. */
export const mostRecords = 500

export function isDomain(row: ListedResource): row is Zone {
  return "nameServers" in row
}

/** Whether records belong to the domain: it is delegated, and not only bought, or a name that leads to a site. */
export function isZone(row: ListedResource): row is Zone {
  return isDomain(row) && (row.kind === "zone" || row.kind === null)
}

export function recordsRequest(zone: Zone, text: string): PageRequest<"dnsRecords"> {
  return {
    table: "dnsRecords",
    filter: {
      docks: [zone.dockId],
      where: { domainProviderId: zone.providerResourceId },
      ...(text ? { text } : {}),
    },
    limit: mostRecords,
  }
}

/** Those that most zones are about come first; all others by their names. */
const firstTypes = ["A", "AAAA", "CNAME", "ALIAS", "MX", "TXT", "NS", "SRV", "CAA"]

export interface RecordGroup {
  title: string
  records: DnsRecord[]
}

/** Records under their types, or under their names; the zone's own come before those of names within it. */
export function grouped(records: readonly DnsRecord[], by: "type" | "name", zone: string): RecordGroup[] {
  const groups = new Map<string, DnsRecord[]>()
  for (const record of records) {
    const title = by === "type" ? (record.recordType ?? "Other") : nameWithin(record.name, zone)
    groups.set(title, [...(groups.get(title) ?? []), record])
  }
  const rank = (title: string) => (by === "type" ? placeOf(title) : title === "@" ? 0 : 1)
  const inside = (record: DnsRecord) =>
    by === "type" ? nameWithin(record.name, zone) : (record.recordType ?? "")
  return [...groups]
    .sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b))
    .map(([title, list]) => ({
      title,
      records: list.sort(
        (a, b) =>
          inside(a).localeCompare(inside(b)) ||
          (a.priority ?? 0) - (b.priority ?? 0) ||
          (a.content ?? "").localeCompare(b.content ?? ""),
      ),
    }))
}

function placeOf(type: string): number {
  const place = firstTypes.indexOf(type)
  return place < 0 ? firstTypes.length : place
}

function nameInFull(name: string, zone: string): string {
  if (name === "@" || name === "" || name === zone) return zone
  return name.endsWith(`.${zone}`) ? name : `${name}.${zone}`
}

/** The zone, as a dock asks for it when it makes a record: by id or by name. Nobody has to type it again. */
export function zoneInput(fields: readonly InputField[], zone: Zone): Record<string, string> {
  const known: Record<string, string> = {}
  for (const { name } of fields) {
    if (/^(zone|domain)Id$/i.test(name)) known[name] = zone.providerResourceId
    if (/^(zone|domain)(Name)?$/i.test(name)) known[name] = zone.name
  }
  return known
}

/** The account around the zone, where its scope tells it, as in `team/t1`. It can be another. */
export function accountInput(fields: readonly InputField[], zone: Zone): Record<string, string> {
  const known: Record<string, string> = {}
  const steps = zone.scope.split("/")
  for (const { name } of fields) {
    const place = steps.indexOf(name.replace(/Id$/, ""))
    const value = place < 0 ? undefined : steps[place + 1]
    if (value) known[name] = value
  }
  return known
}

/** What the columns of a record will be, as far as what was typed tells. */
export function recordTold(input: Readonly<Record<string, unknown>>, zone: string): Partial<DnsRecord> {
  const text = (...names: string[]) =>
    names.map((name) => input[name]).find((value) => typeof value === "string")
  const number = (name: string) => (typeof input[name] === "number" ? input[name] : undefined)
  const name = text("name")
  const told = {
    name: name === undefined ? undefined : nameInFull(name, zone),
    recordType: text("type", "recordType"),
    content: text("content", "value", "target"),
    comment: text("comment"),
    ttl: number("ttl"),
    priority: number("priority"),
    proxied: typeof input["proxied"] === "boolean" ? input["proxied"] : undefined,
  }
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined))
}

/** A record that is not there yet, to be seen while it is made. */
export function earlyRecord(zone: Zone, input: Readonly<Record<string, unknown>>, key: string): DnsRecord {
  const { orgId, dockId, provider, scope, createdAt, updatedAt, lastSeenAt } = zone
  return {
    ...{ orgId, dockId, provider, scope, createdAt, updatedAt, lastSeenAt },
    ...{ providerStatus: null, providerUrl: null, contentHash: "", deletedAt: null },
    ...{ recordType: null, content: null, ttl: null, priority: null, proxied: null, comment: null },
    id: `early:${key}`,
    providerResourceId: "",
    name: zone.name,
    status: "pending",
    provisioningSource: "api",
    provisioningState: "provisioning",
    provisionedAt: null,
    domainProviderId: zone.providerResourceId,
    zoneName: zone.name,
    ...recordTold(input, zone.name),
  }
}
