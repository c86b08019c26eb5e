import { type UseQueryResult, useQuery } from "@tanstack/react-query"
import type { ListedResource, PageFilter, ResourcePage } from "../../../engine/reading.ts"
import type { ResourceTableName } from "../../../schema/index.ts"
import { readKey, useData, useWatch } from "../../data/hooks.tsx"
import type { DataError, DataPort } from "../../data/port.ts"

/** As much as a page has, and as much as is put together of them. Beyond it, what is shown is told to be a part. */
const PAGE = 500
const MOST = 5000

/** All rows of a table, where they have to be looked at together. For what is only shown, `ResourceTable` reads less. */
export function useAllRows<Name extends ResourceTableName>(
  table: Name,
  filter: PageFilter,
): UseQueryResult<ResourcePage<Name>, DataError> {
  const port = useData()
  const request = { table, filter }
  useWatch("resources", request)
  return useQuery<ResourcePage<Name>, DataError>({
    // Beside the pages of the same table, so that whatever puts those out of date does it to these.
    queryKey: [...readKey("resources", request), "all"],
    queryFn: () => readAll(port, table, filter),
    placeholderData: (before) => before,
  })
}

async function readAll<Name extends ResourceTableName>(
  port: DataPort,
  table: Name,
  filter: PageFilter,
): Promise<ResourcePage<Name>> {
  const rows = new Map<string, ListedResource<Name>>()
  for (let offset = 0; ; offset += PAGE) {
    const page = await port.read.resources({ table, filter, offset, limit: PAGE })
    // The port answers with rows of the table that was asked for, whatever their type says.
    for (const row of page.rows as ListedResource<Name>[]) rows.set(row.id, row)
    if (page.rows.length < PAGE || offset + PAGE >= Math.min(page.total, MOST)) {
      return { rows: [...rows.values()], total: page.total }
    }
  }
}
