import type { Backup, Integration, Schedule, Site } from "./backup-links.ts"

const common = {
  orgId: "o",
  dockId: "d1",
  provider: "acme",
  scope: "",
  providerStatus: null,
  providerUrl: null,
  contentHash: "",
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
  lastSeenAt: "2026-01-01T00:00:00.000Z",
  deletedAt: null,
  provisioningSource: "manual",
  provisioningState: null,
  provisionedAt: null,
} as const

export function schedule(told: Partial<Schedule> = {}): Schedule {
  return {
    ...common,
    id: "backupSchedules_1",
    providerResourceId: "s1",
    name: "shop local",
    status: "enabled",
    webServiceProviderId: "w1",
    serverProviderId: null,
    databaseProviderId: null,
    storage: "local",
    frequency: "daily",
    minute: 0,
    hour: 2,
    dayOfWeek: null,
    dayOfMonth: null,
    timezone: null,
    backupIntegrationProviderId: null,
    storageService: null,
    retainDays: 30,
    pruneRule: null,
    lastRunAt: null,
    nextRunAt: null,
    ...told,
  }
}

export function site(told: Partial<Site> = {}): Site {
  return {
    ...common,
    id: "webServices_1",
    providerResourceId: "w1",
    name: "shop.example",
    status: "active",
    productionUrl: null,
    environment: null,
    parentProviderId: null,
    serverProviderId: "h1",
    region: null,
    framework: null,
    runtime: null,
    repositoryUrl: null,
    branch: null,
    sslEnabled: null,
    autoDeploy: null,
    lastDeployedAt: null,
    ...told,
  }
}

export function backup(told: Partial<Backup> = {}): Backup {
  return {
    ...common,
    id: "backups_1",
    providerResourceId: "b1",
    name: "b1",
    status: "available",
    webServiceProviderId: "w1",
    serverProviderId: null,
    databaseProviderId: null,
    backupIntegrationProviderId: null,
    storage: "local",
    storageService: null,
    kind: "automatic",
    tag: null,
    takenAt: null,
    sizeBytes: null,
    expiresAt: null,
    ...told,
  }
}

export function integration(told: Partial<Integration> = {}): Integration {
  return {
    ...common,
    id: "backupIntegrations_1",
    providerResourceId: "i1",
    name: "Archive",
    status: "active",
    service: "s3",
    region: null,
    bucketName: null,
    webServiceProviderIds: null,
    ...told,
  }
}
