import { useState } from "react"
import { useProgress } from "../data/hooks.tsx"
import { type SyncProgress, withSyncEvent } from "./sync-progress.ts"

/** How each dock's sync goes, by the dock's id, as far as it was told while this was shown. */
export function useSyncProgress(): ReadonlyMap<string, SyncProgress> {
  const [docks, setDocks] = useState<ReadonlyMap<string, SyncProgress>>(new Map())
  useProgress((progress) => {
    if (progress.of !== "sync") return
    const { event } = progress
    const { dockId } = event
    setDocks((before) => new Map([...before, [dockId, withSyncEvent(before.get(dockId), event)]]))
  })
  return docks
}
