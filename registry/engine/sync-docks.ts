import type { DockRow } from "../schema/docks.ts"
import { type Context, dockRows, findDefinition, findDock } from "./context.ts"
import { openApi } from "./open-api.ts"
import { reportedError } from "./reported-error.ts"
import type { DockReport, SyncReport, SyncRequest } from "./stackdock.ts"
import { disconnected } from "./stored-credential.ts"
import { syncDock } from "./sync.ts"

/** One dock after the other; one that fails never stops the next. */
export async function syncDocks(context: Context, request: SyncRequest): Promise<SyncReport> {
  const docks: DockReport[] = []
  for (const row of await chosenDocks(context, request)) docks.push(await syncOne(context, row, request))
  return { docks }
}

/** Each once, however often it is named. */
async function chosenDocks(context: Context, request: SyncRequest): Promise<Iterable<DockRow>> {
  if (!request.docks) return (await dockRows(context)).filter((row) => row.status !== "disconnected")
  const chosen = new Map<string, DockRow>()
  for (const dock of request.docks) {
    const row = await findDock(context, dock)
    chosen.set(row.id, row)
  }
  return chosen.values()
}

async function syncOne(context: Context, dock: DockRow, request: SyncRequest): Promise<DockReport> {
  const { tables, dryRun, allowMassDelete, signal, onProgress, relay } = request
  try {
    if (dock.credentials === null) throw disconnected(dock)
    const definition = findDefinition(context, dock.provider)
    return await syncDock({
      store: await context.store(),
      dock,
      definition,
      connect: (meter, signal) => openApi(context, dock, definition, { meter, signal }),
      tables,
      dryRun,
      allowMassDelete,
      signal,
      onProgress,
      relay,
    })
  } catch (error) {
    const { id: dockId, provider, name } = dock
    const report: DockReport = {
      dockId,
      provider,
      name,
      status: "failed",
      scopes: [],
      error: reportedError(error),
    }
    onProgress?.({ type: "dock-started", dockId, provider, name })
    onProgress?.({ type: "dock-finished", dockId, report })
    return report
  }
}
