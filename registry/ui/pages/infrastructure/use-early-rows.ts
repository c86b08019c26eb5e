import { useQueryClient } from "@tanstack/react-query"
import type { PageRequest, ResourcePage } from "../../../engine/reading.ts"
import { readKey } from "../../data/hooks.tsx"

/**
 * Shows what is about to come true in a list of rows. What it returns takes it back, and asks again what is true.
 */
export function useEarlyRows(request: PageRequest) {
  const client = useQueryClient()
  const queryKey = readKey("resources", request)
  return (change: (page: ResourcePage) => ResourcePage): (() => void) => {
    // An answer that is under way would not know of it.
    void client.cancelQueries({ queryKey })
    const before = client.getQueryData<ResourcePage>(queryKey)
    if (before) client.setQueryData(queryKey, change(before))
    return () => {
      if (before) client.setQueryData(queryKey, before)
      void client.invalidateQueries({ queryKey })
    }
  }
}
