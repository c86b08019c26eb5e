import { useInfiniteQuery } from "@tanstack/react-query"
import type { AuditPage } from "../../../engine/reading.ts"
import { readKey, useData, useWatch } from "../../data/hooks.tsx"
import type { DataError } from "../../data/port.ts"
import type { AuditFilter } from "./activity-filter.ts"

const AT_ONCE = 100

/** The log from the newest entry on, as far back as was asked for. */
export function useEntries(filter: AuditFilter, enabled: boolean) {
  const port = useData()
  useWatch("audit", filter, enabled)
  return useInfiniteQuery<AuditPage, DataError, AuditPage["entries"], unknown[], string | undefined>({
    // Beside the single pages that others ask for, and asked again together with them.
    queryKey: [...readKey("audit", filter), "all"],
    queryFn: ({ pageParam }) => port.read.audit({ ...filter, after: pageParam, limit: AT_ONCE }),
    initialPageParam: undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    select: ({ pages }) => pages.flatMap(({ entries }) => entries),
    enabled,
  })
}
