import type { DockRow } from "../schema/docks.ts"
import { type Context, connectApi, findDefinition, findDock } from "./context.ts"
import { openedCredentials } from "./credentials.ts"
import { StackdockError } from "./errors.ts"
import { reportedError } from "./reported-error.ts"
import type { DockReport, SyncReport, SyncRequest } from "./stackdock.ts"
import { syncDock } from "./sync.ts"

/** One dock after the other; one that fails never stops the next. */
export async function syncDocks(context: Context, request: SyncRequest): Promise<SyncReport> {
  const rows = await context.dockRows()
  const chosen = request.docks
    ? new Set(request.docks.map((dock) => findDock(rows, dock)))
    : rows.filter((row) => row.status !== "disconnected")

  const docks: DockReport[] = []
  for (const row of chosen) docks.push(await syncOne(context, row, request))
  return { docks }
}

async function syncOne(context: Context, dock: DockRow, request: SyncRequest): Promise<DockReport> {
  const { tables, dryRun, allowMassDelete, signal, onProgress } = request
  try {
    if (dock.credentials === null) throw disconnected(dock)
    const { credentials } = dock
    const definition = findDefinition(context, dock.provider)
    return await syncDock({
      store: await context.store(),
      dock,
      definition,
      async connect(meter, signal) {
        const opened = await context.vault.open(credentials, { orgId: dock.orgId, dockId: dock.id })
        const budget = context.budget(dock.id, definition)
        return connectApi(definition, openedCredentials(definition, opened), { budget, meter, signal })
      },
      tables,
      dryRun,
      allowMassDelete,
      signal,
      onProgress,
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

function disconnected({ provider, name }: DockRow): StackdockError {
  const command = `npx stackdock connect ${provider}${name === provider ? "" : ` --name ${name}`}`
  return new StackdockError("disconnected", `"${name}" is disconnected.`, `Type: ${command}`)
}
