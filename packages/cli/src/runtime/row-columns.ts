import type { ResourceRow, ResourceTableName } from "../../../../registry/schema/index.ts"

type Columns = {
  readonly [Name in ResourceTableName]: { readonly [Column in keyof ResourceRow<Name>]?: string }
}

/** The columns that tell most about a row beside its name and status, with their titles. `--json` has all of them. */
export const rowColumns: Columns = {
  servers: {
    primaryIpAddress: "IP address",
    region: "Region",
    plan: "Plan",
    operatingSystem: "System",
    stack: "Stack",
  },
  webServices: {
    environment: "Environment",
    productionUrl: "Address",
    serverProviderId: "Server",
    framework: "Framework",
    runtime: "Runtime",
  },
  deployments: {
    webServiceProviderId: "Service",
    environment: "Environment",
    branch: "Branch",
    startedAt: "Started",
  },
  domains: {
    kind: "Kind",
    webServiceProviderId: "Service",
    sslStatus: "TLS",
    sslExpiresAt: "TLS until",
    expiresAt: "Expires",
  },
  dnsRecords: { recordType: "Type", content: "Content", ttl: "TTL", zoneName: "Zone" },
  databases: { engine: "Engine", engineVersion: "Version", region: "Region", plan: "Plan", hostname: "Host" },
  blockVolumes: { sizeGb: "GB", region: "Region", serverProviderId: "Server" },
  buckets: {
    region: "Region",
    storageClass: "Class",
    isPublic: "Public",
    sizeBytes: "Size",
    objectCount: "Objects",
  },
  backupSchedules: {
    webServiceProviderId: "Service",
    frequency: "When",
    storage: "Storage",
    storageService: "Kept by",
    retainDays: "Days kept",
  },
  backupIntegrations: { service: "Service", bucketName: "Bucket", region: "Region" },
  backups: {
    webServiceProviderId: "Service",
    storage: "Storage",
    kind: "Kind",
    takenAt: "Taken",
    sizeBytes: "Size",
  },
  monitors: {
    url: "Address",
    uptimePercent: "Uptime %",
    responseTimeMs: "Milliseconds",
    lastCheckedAt: "Checked",
  },
  issues: { severity: "Severity", projectName: "Project", occurrences: "Times", lastOccurredAt: "Last" },
  repositories: {
    fullName: "Full name",
    visibility: "Visibility",
    defaultBranch: "Branch",
    pushedAt: "Pushed",
  },
}
