import type { Clock } from "../core/clock.ts"
import type { Account, AnyDock } from "../core/dock.ts"
import type { Secret } from "../core/secret.ts"
import type { AuditEntry } from "../schema/audit-log.ts"
import type { DockRow } from "../schema/docks.ts"
import { type ResourceRow, type ResourceTableName, resourceTables } from "../schema/index.ts"
import type { Membership, Organization } from "../schema/organizations.ts"
import type { SyncRun } from "../schema/sync-runs.ts"
import { createContext, findDefinition } from "./context.ts"
import { credentialFields } from "./credentials.ts"
import type { KeyRotation, KeyStatus } from "./keys.ts"
import type { NewOrganization, OrganizationOfUser } from "./members.ts"
import { actionsOf, kindsOf } from "./operations.ts"
import type { Roles } from "./permissions.ts"
import type { Store, Vault } from "./ports.ts"
import type {
  ActionReport,
  ActionRequest,
  DeprovisionRequest,
  FieldInput,
  Operation,
  ProvisioningsFilter,
  ProvisionReport,
  ProvisionRequest,
  RehearsalRequest,
  RehearsedStep,
  ResumeRequest,
} from "./provision-report.ts"
import { bind, operatorFunctions, organizationFunctions } from "./public-functions.ts"
import type {
  AuditPage,
  AuditRequest,
  Changes,
  ChangesRequest,
  DockStatus,
  PageRequest,
  ProviderInfo,
  ResourcePage,
  ResourceView,
  RunsRequest,
  TableCounts,
  Whoami,
} from "./reading.ts"
import type { Relay } from "./relay.ts"

/** What a project sets up once, in its own `stackdock.ts`. */
export interface StackdockConfig {
  docks: readonly AnyDock[]
  store: Store
  vault: Vault
  /** Whose rows these are. An embedded project has one organisation, made on first use. */
  organization?: { id: string; name: string }
  /** Roles of the project's own, beside the five that there are. */
  roles?: Roles
  /** How provisioning tells the time and waits. Tests bring their own. */
  clock?: Clock
}

/** Does everything as whoever runs the process, in the organisation of the configuration. */
export interface Stackdock extends OrganizationFunctions, OperatorFunctions {
  readonly docks: readonly AnyDock[]
  /** The tables that docks fill. */
  readonly tables: readonly ResourceTableName[]
  /** What `connect` needs to be given for a provider. */
  credentialFields(provider: string): CredentialField[]
  /** What a dock can make, and what it can do to rows, with the fields that each takes. */
  operations(provider: string): { kinds: Operation[]; actions: Operation[] }
  /** The same functions as a member of an organisation can call them: what their role does not permit is denied. */
  as(actor: Actor): OrganizationFunctions
  /** For work that no person has asked for just now: a sync by the clock. The audit log tells it apart. */
  asSystem(options?: { orgId?: string; requestId?: string }): OrganizationFunctions
  close(): Promise<void>
}

/** A user whom the project has signed in, at work in one organisation. */
export interface Actor {
  /** As the project's own sign-in knows them. */
  userId: string
  orgId: string
  /** Ties the audit log to the project's own. */
  requestId?: string | undefined
}

