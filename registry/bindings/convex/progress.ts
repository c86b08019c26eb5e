import type { DockStatus } from "../../engine/reading.ts"
import type { Progress } from "../../ui/data/port.ts"
import type { ConvexClient, StackdockApi } from "./functions.ts"

/** Syncs as they begin and end, whoever has begun them: a deployment tells of no page, and of every dock's state. */
export function watchSyncs(
  client: ConvexClient,
  api: StackdockApi,
  orgId: string,
  tell: (progress: Progress) => void,
): () => void {
  const watch = client.watchQuery(api.docks, { orgId })
  let before: ReadonlyMap<string, DockStatus> | undefined
  return watch.onUpdate(() => {
    const docks = statusesIn(() => watch.localQueryResult())
    if (!docks) return
    for (const dock of docks) {
      const earlier = before?.get(dock.id)
      if (earlier && earlier.isSyncing !== dock.isSyncing) tell({ of: "sync", event: eventOf(dock) })
    }
    before = new Map(docks.map((dock) => [dock.id, dock]))
  })
}

function eventOf(dock: DockStatus): Extract<Progress, { of: "sync" }>["event"] {
  const { id: dockId, provider, name, lastRun } = dock
  if (dock.isSyncing) return { type: "dock-started", dockId, provider, name }
  const ended = lastRun?.status ?? "canceled"
  const status = ended === "running" || ended === "interrupted" ? "canceled" : ended
  return {
    type: "dock-finished",
    dockId,
    report: { dockId, provider, name, status, scopes: [], error: null },
  }
}

/** Whoever may not see the docks is told of no sync. */
function statusesIn(read: () => DockStatus[] | undefined): DockStatus[] | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
