import type { ListedResource } from "../../../engine/reading.ts"
import type { ResourceTableName } from "../../../schema/index.ts"
import type { TableColumn } from "../../table/columns.ts"
import { partsFor } from "./column-parts.tsx"
import { isZone } from "./dns-records.ts"
import { OpenRecords } from "./dns-sheet.tsx"

type Columns = { [Name in ResourceTableName]: TableColumn<ListedResource<Name>>[] }

const servers = partsFor("servers")
const webServices = partsFor("webServices")
const deployments = partsFor("deployments")
const domains = partsFor("domains")
const dnsRecords = partsFor("dnsRecords")
const databases = partsFor("databases")
const blockVolumes = partsFor("blockVolumes")
const buckets = partsFor("buckets")
const backupSchedules = partsFor("backupSchedules")
const backupIntegrations = partsFor("backupIntegrations")
const backups = partsFor("backups")
const monitors = partsFor("monitors")
const issues = partsFor("issues")
const repositories = partsFor("repositories")

/** What each table shows of its rows: first what tells most, and at the end what somebody has to choose to see. */
export const resourceColumns: Columns = {
  servers: [
    servers.name(),
    servers.status(),
    servers.provider(),
    servers.code("primaryIpAddress", { width: 132, title: "IP address", card: "line" }),
    servers.text("region", { card: "line" }),
    servers.text("plan", { width: 110 }),
    servers.number("cpuCores", { title: "CPUs", width: 72 }),
    servers.number("memoryMb", { width: 116 }),
    servers.number("diskGb", { width: 96 }),
    servers.text("operatingSystem", { width: 140 }),
    servers.text("hostname", { width: 160, isHidden: true }),
    servers.list("ipAddresses", { width: 180, isHidden: true }),
    servers.text("stack", { width: 140, isHidden: true }),
    servers.text("infrastructureProvider", { width: 140, isHidden: true }),
    servers.time("createdAt", { isHidden: true }),
    servers.time("updatedAt"),
  ],
  webServices: [
    webServices.name(),
    webServices.status(),
    webServices.environment("environment"),
    webServices.provider(),
    webServices.text("productionUrl", { width: 200, grow: 2, card: "line" }),
    webServices.text("framework"),
    webServices.text("runtime", { isHidden: true }),
    webServices.text("branch"),
    webServices.text("region", { isHidden: true }),
    webServices.flag("sslEnabled"),
    webServices.flag("autoDeploy", { title: "Auto deploy", isHidden: true }),
    webServices.text("repositoryUrl", { width: 200, isHidden: true }),
    webServices.time("lastDeployedAt", { title: "Last deployed" }),
    webServices.time("createdAt", { isHidden: true }),
    webServices.time("updatedAt", { isHidden: true }),
  ],
  deployments: [
    deployments.name(),
    deployments.status(),
    deployments.environment("environment"),
    deployments.provider(),
    deployments.text("branch", { card: "line" }),
    deployments.code("commitSha", { title: "Commit", isHidden: true }),
    deployments.text("commitMessage", { width: 200, grow: 2 }),
    deployments.text("creator"),
    deployments.text("url", { width: 200, isHidden: true }),
    deployments.time("startedAt", { card: "line" }),
    deployments.time("finishedAt", { isHidden: true }),
    deployments.text("errorMessage", { width: 200, isHidden: true }),
  ],
  domains: [
    domains.name(),
    domains.status(),
    domains.provider(),
    domains.word("kind", { width: 116, card: "line" }),
    {
      id: "records",
      header: "DNS records",
      meta: { width: 116 },
      cell: ({ row }) => isZone(row.original) && <OpenRecords id={row.original.id} isSmall />,
    },
    domains.word("sslStatus", { title: "Certificate", width: 110 }),
    domains.time("sslExpiresAt", { title: "Certificate expires" }),
    domains.time("expiresAt", { title: "Expires", card: "line" }),
    domains.flag("autoRenew", { title: "Renews", isHidden: true }),
    domains.text("registrar"),
    domains.text("dnsProvider", { title: "DNS", isHidden: true }),
    domains.list("nameServers", { width: 200, isHidden: true }),
    domains.flag("isPrimary", { isHidden: true }),
    domains.text("redirectsTo", { width: 160, isHidden: true }),
    domains.time("registeredAt", { title: "Registered", isHidden: true }),
    domains.time("updatedAt"),
  ],
  dnsRecords: [
    dnsRecords.name(),
    dnsRecords.text("recordType", { title: "Type", width: 84, grow: 0, card: "side" }),
    dnsRecords.code("content", { width: 240, grow: 3, card: "line" }),
    dnsRecords.status(),
    dnsRecords.text("zoneName", { title: "Zone", width: 150 }),
    dnsRecords.provider(),
    dnsRecords.number("ttl", { width: 84 }),
    dnsRecords.number("priority", { width: 84 }),
    dnsRecords.flag("proxied", { width: 88 }),
    dnsRecords.text("comment", { width: 160, isHidden: true }),
    dnsRecords.time("updatedAt", { isHidden: true }),
  ],
  databases: [
    databases.name(),
    databases.status(),
    databases.provider(),
    databases.text("engine", { card: "line" }),
    databases.text("engineVersion", { title: "Version", width: 90 }),
    databases.text("region", { card: "line" }),
    databases.text("plan"),
    databases.number("storageGb", { width: 116 }),
    databases.number("nodeCount", { title: "Nodes", width: 80 }),
    databases.text("hostname", { width: 180, isHidden: true }),
    databases.number("port", { isHidden: true }),
    databases.time("updatedAt"),
  ],
  blockVolumes: [
    blockVolumes.name(),
    blockVolumes.status(),
    blockVolumes.provider(),
    blockVolumes.number("sizeGb", { card: "line" }),
    blockVolumes.text("region", { card: "line" }),
    blockVolumes.text("volumeType", { title: "Kind" }),
    blockVolumes.code("mountPath", { width: 160 }),
    blockVolumes.time("updatedAt"),
  ],
  buckets: [
    buckets.name(),
    buckets.status(),
    buckets.provider(),
    buckets.text("region", { card: "line" }),
    buckets.text("storageClass"),
    buckets.flag("isPublic"),
    buckets.bytes("sizeBytes", { card: "line" }),
    buckets.number("objectCount", { title: "Objects" }),
    buckets.text("endpoint", { width: 200, isHidden: true }),
    buckets.time("updatedAt"),
  ],
  backupSchedules: [
    backupSchedules.name(),
    backupSchedules.status(),
    backupSchedules.provider(),
    backupSchedules.word("frequency", { card: "line" }),
    backupSchedules.word("storage", { card: "line" }),
    backupSchedules.text("storageService", { title: "Goes to" }),
    backupSchedules.number("retainDays", { width: 120 }),
    backupSchedules.time("lastRunAt"),
    backupSchedules.time("nextRunAt"),
  ],
  backupIntegrations: [
    backupIntegrations.name(),
    backupIntegrations.status(),
    backupIntegrations.provider(),
    backupIntegrations.text("service", { card: "line" }),
    backupIntegrations.text("bucketName", { title: "Bucket" }),
    backupIntegrations.text("region", { card: "line" }),
    backupIntegrations.time("updatedAt"),
  ],
  backups: [
    backups.name(),
    backups.status(),
    backups.provider(),
    backups.word("kind", { width: 110 }),
    backups.word("storage", { card: "line" }),
    backups.text("tag"),
    backups.bytes("sizeBytes", { card: "line" }),
    backups.time("takenAt", { card: "line" }),
    backups.time("expiresAt", { title: "Expires" }),
  ],
  monitors: [
    monitors.name(),
    monitors.status(),
    monitors.provider(),
    monitors.text("url", { width: 200, grow: 2, card: "line" }),
    monitors.text("monitorType", { title: "Kind" }),
    monitors.number("uptimePercent", { title: "Uptime (%)" }),
    monitors.number("responseTimeMs", { width: 160 }),
    monitors.time("lastCheckedAt"),
  ],
  issues: [
    issues.name({ title: "Issue" }),
    issues.word("severity", { width: 96, card: "line" }),
    issues.status(),
    issues.provider(),
    issues.text("projectName", { title: "Project", card: "line" }),
    issues.number("occurrences", { width: 116 }),
    issues.number("usersAffected", { width: 130 }),
    issues.text("assignee", { isHidden: true }),
    issues.time("lastOccurredAt", { title: "Last seen", card: "line" }),
  ],
  repositories: [
    repositories.name(),
    repositories.status(),
    repositories.provider(),
    repositories.word("visibility", { width: 100, card: "line" }),
    repositories.text("language", { card: "line" }),
    repositories.text("defaultBranch", { width: 130 }),
    repositories.flag("isFork", { isHidden: true }),
    repositories.time("pushedAt", { title: "Last push" }),
  ],
}