/** What can be done in an organisation. `public-functions.ts` names the permission of each. */
export interface OrganizationFunctions {
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
  /** Makes something at a provider. A failure is in the report, and on record. */
  provision(request: ProvisionRequest): Promise<ProvisionReport>
  /** Removes something at its provider, whether it was made or found. */
  deprovision(request: DeprovisionRequest): Promise<ProvisionReport>
  /** Does one thing to one row: restarts a server, purges a cache. */
  act(request: ActionRequest): Promise<ActionReport>
  /** What any of these would send, without sending it. */
  rehearse(request: RehearsalRequest): Promise<RehearsedStep[]>
  /** What was asked for so far, the newest first. */
  provisionings(filter?: ProvisioningsFilter): Promise<ProvisionReport[]>
  /** Goes on with what is unfinished: interrupted, not ready yet, or waiting for a decision that is given now. */
  resume(request?: ResumeRequest): Promise<ProvisionReport[]>
  /** Replaces the credential of a connected dock, once the provider has accepted the new one for the same account. */
  rotateCredential(request: RotateCredentialRequest): Promise<DockSummary>
  listMembers(): Promise<Membership[]>
  /** Makes a user a member, or gives a member another role: never more than one's own. */
  setMember(request: { userId: string; role: string }): Promise<Membership>
  removeMember(userId: string): Promise<void>
  /** What was done in the organisation and by whom, the newest first. */
  auditLog(filter?: AuditLogFilter): AsyncIterable<AuditEntry>
  /** Who is asking, and what they may do. Everybody who belongs to the organisation may know that of themselves. */
  whoami(): Promise<Whoami>
  /** Part of a table, sorted and filtered, with how many rows there are in all. */
  resourcePage<Name extends ResourceTableName>(request: PageRequest<Name>): Promise<ResourcePage<Name>>
  /** One row with all there is to know of it. */
  resource(id: string): Promise<ResourceView>
  /** What the provider has answered, without secrets. It may say more than the row, so it needs more than the row does. */
  resourceData(id: string): Promise<ResourceRow["fullApiData"]>
  /** Live rows of each table that the caller may read. */
  counts(): Promise<TableCounts[]>
  /** What became different, the newest first. */
  changes(request?: ChangesRequest): Promise<Changes>
  /** The last syncs, the newest first. */
  runs(request?: RunsRequest): Promise<SyncRun[]>
  dockStatuses(): Promise<DockStatus[]>
  /** What can be connected. */
  providers(): Promise<ProviderInfo[]>
  provisioning(id: string): Promise<ProvisionReport>
  auditPage(request?: AuditRequest): Promise<AuditPage>
  /** How often a clock syncs a dock, by id or name; null for never. */
  setSyncInterval(request: { dock: string; minutes: number | null }): Promise<DockSummary>
}

/** What concerns every organisation at once. Only the process itself can do it. */
export interface OperatorFunctions {
  createOrganization(request: NewOrganization): Promise<Organization>
  /** All of them: for work by the clock. */
  organizations(): Promise<Organization[]>
  /** Where a user is a member, and as what. */
  organizationsOf(userId: string): Promise<OrganizationOfUser[]>
  /** Which keys there are and how many credentials each still protects; never the keys. */
  keyStatus(): Promise<KeyStatus>
  /** A new key for everything. One that was interrupted is continued. */
  rotateKeys(): Promise<KeyRotation>
  /** All keys, to be kept safe: with them and the database, every credential can be read. */
  exportKeys(options?: { withNewPrimary?: boolean }): Promise<Secret>
  /** Adds exported keys. Where there was no key, all of it is taken; otherwise they only open what they once sealed. */
  importKeys(keyset: Secret): Promise<{ added: string[] }>
}

export interface CredentialField {
  name: string
  title: string
  /** Where a person finds it. */
  where: string | null
  isSecret: boolean
  isRequired: boolean
  input: FieldInput
  /** All that it can be, where it can be but one of several. */
  choices: string[] | null
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

export interface RotateCredentialRequest {
  /** By id or name. */
  dock: string
  /** As `connect` takes them. What is not secret may be left out, and stays as it is. */
  credentials: unknown
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

export interface AuditLogFilter {
  /** `local`, `system`, or `user:` and the user's id. */
  actor?: string | undefined
  result?: AuditEntry["result"] | undefined
}

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
  /** With one dock only: for a host whose processes may only run for so long. */
  relay?: Relay | undefined
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
    operations(provider) {
      const definition = findDefinition(context, provider)
      return { kinds: kindsOf(definition), actions: actionsOf(definition) }
    },
    ...bind(context, organizationFunctions),
    ...bind(context, operatorFunctions),
    as({ userId, orgId, requestId = "" }) {
      const principal = { kind: "user", userId } as const
      return bind({ ...context, principal, orgId, requestId }, organizationFunctions)
    },
    asSystem({ orgId = context.orgId, requestId = "" } = {}) {
      return bind({ ...context, principal: { kind: "system" }, orgId, requestId }, organizationFunctions)
    },
    close: () => config.store.close(),
  }
}
