import type { ShownOnce } from "../../core/provision.ts"
import type { KeyRotation, KeyStatus } from "../../engine/keys.ts"
import type {
  ActionReport,
  Decision,
  ProvisionEvent,
  ProvisionReport,
  RehearsedStep,
} from "../../engine/provision-report.ts"
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
} from "../../engine/reading.ts"
import type { ConnectedDock, DockSummary, SyncEvent } from "../../engine/stackdock.ts"
import type { Membership } from "../../schema/organizations.ts"
import type { SyncRun } from "../../schema/sync-runs.ts"

/**
 * All that the pages ask of the world outside: one side of it is a server of this project or a Convex deployment, the other
 * is `hooks.ts`. Components below the pages know neither; they take rows and callbacks.
 */
export interface DataPort {
  readonly read: Reads
  readonly act: Acts
  readonly abilities: Abilities
  /** Invites somebody, and gives the link to send them. Left out where members are added by their user id. */
  readonly invite?: (request: { email: string; role: string }) => Promise<{ link: string }>
  /**
   * Calls `changed` whenever the answer to a question may have become another, until the returned function is called. It
   * is also called after a connection was lost and is there again.
   */
  watch<Name extends ReadName>(
    name: Name,
    request: Parameters<Reads[Name]>[0],
    changed: () => void,
  ): () => void
  /** Tells of work under way, whoever has begun it, until the returned function is called. */
  follow(listener: (progress: Progress) => void): () => void
}

/** Where the two sides differ. What one cannot do is not offered. */
export interface Abilities {
  /** Convex pages are in the order of names. */
  readonly sortsByAnyColumn: boolean
  /** Keys are rotated from here, and not by whoever deploys. */
  readonly managesKeys: boolean
  /** Somebody is signed in, and can sign out. */
  readonly signsOut: boolean
}

/** Questions. Each answers from what is stored; none asks a provider. */
export interface Reads {
  session(request: Nothing): Promise<Session>
  counts(request: Nothing): Promise<TableCounts[]>
  changes(request: ChangesRequest): Promise<Changes>
  runs(request: RunsRequest): Promise<SyncRun[]>
  providers(request: Nothing): Promise<ProviderInfo[]>
  docks(request: Nothing): Promise<DockStatus[]>
  resources(request: PageRequest): Promise<ResourcePage>
  resource(request: { id: string }): Promise<ResourceView>
  /** The provider's own answer, redacted. It may say more than the row, so it needs more than the row does. */
  resourceData(request: { id: string }): Promise<Record<string, unknown>>
  provisionings(request: {
    dock?: string | undefined
    limit?: number | undefined
  }): Promise<SentProvisionReport[]>
  provisioning(request: { id: string }): Promise<SentProvisionReport>
  audit(request: AuditRequest): Promise<AuditPage>
  members(request: Nothing): Promise<Member[]>
  keys(request: Nothing): Promise<KeyStatus>
}
export type ReadName = keyof Reads

/** What changes something. Each fails with a `DataError`. */
export interface Acts {
  connect(request: {
    provider: string
    name?: string | undefined
    credentials: unknown
  }): Promise<ConnectedDock>
  rotateCredential(request: { dock: string; credentials: unknown }): Promise<DockSummary>
  disconnect(request: { dock: string; removeRows: boolean }): Promise<DockSummary>
  setSyncInterval(request: { dock: string; minutes: number | null }): Promise<DockSummary>
  /** Begins, and answers at once; `follow` tells how it goes. All connected docks when none is named. */
  sync(request: {
    docks?: readonly string[] | undefined
    allowMassDelete?: boolean | undefined
  }): Promise<void>
  rehearse(request: RehearsalOf): Promise<RehearsedStep[]>
  /** Begins, and answers with the intent as soon as it is written. */
  provision(request: {
    dock: string
    kind: string
    input: unknown
    idempotencyKey: string
  }): Promise<SentProvisionReport>
  deprovision(request: { resourceId: string }): Promise<SentProvisionReport>
  resume(request: { id: string; decision?: Decision | undefined }): Promise<SentProvisionReport>
  act(request: { resourceId: string; action: string; input?: unknown }): Promise<SentActionReport>
  setMember(request: { userId: string; role: string }): Promise<Membership>
  removeMember(request: { userId: string }): Promise<void>
  rotateKeys(request: Nothing): Promise<KeyRotation>
  signOut(request: Nothing): Promise<void>
}
export type ActName = keyof Acts

export type Nothing = Readonly<Record<string, never>>

export interface Session extends Whoami {
  user: { name: string; email: string | null } | null
  /** All that the user belongs to; choosing another is up to the app around the pages. */
  organizations: { id: string; name: string }[]
}

export interface Member extends Membership {
  /** As the project's sign-in knows them; null where it tells nothing. */
  name: string | null
  email: string | null
}

export type RehearsalOf =
  | { of: "provision"; dock: string; kind: string; input: unknown }
  | { of: "deprovision"; resourceId: string }
  | { of: "action"; resourceId: string; action: string; input?: unknown }

/** What a provider tells only once, readable: it is sent to whoever asked, and to nobody else. */
export type Shown = Pick<ShownOnce, "title"> & { value: string }
export type SentProvisionReport = Omit<ProvisionReport, "shows"> & { shows: Shown[] }
export type SentActionReport = Omit<ActionReport, "shows"> & { shows: Shown[] }
type SentProvisionEvent =
  | Exclude<ProvisionEvent, { type: "shown" }>
  | { type: "shown"; id: string; shows: Shown[] }

export type Progress = { of: "sync"; event: SyncEvent } | { of: "provisioning"; event: SentProvisionEvent }

/** Why a question or a deed failed, in words that can be shown. */
export class DataError extends Error {
  override readonly name = "DataError"
  /** `denied`, `unauthenticated`, `offline`, or the code of whatever failed behind it. */
  readonly code: string
  /** What to do next. */
  readonly suggestion: string | null
  /** Fields of a form that are wrong, by name. */
  readonly fields: Readonly<Record<string, string>>

  constructor(told: {
    code: string
    message: string
    suggestion?: string | null
    fields?: Record<string, string>
  }) {
    super(told.message)
    this.code = told.code
    this.suggestion = told.suggestion ?? null
    this.fields = told.fields ?? {}
  }
}
