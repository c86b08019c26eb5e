import { auditLog } from "./audit-log.ts"
import { backupIntegrations } from "./backup-integrations.ts"
import { backupSchedules } from "./backup-schedules.ts"
import { backups } from "./backups.ts"
import { blockVolumes } from "./block-volumes.ts"
import { buckets } from "./buckets.ts"
import { databases } from "./databases.ts"
import { deployments } from "./deployments.ts"
import { dnsRecords } from "./dns-records.ts"
import { docks } from "./docks.ts"
import { domains } from "./domains.ts"
import { issues } from "./issues.ts"
import { monitors } from "./monitors.ts"
import { memberships, organizations } from "./organizations.ts"
import { provisionings } from "./provisionings.ts"
import { repositories } from "./repositories.ts"
import { resourceChanges } from "./resource-changes.ts"
import { servers } from "./servers.ts"
import { syncRuns, syncScopes } from "./sync-runs.ts"
import type { Row } from "./table.ts"
import { webServices } from "./web-services.ts"

/** The tables that docks fill. */
export const resourceTables = {
  servers,
  webServices,
  deployments,
  domains,
  dnsRecords,
  databases,
  blockVolumes,
  buckets,
  backupSchedules,
  backupIntegrations,
  backups,
  monitors,
  issues,
  repositories,
} as const

/** The tables that StackDock keeps for itself. */
export const systemTables = {
  docks,
  syncRuns,
  syncScopes,
  provisionings,
  auditLog,
  resourceChanges,
  organizations,
  memberships,
} as const

export const tables = { ...resourceTables, ...systemTables } as const

export type TableName = keyof typeof tables
export type ResourceTableName = keyof typeof resourceTables
export type ResourceRow<Name extends ResourceTableName = ResourceTableName> = Row<
  (typeof resourceTables)[Name]
>

export function isResourceTable(name: string): name is ResourceTableName {
  return Object.hasOwn(resourceTables, name)
}
