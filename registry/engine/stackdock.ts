import type { Account, AnyDock } from "../core/dock.ts"
import type { DockRow } from "../schema/docks.ts"
import { type ResourceRow, type ResourceTableName, resourceTables } from "../schema/index.ts"
import { connectDock, disconnectDock } from "./connect.ts"
import { createContext, findDefinition, findDock } from "./context.ts"
import { credentialFields } from "./credentials.ts"
import type { Store, Vault } from "./ports.ts"
import { syncDocks } from "./sync-docks.ts"

/** What a project sets up once, in its own `stackdock.ts`. */
export interface StackdockConfig {
  docks: readonly AnyDock[]
  store: Store
  vault: Vault
  /** Whose rows these are. An embedded project has one organisation, made on first use. */
  organization?: { id: string; name: string }
}

export interface Stackdock {
  readonly docks: readonly AnyDock[]
  /** The tables that docks fill. */
  readonly tables: readonly ResourceTableName[]
  /** What `connect` needs to be given for a provider. */
  credentialFields(provider: string): CredentialField[]
  connect(request: ConnectRequest): Promise<ConnectedDock>
  listDocks(): Promise<DockSummary[]>
  /**
   * Forgets the credential of a dock, by id or name. The rows stay unless `removeRows`, which removes the dock and every
   * row it filled.
   */
  disconnect(dock: string, options?: { removeRows?: boolean }): Promise<DockSummary>
  sync(request?: SyncRequest): Promise<SyncReport>
  resources<Name extends ResourceTableName>(
    table: Name,
    filter?: ResourceFilter,
  ): AsyncIterable<ResourceRow<Name>>
  close(): Promise<void>
}

export interface CredentialField {
  name: string
  title: string
  /** Where a person finds it. */
  where: string | null
  isSecret: boolean
  isRequired: boolean
}

export interface ConnectRequest {
  provider: string
  /** As the dock's `credentials` schema takes them. */
  credentials: unknown
  /**
   * Unique in the organisation; the provider's name when left out. The name of a disconnected dock of the same account
   * connects that one again, with its rows.
   */
  name?: string | undefined
  /** False stores without asking the provider. */
  verify?: boolean | undefined
  signal?: AbortSignal | undefined
}

export interface ConnectedDock {
  dockId: string
  provider: string
  name: string
  account: Account | null
  /** Names of other connected docks of the same account: each of them has its own rows of everything. */
  sameAccountAs: string[]
}

export type DockSummary = Omit<DockRow, "credentials" | "leaseHolder" | "leaseExpiresAt">

export interface ResourceFilter {
  provider?: string | undefined
  /** Id or name. */
  dock?: string | undefined
  /** Only rows that are gone at the provider, instead of only those that are there. */
  deleted?: boolean | undefined
}

export interface SyncRequest {
  /** Ids or names; all connected docks when left out. */
  docks?: readonly string[] | undefined
  tables?: readonly ResourceTableName[] | undefined
  dryRun?: boolean | undefined
  allowMassDelete?: boolean | undefined
  signal?: AbortSignal | undefined
  onProgress?: ((event: SyncEvent) => void) | undefined
}

export interface SyncReport {
  docks: DockReport[]
}

export interface DockReport {
  dockId: string
  provider: string
  name: string
  /** `busy`: another sync holds the dock. `stopped`: a mass deletion needs a decision. */
  status: "succeeded" | "partial" | "failed" | "stopped" | "canceled" | "busy"
  scopes: ScopeReport[]
  error: ReportedError | null
}

export interface ScopeReport {
  table: ResourceTableName
  scope: string
  /** Items as the provider listed them. */
  fetched: number
  inserted: number
  updated: number
  unchanged: number
  deleted: number
  /** Items that could not become rows. Their rows, if there were any, are kept. */
  skipped: number
  /** What was odd in the answers: skipped items, dropped fields, unknown words. */
  reasons: Fact[]
  requests: number
  waitedMs: number
  /** The listing was proven whole, so missing rows could be deleted. */
  complete: boolean
  /** Rows that a complete listing no longer has, when deleting them would have been a mass deletion. */
  massDeletion: { missing: number; of: number } | null
  error: ReportedError | null
}

/** Something odd in a provider's answer, counted instead of repeated. */
export interface Fact {
  kind: "skipped" | "dropped_field" | "unknown_status"
  /** The field's path, where one is to blame. */
  path: string
  message: string
  count: number
}

export interface ReportedError {
  code: string
  message: string
  endpoint?: string | undefined
  requestId?: string | undefined
  retryAfterMs?: number | undefined
  suggestion?: string | undefined
}

export type SyncEvent =
  | { type: "dock-started"; dockId: string; provider: string; name: string }
  | { type: "table-started"; dockId: string; table: ResourceTableName }
  | { type: "scope-started"; dockId: string; table: ResourceTableName; scope: string }
  | {
      type: "page"
      dockId: string
      table: ResourceTableName
      scope: string
      fetched: number
      total: number | null
    }
  | { type: "scope-finished"; dockId: string; report: ScopeReport }
  | { type: "dock-finished"; dockId: string; report: DockReport }

/** Ties docks, a store and a vault together: what a project's `stackdock.ts` exports. */
export function createStackdock(config: StackdockConfig): Stackdock {
  const context = createContext(config)

  return {
    docks: config.docks,
    tables: Object.values(resourceTables).map((table) => table.name),
    credentialFields: (provider) => credentialFields(findDefinition(context, provider)),
    connect: (request) => connectDock(context, request),
    async listDocks() {
      return (await context.dockRows()).map(summaryOf)
    },
    async disconnect(dock, options = {}) {
      return summaryOf(await disconnectDock(context, dock, options.removeRows ?? false))
    },
    sync: (request = {}) => syncDocks(context, request),
    async *resources(table, { dock, ...filter } = {}) {
      const dockId = dock === undefined ? undefined : findDock(await context.dockRows(), dock).id
      const store = await context.store()
      yield* store.rows.list(table, { ...filter, dockId, orgId: context.orgId })
    },
    close: () => config.store.close(),
  }
}

function summaryOf({
  credentials: _,
  leaseHolder: _holder,
  leaseExpiresAt: _until,
  ...summary
}: DockRow): DockSummary {
  return summary
}
