import type { SyncRun } from "../schema/sync-runs.ts"
import { massDeletionWords } from "./mass-deletion.ts"
import type { DockReport, ScopeReport } from "./stackdock.ts"
import type { SyncDock } from "./sync.ts"

export async function startRun(request: SyncDock): Promise<SyncRun> {
  const { store, dock } = request
  const run: SyncRun = {
    id: crypto.randomUUID(),
    orgId: dock.orgId,
    dockId: dock.id,
    status: "running",
    startedAt: instantOf(request),
    finishedAt: null,
    ...totals([]),
    error: null,
  }
  await store.runs.start(run)
  return run
}

/** With what this process has done, beside what those before it did. */
export function withTotals(run: SyncRun, report: DockReport): SyncRun {
  const added = totals(report.scopes)
  return {
    ...run,
    fetched: run.fetched + added.fetched,
    inserted: run.inserted + added.inserted,
    updated: run.updated + added.updated,
    unchanged: run.unchanged + added.unchanged,
    deleted: run.deleted + added.deleted,
    skipped: run.skipped + added.skipped,
    requests: run.requests + added.requests,
    waitedMs: run.waitedMs + added.waitedMs,
    error: run.error ?? errorOf(report),
  }
}

/** Puts the outcome on record, unless another sync has taken over: then that one has already closed this run. */
export async function finishRun(request: SyncDock, run: SyncRun, report: DockReport): Promise<void> {
  const { store, dock } = request
  if (report.status === "busy" || report.error?.code === "lease_lost") return
  const whole = withTotals(run, report)
  const { error } = whole
  const finishedAt = instantOf(request)
  await store.runs.finish({ ...whole, status: report.status, finishedAt })
  const changes = { lastError: error, updatedAt: finishedAt }
  const read = report.status === "failed" || report.status === "canceled" ? {} : { lastSyncedAt: finishedAt }
  await store.docks.update(dock.orgId, dock.id, { ...changes, ...read })
  await forgetOldChanges(request)
}

/** Days for which it is kept what became different about rows. */
const KEPT_DAYS = 90
/** Changes that one transaction forgets, and how many transactions one sync has for them. */
const BATCH = 500
const MOST_BATCHES = 20

/** A little with each sync. That it fails changes nothing about the sync, and the next one tries again. */
async function forgetOldChanges({ store, dock, now = Date.now }: SyncDock): Promise<void> {
  const before = new Date(now() - KEPT_DAYS * 24 * 60 * 60 * 1000).toISOString()
  const request = { orgId: dock.orgId, dockId: dock.id, before, limit: BATCH }
  for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
    const forgotten = await store.changes.prune(request).catch(() => 0)
    if (forgotten < BATCH) return
  }
}

function errorOf(report: DockReport): string | null {
  const error = report.error ?? report.scopes.find((scope) => scope.error)?.error
  return error?.message ?? massDeletionWords(report.scopes)
}

function totals(scopes: readonly ScopeReport[]) {
  const sum = (count: (scope: ScopeReport) => number) =>
    scopes.reduce((total, scope) => total + count(scope), 0)
  return {
    fetched: sum((scope) => scope.fetched),
    inserted: sum((scope) => scope.inserted),
    updated: sum((scope) => scope.updated),
    unchanged: sum((scope) => scope.unchanged),
    deleted: sum((scope) => scope.deleted),
    skipped: sum((scope) => scope.skipped),
    requests: sum((scope) => scope.requests),
    waitedMs: sum((scope) => Math.round(scope.waitedMs)),
  }
}

function instantOf({ now = Date.now }: SyncDock): string {
  return new Date(now()).toISOString()
}
