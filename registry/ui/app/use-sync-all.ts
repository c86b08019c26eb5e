import { useAct } from "../data/hooks.tsx"
import { told } from "../feedback/toast.ts"

/** Begins a sync of every connected dock. How it goes is told elsewhere. */
export function useSyncAll(): { syncAll: () => void; isStarting: boolean } {
  const sync = useAct("sync")
  return {
    isStarting: sync.isPending,
    syncAll: () => sync.mutate({}, { onError: (error) => told.failed(error, "Could not begin the sync") }),
  }
}
