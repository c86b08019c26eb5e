import type { Secret } from "../core/secret.ts"
import type { AuditEntry } from "../schema/audit-log.ts"
import type { DockRow } from "../schema/docks.ts"
import type { ResourceRow, ResourceTableName } from "../schema/index.ts"
import type { Membership, Organization } from "../schema/organizations.ts"
import type { Provisioning } from "../schema/provisionings.ts"
import type { SyncRun, SyncScope } from "../schema/sync-runs.ts"
import type { ChangeStore, RowCount, RowLookup, RowQuery } from "./read-ports.ts"
import type { AuditRequest, ResourcePage } from "./reading.ts"

/**
 * All that the engine asks of a place that keeps rows. Every call names the organisation; a store never answers
 * across one. `stores/store.suite.ts` holds the tests that each implementation passes.
 */
export interface Store {
  /** Brings the tables up to date. Safe to run twice, and by two processes at once. */
  migrate(): Promise<void>
  close(): Promise<void>

  readonly docks: DockStore
  readonly leases: LeaseStore
  readonly runs: RunStore
  readonly rows: RowStore
  readonly provisionings: ProvisioningStore
  readonly organizations: OrganizationStore
  readonly audit: AuditStore
  readonly changes: ChangeStore
}

export interface DockStore {
  /** Fails with a StoreError `conflict` when the organisation has a dock of that name. */
  insert(row: DockRow): Promise<void>
  list(orgId: string): Promise<DockRow[]>
  get(orgId: string, dockId: string): Promise<DockRow | undefined>
  update(orgId: string, dockId: string, changes: Partial<Omit<DockRow, "id" | "orgId">>): Promise<void>
  /** Removes the dock, all its rows with their changes, its scopes, runs and provisionings, in one transaction. */
  remove(orgId: string, dockId: string): Promise<void>
  /** Whether any row anywhere holds an encrypted envelope: then a lost key must not be replaced by a new one. */
  hasCredentials(): Promise<boolean>
  /**
   * Every encrypted credential, of all organisations: for a change of keys, which knows no organisations. `after` is the last
   * dock of the page before.
   */
  sealed(page: { after: string | undefined; limit: number }): Promise<SealedCredential[]>
  /**
   * Puts other envelopes in the place of these, in one transaction. One that has changed meanwhile is left alone. Gives how
   * many it replaced.
   */
  reseal(changes: readonly { sealed: SealedCredential; envelope: string }[]): Promise<number>
}

export interface SealedCredential {
  orgId: string
  dockId: string
  envelope: string
}

/** One sync per dock at a time. A lease ends by itself, so a killed process leaves nothing locked. */
export interface LeaseStore {
  /** Takes the lease if it is free, expired or already the holder's. Tells who has it otherwise. */
  acquire(claim: Lease): Promise<LeaseAnswer>
  release(lease: Omit<Lease, "now" | "expiresAt">): Promise<void>
}

export type LeaseAnswer = { acquired: true } | { acquired: false; holder: string; expiresAt: string }

export interface Lease {
  orgId: string
  dockId: string
  holder: string
  now: string
  expiresAt: string
}

export interface RunStore {
  /** Writes the run; runs of the dock that were left `running` become `interrupted`. */
  start(run: SyncRun): Promise<void>
  finish(run: SyncRun): Promise<void>
  latest(orgId: string, dockId: string): Promise<SyncRun | undefined>
  /** The newest first. */
  list(filter: RunFilter): Promise<SyncRun[]>
  scopes(orgId: string, dockId: string, tableName?: ResourceTableName): Promise<SyncScope[]>
  recordScope(scope: SyncScope): Promise<void>
}

export interface RunFilter {
  orgId: string
  dockId?: string | undefined
  limit: number
}

