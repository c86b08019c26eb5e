import type { DockRow } from "../schema/docks.ts"
import { type Context, connectApi, findDefinition, findDock } from "./context.ts"
import { openedCredentials } from "./credentials.ts"
import { StackdockError } from "./errors.ts"
import { reportedError } from "./reported-error.ts"
import type { DockReport, SyncReport, SyncRequest } from "./stackdock.ts"
import { syncDock } from "./sync.ts"

/** One dock after the other, so that one that fails never stops the next. */
export async function syncDocks(context: Context, request: SyncRequest): Promise<SyncReport> {
  const rows = await context.dockRows()
  const chosen = request.docks
    ? new Set(request.docks.map((dock) => findDock(rows, dock)))
    : rows.filter((row) => row.status !== "disconnected")

  const docks: DockReport[] = []
  for (const row of chosen) docks.push(await syncOne(context, row, request))
  return { docks }
}

async function syncOne(context: Context, row: DockRow, request: SyncRequest): Promise<DockReport> {
  try {
    return await openAndSync(context, row, request)
  } catch (error) {
    const { id: dockId, provider, name } = row
    const report: DockReport = {
      dockId,
      provider,
      name,
      status: "failed",
      scopes: [],
      error: reportedError(error),
    }
    request.onProgress?.({ type: "dock-started", dockId, provider, name })
    request.onProgress?.({ type: "dock-finished", dockId, report })
    return report
  }
}

async function openAndSync(context: Context, row: DockRow, request: SyncRequest): Promise<DockReport> {
  const definition = findDefinition(context, row.provider)
  if (row.credentials === null) {
    throw new StackdockError(
      "disconnected",
      `"${row.name}" is disconnected.`,
      `Type: stackdock connect ${row.provider} --name ${row.name}`,
    )
  }
  const opened = await context.vault.open(row.credentials, { orgId: row.orgId, dockId: row.id })
  const credentials = openedCredentials(definition, opened)
  const budget = context.budget(row.id, definition)
  const { tables, dryRun, allowMassDelete, signal, onProgress } = request
  return syncDock({
    store: await context.store(),
    orgId: context.orgId,
    dock: row,
    definition,
    connect: (meter, signal) => connectApi(definition, credentials, { budget, meter, signal }),
    tables,
    dryRun,
    allowMassDelete,
    signal,
    onProgress,
  })
}
