import type { ResourceTableName } from "../schema/index.ts"
import type { SyncScope } from "../schema/sync-runs.ts"
import { Facts } from "./facts.ts"
import { StoreError } from "./ports.ts"
import { reportedError } from "./reported-error.ts"
import type { ScopeReport } from "./stackdock.ts"
import type { SyncContext } from "./sync-context.ts"

/** Stands for all scopes of a table in the report of a scope listing that failed. */
export const ALL_SCOPES = "*"

/**
 * Does the work on one scope. What came of it is reported and put on record, whatever happens. A failure ends here, so that
 * the other scopes go on; only the store's own failures are passed on, for they meet every scope.
 */
export async function reportScope(
  context: SyncContext,
  table: ResourceTableName,
  scope: string,
  known: SyncScope | undefined,
  work: (report: ScopeReport, facts: Facts) => Promise<void>,
): Promise<ScopeReport> {
  const { emit, dock } = context
  const report = emptyReport(table, scope)
  const facts = new Facts()
  emit({ type: "scope-started", dockId: dock.id, table, scope })
  try {
    // On record before its first row, so that a scope is not forgotten when this sync is killed.
    if (!known) await recordScope(context, report, known)
    await work(report, facts)
    await recordScope(context, report, known)
  } catch (error) {
    report.error = reportedError(error)
    if (error instanceof StoreError) throw error
    await recordScope(context, report, known)
  } finally {
    const cost = context.takeCost()
    report.requests = cost.requests
    report.waitedMs = cost.waitedMs
    report.reasons = facts.toArray()
    context.reports.push(report)
    emit({ type: "scope-finished", dockId: dock.id, report })
  }
  return report
}

async function recordScope(context: SyncContext, report: ScopeReport, known: SyncScope | undefined) {
  if (!context.lease || report.scope === ALL_SCOPES) return
  const now = context.now()
  await context.store.runs.recordScope({
    orgId: context.dock.orgId,
    dockId: context.dock.id,
    tableName: report.table,
    scope: report.scope,
    lastTriedAt: now,
    lastCompleteAt: report.complete && !report.massDeletion ? now : (known?.lastCompleteAt ?? null),
    lastError: report.error?.message ?? null,
  })
}

function emptyReport(table: ResourceTableName, scope: string): ScopeReport {
  return {
    table,
    scope,
    fetched: 0,
    inserted: 0,
    updated: 0,
    unchanged: 0,
    deleted: 0,
    skipped: 0,
    reasons: [],
    requests: 0,
    waitedMs: 0,
    complete: false,
    massDeletion: null,
    error: null,
  }
}
