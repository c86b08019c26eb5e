import { StoreError } from "../../engine/ports.ts"
import type { RowLookup, RowQuery } from "../../engine/read-ports.ts"
import type { ListedResource, ResourcePage } from "../../engine/reading.ts"
import { rowFilter, rowOrder } from "../../engine/row-query.ts"
import type { ResourceTableName } from "../../schema/index.ts"
import type { Call } from "./call.ts"
import { given } from "./documents.ts"

/** Rows of one query. */
const PAGE = 500
/** Rows that are read for one answer. Convex counts what it reads, and an action holds them all. */
const MOST = 5000

/**
 * A stretch of a table. Convex has no offsets and no totals: the rows are read in the order of their names, and filtered and
 * counted here. For live views there are the queries in `registry/convex`, which read no rows but those of their page.
 */
export async function pageOf<Name extends ResourceTableName>(
  call: Call,
  table: Name,
  { orgId, filter, sort, offset, limit }: RowQuery,
): Promise<ResourcePage<Name>> {
  const [dockId, ...others] = filter.docks ?? []
  const known = { orgId, deleted: filter.deleted, dockId: others.length === 0 ? dockId : undefined }
  const isWanted = rowFilter(table, filter)
  const found: ListedResource[] = []
  let read = 0
  for (let cursor: string | null = null; ; ) {
    const page: Page = await call("pageListed", {
      table,
      filter: given(known),
      paginationOpts: { cursor, numItems: PAGE },
    })
    found.push(...page.rows.filter(isWanted))
    read += page.rows.length
    if (page.isDone) break
    if (read >= MOST) throw tooMany(table)
    cursor = page.continueCursor
  }
  const rows: object[] = found.sort(rowOrder(sort)).slice(offset, offset + limit)
  return { rows: rows as ListedResource<Name>[], total: found.length }
}

/** Each value has its index: nothing else is read. What is above the limit is not counted. */
export async function lookUp<Name extends ResourceTableName>(
  call: Call,
  table: Name,
  { orgId, docks, column, values, limit }: RowLookup,
): Promise<ResourcePage<Name>> {
  const found = await call("lookupRows", {
    table,
    orgId,
    ...(docks ? { docks: [...docks] } : {}),
    column,
    values: [...values],
    limit,
  })
  const rows: object[] = found.sort(rowOrder({ column: "name", descending: false })).slice(0, limit)
  return { rows: rows as ListedResource<Name>[], total: found.length }
}

interface Page {
  rows: ListedResource[]
  isDone: boolean
  continueCursor: string
}

function tooMany(table: string): StoreError {
  return new StoreError(
    "unsupported",
    `In Convex, no more than ${MOST} ${table} are read for one page. Ask for those of one dock, or use the query \`resources\`.`,
  )
}
