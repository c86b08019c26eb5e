import type { Generated } from "kysely"
import type { AuditEntry } from "../../schema/audit-log.ts"
import { snakeCase } from "../../schema/ddl.ts"
import type { DockRow } from "../../schema/docks.ts"
import { type ResourceRow, type ResourceTableName, resourceTables } from "../../schema/index.ts"
import type { Membership, Organization } from "../../schema/organizations.ts"
import type { Provisioning } from "../../schema/provisionings.ts"
import type { SyncRun, SyncScope } from "../../schema/sync-runs.ts"

export type Snake<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? First extends Lowercase<First>
    ? `${First}${Snake<Rest>}`
    : `_${Lowercase<First>}${Snake<Rest>}`
  : Name

/** How SQL sees a row. What is neither text nor number there differs by dialect, and only codecs touch it. */
export type SqlRow<Row> = {
  [Column in keyof Row & string as Snake<Column>]: Row[Column] extends string | number | null | undefined
    ? Row[Column]
    : unknown
}

/** The columns that all resource tables share; a table's own are moved by its codec alone. */
export type SqlResource = Omit<SqlRow<Pick<ResourceRow, keyof ResourceRow>>, "id"> & { id: Generated<number> }

export type SqlTables = Record<Snake<ResourceTableName>, SqlResource> & {
  docks: SqlRow<DockRow>
  sync_runs: SqlRow<SyncRun>
  sync_scopes: SqlRow<SyncScope>
  provisionings: SqlRow<Provisioning>
  audit_log: SqlRow<AuditEntry>
  organizations: SqlRow<Organization>
  memberships: SqlRow<Membership>
  stackdock_migrations: { version: number; name: string; checksum: string; applied_at: string }
}

export type SqlResourceName = Snake<ResourceTableName>

export function sqlName(table: ResourceTableName): SqlResourceName {
  return snakeCase(table) as SqlResourceName
}

export const sqlResourceNames: readonly SqlResourceName[] = Object.values(resourceTables).map((table) =>
  sqlName(table.name),
)
