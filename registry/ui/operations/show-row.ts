import type { QueryClient } from "@tanstack/react-query"
import type { ListedResource, ResourcePage } from "../../engine/reading.ts"

/**
 * Shows a change of a row on every page of its table before it is made. What it returns puts back what was there, for when
 * it could not be made.
 */
export function showRow(client: QueryClient, id: string, changes: Partial<ListedResource>): () => void {
  const before = client.getQueriesData<ResourcePage>({ queryKey: ["resources"] })
  client.setQueriesData<ResourcePage>({ queryKey: ["resources"] }, (page) =>
    page?.rows.some((row) => row.id === id)
      ? { ...page, rows: page.rows.map((row) => (row.id === id ? { ...row, ...changes } : row)) }
      : page,
  )
  return () => {
    for (const [key, page] of before) {
      const old = page?.rows.find((row) => row.id === id)
      if (!old) continue
      // Only this row: others may have been read anew meanwhile.
      client.setQueryData<ResourcePage>(
        key,
        (now) => now && { ...now, rows: now.rows.map((row) => (row.id === id ? old : row)) },
      )
    }
  }
}
