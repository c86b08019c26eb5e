import { useQueryClient } from "@tanstack/react-query"
import { useCallback, useSyncExternalStore } from "react"
import { DataError } from "../data/port.ts"

/** Why a question that is asked on this page has failed last, if it was this: `offline`, `unauthenticated`. */
export function useFailure(code: string): DataError | undefined {
  const cache = useQueryClient().getQueryCache()
  const subscribe = useCallback((listener: () => void) => cache.subscribe(listener), [cache])
  return useSyncExternalStore(subscribe, () => {
    for (const { state } of cache.getAll()) {
      if (state.error instanceof DataError && state.error.code === code) return state.error
    }
    return undefined
  })
}
