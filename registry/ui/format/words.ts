import type { ResourceTableName } from "../../schema/index.ts"
import { formatCount } from "./numbers.ts"

const nouns: Record<ResourceTableName, readonly [one: string, many: string]> = {
  servers: ["server", "servers"],
  webServices: ["web service", "web services"],
  deployments: ["deployment", "deployments"],
  domains: ["domain", "domains"],
  dnsRecords: ["DNS record", "DNS records"],
  databases: ["database", "databases"],
  blockVolumes: ["volume", "volumes"],
  buckets: ["bucket", "buckets"],
  backupSchedules: ["backup schedule", "backup schedules"],
  backupIntegrations: ["backup integration", "backup integrations"],
  backups: ["backup", "backups"],
  monitors: ["monitor", "monitors"],
  issues: ["issue", "issues"],
  repositories: ["repository", "repositories"],
}

/** Every table that docks fill, in the order in which people look for them. */
export const tableNames = Object.keys(nouns) as readonly ResourceTableName[]

export function isTableName(name: string): name is ResourceTableName {
  return Object.hasOwn(nouns, name)
}

/** As a heading: `Web services`. */
export function tableTitle(table: string): string {
  return capital(isTableName(table) ? nouns[table][1] : spaced(table))
}

/** Within a sentence, with how many: `1 server`, `3 servers`. */
export function tableNoun(table: ResourceTableName, count: number): string {
  return `${formatCount(count)} ${nouns[table][count === 1 ? 0 : 1]}`
}

/** Within a sentence, without a number: `web services`, or `web service` of one. */
export function tableWord(table: ResourceTableName, count: "one" | "many"): string {
  return nouns[table][count === "one" ? 0 : 1]
}

/** What is not said by taking the words of a name apart. */
const columns: Record<string, string> = {
  id: "Id",
  providerResourceId: "Id at the provider",
  providerStatus: "Status at the provider",
  providerUrl: "Page at the provider",
  provider: "Provider",
  dockId: "Dock",
  name: "Name",
  memoryMb: "Memory (MB)",
  diskGb: "Disk (GB)",
  sizeGb: "Size (GB)",
  storageGb: "Storage (GB)",
  sizeBytes: "Size",
  cpuCores: "CPU cores",
  ttl: "TTL",
  productionUrl: "Address",
  webServiceProviderId: "Web service",
  webServiceProviderIds: "Web services",
  serverProviderId: "Server",
  databaseProviderId: "Database",
  domainProviderId: "Domain",
  monitorProviderId: "Monitor",
  parentProviderId: "Belongs to",
  backupIntegrationProviderId: "Backup integration",
  checkIntervalSeconds: "Check interval (s)",
  responseTimeMs: "Response time (ms)",
  uptimePercent: "Uptime",
  retainDays: "Kept for (days)",
  isPrimary: "Primary",
  isPublic: "Public",
  isFork: "Fork",
  proxied: "Proxied",
  sslEnabled: "HTTPS",
  createdAt: "First seen by StackDock",
  updatedAt: "Last changed",
  lastSeenAt: "Last seen",
  deletedAt: "Gone since",
  provisionedAt: "Made",
  provisioningSource: "Came to be",
  provisioningState: "Provisioning",
}

/** `primaryIpAddress` as a heading: `Primary IP address`. */
export function columnTitle(column: string): string {
  return columns[column] ?? capital(spaced(column.replace(/([a-z])At$/, "$1")))
}

/** A universal status, within a line: `running`, `not told` for what a provider's word told nothing of. */
export function statusWord(status: string): string {
  return capital(spaced(status))
}

const abbreviations = new Set(["ip", "url", "dns", "ssl", "sha", "cpu", "id", "ttl", "ssh", "php", "api"])

/** `backupSchedules`, `rate_limited` and `not-ready` as separate words. */
function spaced(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(/[\s_-]+/)
    .map((word) => (abbreviations.has(word.toLowerCase()) ? word.toUpperCase() : word.toLowerCase()))
    .join(" ")
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
