import { useQueryClient } from "@tanstack/react-query"
import { useCallback, useSyncExternalStore } from "react"

/** Whether a question that is asked on this page has failed last with this code. */
export function useFailing(code: string): boolean {
  const cache = useQueryClient().getQueryCache()
  const subscribe = useCallback((listener: () => void) => cache.subscribe(listener), [cache])
  return useSyncExternalStore(subscribe, () =>
    cache.getAll().some(({ state: { error } }) => error !== null && "code" in error && error.code === code),
  )
}
