import type { AnyDock } from "../core/dock.ts"
import type { Meter } from "../core/http.ts"
import type { DockRow } from "../schema/docks.ts"
import { isResourceTable, type ResourceTableName } from "../schema/index.ts"
import { type HeldLease, takeLease } from "./lease.ts"
import type { Store } from "./ports.ts"
import { combined, type Relay } from "./relay.ts"
import { reportedError } from "./reported-error.ts"
import type { DockReport, SyncEvent } from "./stackdock.ts"
import type { SyncContext } from "./sync-context.ts"
import { finishRun, startRun, withTotals } from "./sync-run.ts"
import { syncTable } from "./table-sync.ts"

export interface SyncDock {
  store: Store
  dock: DockRow
  definition: AnyDock
  /** Makes the dock's client, or a promise of it. It counts into `meter` and stops at `signal`. */
  connect(meter: Meter, signal: AbortSignal): unknown
  /** All that the dock fills, when left out. */
  tables?: readonly ResourceTableName[] | undefined
  /** Reads everything and counts what would change; writes nothing and claims nothing. */
  dryRun?: boolean | undefined
  allowMassDelete?: boolean | undefined
  signal?: AbortSignal | undefined
  onProgress?: ((event: SyncEvent) => void) | undefined
  now?: (() => number) | undefined
  /** How long a killed sync keeps others out. */
  leaseMs?: number | undefined
  relay?: Relay | undefined
}

/** Brings the rows of one dock up to date with its provider. It fails by report, not by exception. */
export async function syncDock(request: SyncDock): Promise<DockReport> {
  const { dock, signal, onProgress } = request
  const report: DockReport = {
    dockId: dock.id,
    provider: dock.provider,
    name: dock.name,
    status: "succeeded",
    scopes: [],
    error: null,
  }
  const stop = new AbortController()
  const abort = () => stop.abort()
  if (signal?.aborted) abort()
  signal?.addEventListener("abort", abort)
  onProgress?.({ type: "dock-started", dockId: dock.id, provider: dock.provider, name: dock.name })
  try {
    await syncUnderLease(request, report, stop)
  } catch (error) {
    report.status = "failed"
    report.error = reportedError(error)
  } finally {
    signal?.removeEventListener("abort", abort)
  }
  onProgress?.({ type: "dock-finished", dockId: dock.id, report })
  return report
}

async function syncUnderLease(request: SyncDock, report: DockReport, stop: AbortController): Promise<void> {
  const { store, dock, relay, leaseMs = 60_000, now = Date.now } = request
  if (request.dryRun) return void (await syncTables(request, report, stop.signal, undefined))

  const owner = { orgId: dock.orgId, dockId: dock.id }
  const claim = await takeLease({
    of: {
      acquire: (claim) => store.leases.acquire({ ...owner, ...claim }),
      release: (holder) => store.leases.release({ ...owner, holder }),
    },
    ...(relay?.from ? { holder: relay.from.holder } : {}),
    leaseMs,
    now,
    onLost: () => stop.abort(),
  })
  if (!claim.taken) {
    report.status = "busy"
    report.error = {
      code: "busy",
      message: "Another sync of this dock is under way.",
      suggestion: `Wait until it has finished. If it was killed, its claim ends at ${claim.busyUntil}.`,
    }
    return
  }
  const { lease } = claim
  let isPassedOn = false
  try {
    const run = relay?.from?.run ?? (await startRun(request))
    const isWhole = await syncTables(request, report, stop.signal, lease)
    const status = combined(relay?.from?.status, report.status)
    if (relay && !isWhole) {
      await lease.prolong()
      await relay.passOn({ run: withTotals(run, report), holder: lease.holder, status })
      isPassedOn = true
    } else {
      report.status = status
      await finishRun(request, run, report)
    }
  } finally {
    if (isPassedOn) lease.leave()
    // A lease that cannot be given back ends by itself.
    else await lease.release().catch(() => {})
  }
}

/** Gives whether nothing is left for another process. */
async function syncTables(
  request: SyncDock,
  report: DockReport,
  signal: AbortSignal,
  lease: HeldLease | undefined,
): Promise<boolean> {
  const { store, dock, definition, tables, onProgress, relay, now = Date.now } = request
  const meter: Meter = { requests: 0, waitedMs: 0 }
  const counted: Meter = { requests: 0, waitedMs: 0 }
  try {
    const context: SyncContext = {
      store,
      dock,
      lease,
      signal,
      api: await request.connect(meter, signal),
      allowMassDelete: request.allowMassDelete ?? false,
      now: () => new Date(now()).toISOString(),
      emit: (event) => onProgress?.(event),
      reports: report.scopes,
      since: relay?.from?.run.startedAt,
      isTimeUp: () => report.scopes.length > 0 && (relay?.isTimeUp() ?? false),
      takeCost() {
        const cost = {
          requests: meter.requests - counted.requests,
          waitedMs: meter.waitedMs - counted.waitedMs,
        }
        Object.assign(counted, meter)
        return cost
      },
    }
    let isWhole = true
    for (const [table, resource] of Object.entries(definition.sync)) {
      if (!isResourceTable(table) || (tables && !tables.includes(table))) continue
      if (!signal.aborted && isWhole) isWhole = await syncTable(context, table, resource)
    }
    lease?.confirm()
    report.status = statusOf(report, request.signal?.aborted ?? false)
    return isWhole
  } catch (error) {
    report.status = "failed"
    report.error = reportedError(error)
    return true
  }
}

function statusOf({ scopes }: DockReport, canceled: boolean): DockReport["status"] {
  if (canceled) return "canceled"
  if (scopes.some((scope) => scope.massDeletion)) return "stopped"
  if (scopes.every((scope) => scope.complete)) return "succeeded"
  return scopes.every((scope) => scope.error) ? "failed" : "partial"
}
