import { paginationOptsValidator } from "convex/server"
import { v } from "convex/values"
import type { ListedResource } from "../../engine/reading.ts"
import type { ResourceTableName } from "../../schema/index.ts"
import { countsOf } from "./counts.ts"
import { type Reader, reads } from "./operation.ts"
import { lastSeenAt, matching, type RowDocument, rowByKey, rowFilter, tableOf } from "./rows.ts"
import { type AnyColumn, columnIndex } from "./tables.ts"

/** What screens ask. */
export const rowReadOperations = {
  /** In the order of names, as screens show them. */
  pageListed: reads(
    { table: v.string(), filter: rowFilter, paginationOpts: paginationOptsValidator },
    async (db, { table, filter, paginationOpts }) => {
      const { page, isDone, continueCursor } = await matching(db, tableOf(table), filter).paginate(
        paginationOpts,
      )
      const rows = await Promise.all(page.map((row) => listedRow(db, tableOf(table), row)))
      return { rows, isDone, continueCursor }
    },
  ),
  lookupRows: reads(
    {
      table: v.string(),
      orgId: v.string(),
      docks: v.optional(v.array(v.string())),
      column: v.string(),
      values: v.array(v.string()),
      limit: v.number(),
    },
    async (db, { table, values, ...lookup }) => {
      const found = await Promise.all(values.map((value) => withValue(db, tableOf(table), lookup, value)))
      return await Promise.all(found.flat().map((row) => listedRow(db, tableOf(table), row)))
    },
  ),
  countLive: reads({ orgId: v.string() }, async (db, { orgId }) =>
    (await countsOf(db, orgId))
      .filter(({ count }) => count > 0)
      .map(({ tableName, dockId, provider, status, count }) => {
        return { table: tableOf(tableName), dockId, provider, status, count }
      }),
  ),
}

/** Without the provider's answer. */
export async function listedRow(
  db: Reader,
  table: ResourceTableName,
  document: RowDocument,
): Promise<ListedResource> {
  const { _id, _creationTime, isDeleted, dataId, ...row } = document
  return { ...row, lastSeenAt: await lastSeenAt(db, table, document) }
}

/** Live rows of which one column holds a value. */
async function withValue(
  db: Reader,
  table: ResourceTableName,
  { orgId, docks, column, limit }: { orgId: string; docks?: string[]; column: string; limit: number },
  value: string,
): Promise<RowDocument[]> {
  if (column === "providerResourceId") {
    const key = { orgId, providerResourceId: value }
    const found = await Promise.all((docks ?? []).map((dockId) => rowByKey(db, table, { ...key, dockId })))
    return found.filter((row) => row !== null && !row.isDeleted) as RowDocument[]
  }
  const rows = db.query(table)
  const indexed =
    column === "name"
      ? rows.withIndex("by_org", (q) => q.eq("orgId", orgId).eq("isDeleted", false).eq("name", value))
      : rows.withIndex(columnIndex(column), (q) =>
          q
            .eq("orgId", orgId)
            .eq("isDeleted", false)
            .eq(column as AnyColumn, value),
        )
  if (!docks) return await indexed.take(limit)
  return await indexed.filter((q) => q.or(...docks.map((dock) => q.eq(q.field("dockId"), dock)))).take(limit)
}