export interface RowStore {
  /** Opens one scope for the time of one listing. */
  openScope(options: OpenScope): Promise<ScopeWriter>
  /** Rows in the order of their names, streamed: a table may be larger than memory. */
  list<Name extends ResourceTableName>(table: Name, filter: RowFilter): AsyncIterable<ResourceRow<Name>>
  count(table: ResourceTableName, filter: RowFilter): Promise<number>
  /**
   * A stretch of a table in any order, without the providers' answers. Fails with a StoreError `unsupported` where the
   * database could only answer by reading more rows than it should.
   */
  page<Name extends ResourceTableName>(table: Name, query: RowQuery): Promise<ResourcePage<Name>>
  /**
   * Live rows by what one column holds, in the order of their names: its column is `name`, `providerResourceId`, one that
   * holds the id of another row of the dock, or one of the table's `lookups`.
   */
  lookup<Name extends ResourceTableName>(table: Name, lookup: RowLookup): Promise<ResourcePage<Name>>
  /** Live rows of every table that has some, by dock and status. */
  counts(orgId: string): Promise<RowCount[]>
  /** One row, deleted or not. */
  find<Name extends ResourceTableName>(
    table: Name,
    key: RowKey | { orgId: string; id: string },
  ): Promise<ResourceRow<Name> | undefined>
  /**
   * Writes one row outside a listing, because the provider has just told of it. A deleted row comes back. Fails with a
   * StoreError `not_found` when the dock is gone.
   */
  put(table: ResourceTableName, row: ToldRow, marks: RowMarks, now: string): Promise<void>
  /** Changes what only the engine knows of a row. Without the row, nothing happens. */
  mark(table: ResourceTableName, key: RowKey, marks: RowMarks, now: string): Promise<void>
}

export interface RowKey {
  orgId: string
  dockId: string
  providerResourceId: string
}

/** A row as the provider told it, and where it belongs. */
export interface ToldRow {
  orgId: string
  dockId: string
  provider: string
  scope: string
  row: ListedRow
}

export type RowMarks = Partial<
  Pick<ResourceRow, "provisioningSource" | "provisioningState" | "provisionedAt" | "deletedAt">
>

/** Intents to make and remove things. Each is worked on by one process at a time, which holds its lease. */
export interface ProvisioningStore {
  /** Fails with a StoreError `conflict` when the organisation has one of that idempotency key. */
  insert(intent: Provisioning): Promise<void>
  /** The newest first. */
  list(orgId: string, filter?: ProvisioningFilter): Promise<Provisioning[]>
  /** What was asked for of one row, the newest first. */
  ofRow(table: ResourceTableName, key: RowKey, limit: number): Promise<Provisioning[]>
  get(orgId: string, key: { id: string } | { idempotencyKey: string }): Promise<Provisioning | undefined>
  /** Only for the holder of its lease: otherwise a StoreError `lease_lost`. */
  update(owner: IntentOwner, changes: IntentChanges): Promise<void>
  /** Takes the lease if it is free, expired or already the holder's. Tells who has it otherwise. */
  acquire(owner: IntentOwner, claim: Pick<Lease, "now" | "expiresAt">): Promise<LeaseAnswer>
  release(owner: IntentOwner): Promise<void>
}

export interface ProvisioningFilter {
  dockId?: string | undefined
  /** Only those that are neither done nor failed. */
  unfinished?: boolean | undefined
  limit?: number | undefined
}

export interface IntentOwner {
  orgId: string
  id: string
  holder: string
}

export type IntentChanges = Partial<
  Omit<Provisioning, "id" | "orgId" | "dockId" | "idempotencyKey" | "leaseHolder" | "leaseExpiresAt">
>

export interface OrganizationStore {
  /** Makes it unless there is one of that id. Fails with a StoreError `conflict` when another has the slug. */
  ensure(row: Organization): Promise<void>
  /** With its first member, in one transaction. Fails with a StoreError `conflict` when another has the id or the slug. */
  create(row: Organization, first: Membership): Promise<void>
  get(orgId: string): Promise<Organization | undefined>
  /** All there are, in the order of their names. */
  list(): Promise<Organization[]>
  /** All that a user belongs to, in the order of their names. */
  ofUser(userId: string): Promise<{ organization: Organization; role: string }[]>
  /** In the order of their user ids. */
  members(orgId: string): Promise<Membership[]>
  membership(orgId: string, userId: string): Promise<Membership | undefined>
  /**
   * Makes somebody a member, or changes their role, in one transaction with the check that somebody keeps the role
   * `mustRemain`: otherwise it fails with a StoreError `conflict`.
   */
  setMember(row: Membership, mustRemain: string): Promise<void>
  /** The same check; nobody to remove is a StoreError `not_found`. */
  removeMember(orgId: string, userId: string, mustRemain: string): Promise<void>
}

/** Entries are added and read, never changed. */
export interface AuditStore {
  append(entries: readonly AuditEntry[]): Promise<void>
  /** The newest first, streamed. */
  list(filter: AuditFilter): AsyncIterable<AuditEntry>
  /** Part of it, the newest first. `after` is the id of an entry; one that is not there is as none. */
  page(filter: AuditPageFilter): Promise<AuditEntry[]>
}

