import { DockError } from "../core/errors.ts"
import { ACCOUNT_SCOPE, type Resource, type Scope } from "../core/resource.ts"
import type { ResourceTableName } from "../schema/index.ts"
import type { SyncScope } from "../schema/sync-runs.ts"
import { isMassDeletion } from "./mass-deletion.ts"
import { ALL_SCOPES, reportScope } from "./scope-report.ts"
import { syncScope } from "./scope-sync.ts"
import { openScope, type SyncContext, throwIfCanceled } from "./sync-context.ts"

/** Syncs every scope of one table, then empties the scopes that are gone. False when the time was up before the end. */
export async function syncTable(
  context: SyncContext,
  table: ResourceTableName,
  resource: Resource,
): Promise<boolean> {
  const { store, dock, signal, since } = context
  if (context.isTimeUp()) return false
  context.emit({ type: "table-started", dockId: dock.id, table })
  const onRecord = await store.runs.scopes(dock.orgId, dock.id, table)
  const known = new Map(onRecord.map((scope) => [scope.scope, scope]))

  const { scopes, complete } = await listScopes(context, table, resource)
  let allComplete = complete
  for (const scope of scopes.values()) {
    if (signal.aborted) return true
    const before = known.get(scope.id)
    if (before && since !== undefined && before.lastTriedAt >= since) {
      allComplete &&= (before.lastCompleteAt ?? "") >= since
      continue
    }
    if (context.isTimeUp()) return false
    const report = await syncScope(context, table, resource, scope, before)
    allComplete &&= report.complete
  }

  const vanished = [...known.values()].filter(({ scope }) => !scopes.has(scope))
  // A row of a vanished scope may have moved into one that could not be read: it is not proven gone.
  if (allComplete) await emptyVanished(context, table, vanished)
  return true
}

async function listScopes(
  context: SyncContext,
  table: ResourceTableName,
  resource: Resource,
): Promise<{ scopes: Map<string, Scope>; complete: boolean }> {
  const scopes = new Map<string, Scope>()
  if (!resource.scopes) {
    scopes.set(ACCOUNT_SCOPE, { id: ACCOUNT_SCOPE })
    return { scopes, complete: true }
  }
  let failure: unknown
  try {
    let listed = 0
    let total: number | undefined
    for await (const page of resource.scopes(context.api)) {
      for (const scope of page.items) scopes.set(scope.id, scope)
      listed += page.items.length
      total = page.total ?? total
      await context.lease?.renew()
      throwIfCanceled(context)
    }
    if (total === undefined || listed >= total) return { scopes, complete: true }
    failure = new DockError({
      code: "incomplete_listing",
      provider: context.dock.provider,
      message: `The provider told of ${total} scopes and listed ${listed}.`,
    })
  } catch (error) {
    failure = error
  }
  await reportScope(context, table, ALL_SCOPES, undefined, () => Promise.reject(failure))
  return { scopes, complete: false }
}

/** A complete listing of the scopes no longer has these: their rows are gone with them. They count as one deletion. */
async function emptyVanished(
  context: SyncContext,
  table: ResourceTableName,
  vanished: readonly SyncScope[],
): Promise<void> {
  const filled: { scope: SyncScope; rows: number }[] = []
  for (const scope of vanished) {
    const { missing } = await (await openScope(context, table, scope.scope)).missing()
    if (missing > 0) filled.push({ scope, rows: missing })
  }
  const rows = filled.reduce((sum, scope) => sum + scope.rows, 0)
  const stop = isMassDeletion(rows, rows) && !context.allowMassDelete
  for (const { scope, rows: missing } of filled) {
    await reportScope(context, table, scope.scope, scope, async (report) => {
      report.complete = true
      if (stop) {
        report.massDeletion = { missing, of: missing }
        return
      }
      throwIfCanceled(context)
      const writer = await openScope(context, table, scope.scope)
      report.deleted = await writer.deleteMissing(context.now())
    })
  }
}
