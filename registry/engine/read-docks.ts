import type { DockRow } from "../schema/docks.ts"
import { isResourceTable } from "../schema/index.ts"
import type { SyncRun } from "../schema/sync-runs.ts"
import { summaryOf } from "./connect.ts"
import { type Context, dockRows, findDock } from "./context.ts"
import { credentialFields } from "./credentials.ts"
import { actionsOf, kindsOf } from "./operations.ts"
import { limitOf } from "./page-request.ts"
import type { DockStatus, ProviderInfo, RunsRequest } from "./reading.ts"
import type { DockSummary } from "./stackdock.ts"
import { checkInterval, nextSyncAt, RUNS_THAT_COUNT } from "./sync-interval.ts"

export async function dockStatuses(context: Context): Promise<DockStatus[]> {
  const store = await context.store()
  const counts = await store.rows.counts(context.orgId)
  const docks = await dockRows(context)
  return await Promise.all(
    docks.map(async (dock) => {
      const { orgId, id: dockId } = dock
      const runs = await store.runs.list({ orgId, dockId, limit: RUNS_THAT_COUNT })
      const ofDock = counts.filter((count) => count.dockId === dockId)
      return statusOf(
        context,
        dock,
        runs,
        ofDock.reduce((sum, { count }) => sum + count, 0),
      )
    }),
  )
}

function statusOf(context: Context, dock: DockRow, runs: readonly SyncRun[], rows: number): DockStatus {
  const now = context.clock.now()
  const definition = context.docks.find(({ provider }) => provider === dock.provider)
  const isConnected = dock.credentials !== null && definition !== undefined
  return {
    ...summaryOf(dock),
    title: definition?.title ?? dock.provider,
    isSyncing: dock.leaseHolder !== null && (dock.leaseExpiresAt ?? "") > new Date(now).toISOString(),
    lastRun: runs[0] ?? null,
    nextSyncAt: isConnected ? nextSyncAt(dock, runs) : null,
    budget: isConnected ? context.budget(dock.id, definition).uses(now) : [],
    rows,
  }
}

export async function listRuns(context: Context, { dock, limit }: RunsRequest = {}): Promise<SyncRun[]> {
  const dockId = dock === undefined ? undefined : (await findDock(context, dock)).id
  const { runs } = await context.store()
  return await runs.list({ orgId: context.orgId, dockId, limit: limitOf(limit, 20, 200) })
}

export async function listProviders({ docks }: Context): Promise<ProviderInfo[]> {
  return docks.map((dock) => ({
    provider: dock.provider,
    title: dock.title,
    website: dock.website,
    look: dock.look ?? null,
    tables: Object.keys(dock.sync).filter(isResourceTable),
    credentialFields: credentialFields(dock),
    kinds: kindsOf(dock),
    actions: actionsOf(dock),
  }))
}

export async function setSyncInterval(
  context: Context,
  { dock, minutes }: { dock: string; minutes: number | null },
): Promise<DockSummary> {
  checkInterval(minutes)
  const row = await findDock(context, dock)
  const changes = { syncIntervalMinutes: minutes, updatedAt: new Date(context.clock.now()).toISOString() }
  await (await context.store()).docks.update(context.orgId, row.id, changes)
  return summaryOf({ ...row, ...changes })
}
