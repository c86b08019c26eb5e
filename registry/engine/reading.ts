import type { BudgetUse } from "../core/budget.ts"
import type { ProviderLook } from "../core/dock.ts"
import type { AuditEntry } from "../schema/audit-log.ts"
import type { ResourceRow, ResourceTableName } from "../schema/index.ts"
import type { SyncRun } from "../schema/sync-runs.ts"
import type { Area, Level } from "./permissions.ts"
import type { Operation, ProvisionReport } from "./provision-report.ts"
import type { CredentialField, DockSummary } from "./stackdock.ts"

export type { BudgetUse, ProviderLook }

/** A row as everybody may see it who may see its table: without the provider's answer. */
export type ListedResource<Name extends ResourceTableName = ResourceTableName> = Omit<
  ResourceRow<Name>,
  "fullApiData"
>

/** Part of a table, as a screen shows it: any stretch of it, in any order. */
export interface PageRequest<Name extends ResourceTableName = ResourceTableName> {
  table: Name
  filter?: PageFilter | undefined
  /** By name when left out. What is not told comes last, in either direction. */
  sort?: Sort | undefined
  offset?: number | undefined
  /** 500 at most; 100 when left out. */
  limit?: number | undefined
}

export interface PageFilter {
  /** Any of them; the same for the other lists. */
  providers?: readonly string[] | undefined
  /** Ids of docks. */
  docks?: readonly string[] | undefined
  statuses?: readonly string[] | undefined
  environments?: readonly string[] | undefined
  /** Each word has to be in the name or in another text that tells what the row is: an address, a host, a branch. */
  text?: string | undefined
  /** Columns of the table that hold exactly this: `{ webServiceProviderId: "41" }`. */
  where?: Readonly<Record<string, string>> | undefined
  /** Only rows that are gone at the provider, instead of only those that are there. */
  deleted?: boolean | undefined
}

export interface Sort {
  /** A column that holds text, a number, a time or yes and no. */
  column: string
  descending?: boolean | undefined
}

export interface ResourcePage<Name extends ResourceTableName = ResourceTableName> {
  rows: ListedResource<Name>[]
  /** How many rows the filter lets through, on all pages. */
  total: number
}

/** Live rows of one table. */
export interface TableCounts {
  table: ResourceTableName
  total: number
  byStatus: Record<string, number>
  byProvider: Record<string, number>
}

/** One row with all there is to know of it, as much as the caller may see. */
export interface ResourceView {
  table: ResourceTableName
  row: ListedResource
  /** What the caller can do to it now. */
  actions: Operation[]
  /** The kind by which it can be removed at the provider; null where the dock cannot, or the caller may not. */
  removableAs: string | null
  /** Rows that belong to it, or to which it belongs, group by group. */
  related: RelatedRows[]
  /** The newest first. */
  history: ResourceHistory
}

export interface RelatedRows {
  table: ResourceTableName
  /**
   * - `part`: of it, in the same account: records of a domain, deployments of a service.
   * - `whole`: what it is a part of: the server of a site.
   * - `same`: the same thing seen by another account or as another thing: a domain in DNS, at a site, in a certificate.
   * - `duplicate`: a row of the same table in another account that claims to be the same. Never merged.
   */
  relation: "part" | "whole" | "same" | "duplicate"
  /** Why they are shown together: `Records of this zone`. */
  because: string
  rows: ListedResource[]
  total: number
}

export interface ResourceHistory {
  changes: ResourceChange[]
  audit: AuditEntry[]
  provisionings: ProvisionReport[]
}

/** What a sync, or an action, found different about a row. */
export interface ResourceChange {
  id: string
  table: ResourceTableName
  resourceId: string
  dockId: string
  provider: string
  /** The row's name at that time. */
  name: string
  kind: "added" | "changed" | "removed" | "returned"
  /** Universal columns only; the provider's own fields are not kept. Empty unless `kind` is `changed`. */
  fields: { column: string; before: unknown; after: unknown }[]
  at: string
}

export interface ChangesRequest {
  /** An instant, ISO 8601. */
  since?: string | undefined
  table?: ResourceTableName | undefined
  /** 100 when left out, 500 at most. */
  limit?: number | undefined
}

export interface Changes {
  /** The newest first. */
  changes: ResourceChange[]
  /** Of each kind since then, beyond what `limit` shows. */
  totals: Record<ResourceChange["kind"], number>
}

/** A connected account and how it is doing. */
export interface DockStatus extends DockSummary {
  /** Of the provider, as its dock names it. */
  title: string
  isSyncing: boolean
  lastRun: SyncRun | null
  /** Null when nothing syncs it by the clock. */
  nextSyncAt: string | null
  /** Requests made lately in each window that the provider counts; empty before the first. */
  budget: BudgetUse[]
  /** Live rows. */
  rows: number
}

/** A dock that can be connected: all that a screen needs to offer it without knowing it. */
export interface ProviderInfo {
  provider: string
  title: string
  website: string
  look: ProviderLook | null
  tables: ResourceTableName[]
  credentialFields: CredentialField[]
  kinds: Operation[]
  actions: Operation[]
}

export interface RunsRequest {
  /** Id or name. */
  dock?: string | undefined
  /** 20 when left out, 200 at most. */
  limit?: number | undefined
}

export interface AuditRequest {
  actor?: string | undefined
  action?: string | undefined
  result?: AuditEntry["result"] | undefined
  targetTable?: string | undefined
  targetId?: string | undefined
  /** From then on. Like `until`, an instant, ISO 8601. */
  since?: string | undefined
  /** Before then. */
  until?: string | undefined
  /** The id of the last entry of the page before. */
  after?: string | undefined
  /** 100 when left out, 500 at most. */
  limit?: number | undefined
}

export interface AuditPage {
  entries: AuditEntry[]
  /** Null on the last page. */
  next: string | null
}

/** Who asks, and what they may do. */
export interface Whoami {
  orgId: string
  organization: string
  /** Null for whoever runs the process. */
  userId: string | null
  role: string | null
  grants: Record<Area, Level>
  /** Roles that can be given, with what each permits. */
  roles: Record<string, Record<Area, Level>>
}