export type AuditPageFilter = AuditRequest & { orgId: string; limit: number }

export interface AuditFilter {
  orgId: string
  actor?: string | undefined
  result?: AuditEntry["result"] | undefined
}

export interface RowFilter {
  orgId: string
  provider?: string | undefined
  dockId?: string | undefined
  scope?: string | undefined
  /** Only rows that are gone at the provider, instead of only those that are there. */
  deleted?: boolean | undefined
}

export interface OpenScope {
  orgId: string
  dockId: string
  provider: string
  table: ResourceTableName
  scope: string
  /** Every write checks, in its own transaction, that the holder still has the lease (StoreError `lease_lost`). */
  leaseHolder: string
  /** Counts what would be written, and writes nothing. */
  dryRun: boolean
}

/** A row as a listing gave it: what the store adds is its own (id, times, provisioning). */
export type ListedRow<Name extends ResourceTableName = ResourceTableName> = Omit<
  ResourceRow<Name>,
  | "id"
  | "orgId"
  | "dockId"
  | "provider"
  | "scope"
  | "createdAt"
  | "updatedAt"
  | "lastSeenAt"
  | "deletedAt"
  | "provisioningSource"
  | "provisioningState"
  | "provisionedAt"
>

export interface ScopeWriter {
  /** Inserts, updates where the content hash differs, brings back what was deleted, leaves the rest untouched. */
  write(rows: readonly ListedRow[], now: string): Promise<WriteCounts>
  /** How many live rows of the scope no `write` has mentioned, and how many live rows it had when opened. */
  missing(): Promise<{ missing: number; before: number }>
  /** Marks those as deleted. To be called only with a certificate of completeness. */
  deleteMissing(now: string): Promise<number>
}

export interface WriteCounts {
  inserted: number
  updated: number
  unchanged: number
}

export class StoreError extends Error {
  override readonly name = "StoreError"
  readonly code: "conflict" | "lease_lost" | "unavailable" | "newer_schema" | "not_found" | "unsupported"

  constructor(code: StoreError["code"], message: string) {
    super(message)
    this.code = code
  }
}

/** Where credentials are encrypted. The envelope is bound to the organisation and the dock. */
export interface Vault {
  /** Called before the first `seal`. Makes the first key only while nothing is encrypted yet. */
  prepare(state: { encryptedRowsExist: boolean }): Promise<void>
  /** With the primary key. */
  seal(plaintext: string, owner: Owner): Promise<string>
  open(envelope: string, owner: Owner): Promise<string>
  /** Which key an envelope was sealed with. */
  keyIdOf(envelope: string): string
  /** Undefined while there is no key. */
  keyIds(): Promise<KeyIds | undefined>
  /** Makes a new primary key, unless another process has just replaced this one. The old one still opens what it sealed. */
  replacePrimary(primary: string): Promise<void>
  /** Forgets older keys. */
  drop(keyIds: readonly string[]): Promise<void>
  /** All keys as one text. `withNewPrimary` puts a new one in front, for where keys cannot be written. */
  exportKeys(options: { withNewPrimary: boolean }): Promise<Secret>
  /** Adds the keys of such a text as older ones; where there is no key, all of it is taken. Gives the ids that are new. */
  importKeys(keyset: Secret): Promise<string[]>
}

export interface KeyIds {
  primary: string
  older: readonly string[]
}

export interface Owner {
  orgId: string
  dockId: string
}

/** What a vault fails with. It holds no plaintext, no key and no envelope. */
export class VaultError extends Error {
  override readonly name = "VaultError"
  readonly code:
    | "missing_key" // there is no key at all
    | "unknown_key" // the envelope names a key that the keyset does not hold
    | "not_authentic" // the envelope was changed, or belongs to another organisation or dock
    | "malformed_envelope"
    | "malformed_keyset"
    | "unsafe_key_file" // others may read it
    | "unreadable_key_file"
    | "read_only_keyset" // it is kept where this process cannot change it
    | "keyset_busy" // another process is changing it
  /** What to do next. */
  readonly suggestion: string

  constructor(code: VaultError["code"], message: string, suggestion: string) {
    super(message)
    this.code = code
    this.suggestion = suggestion
  }
}
