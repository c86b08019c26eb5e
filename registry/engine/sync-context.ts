import { DockError } from "../core/errors.ts"
import type { Meter } from "../core/http.ts"
import type { DockRow } from "../schema/docks.ts"
import type { ResourceTableName } from "../schema/index.ts"
import type { HeldLease } from "./lease.ts"
import type { ScopeWriter, Store } from "./ports.ts"
import type { ScopeReport, SyncEvent } from "./stackdock.ts"

/** What every part of one dock's sync needs. */
export interface SyncContext {
  readonly store: Store
  readonly dock: DockRow
  readonly api: unknown
  /** Held by every sync that writes; a dry run claims nothing. */
  readonly lease: HeldLease | undefined
  readonly allowMassDelete: boolean
  readonly signal: AbortSignal
  readonly now: () => string
  readonly emit: (event: SyncEvent) => void
  /** What requests cost since the last report. */
  readonly takeCost: () => Meter
  readonly reports: ScopeReport[]
  /** When the run began, where this process goes on with it: scopes that were tried since then are done. */
  readonly since: string | undefined
  /** No further scope may be begun. */
  readonly isTimeUp: () => boolean
}

export function openScope(
  { store, dock, lease }: SyncContext,
  table: ResourceTableName,
  scope: string,
): Promise<ScopeWriter> {
  return store.rows.openScope({
    orgId: dock.orgId,
    dockId: dock.id,
    provider: dock.provider,
    table,
    scope,
    leaseHolder: lease?.holder ?? "",
    dryRun: !lease,
  })
}

export function throwIfCanceled({ signal, dock }: SyncContext): void {
  if (!signal.aborted) return
  throw new DockError({ code: "canceled", provider: dock.provider, message: "The sync was canceled." })
}
