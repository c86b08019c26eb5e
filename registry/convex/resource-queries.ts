import { paginationOptsValidator } from "convex/server"
import { type ObjectType, v } from "convex/values"
import { fullReadingOf, readingOf } from "../engine/areas.ts"
import { findDock } from "../engine/context.ts"
import { StackdockError } from "../engine/errors.ts"
import { resourceView, tableCounts, tableOfRow } from "../engine/read-rows.ts"
import type { DockRow } from "../schema/docks.ts"
import { isResourceTable } from "../schema/index.ts"
import type { Reader } from "../stores/convex/operation.ts"
import { listedRow } from "../stores/convex/row-reads.ts"
import { type RowDocument, rowById } from "../stores/convex/rows.ts"
import { plain, sentReport } from "./answers.ts"
import { tableName } from "./arguments.ts"
import { query } from "./builders.ts"
import { atMost, readsOf } from "./reading.ts"
import type { ConvexSetup } from "./setup.ts"

const filter = {
  orgId: v.string(),
  table: tableName,
  /** Id or name. */
  dock: v.optional(v.string()),
  provider: v.optional(v.string()),
  status: v.optional(v.string()),
  /** Words of the name, the last of which may be its beginning. */
  text: v.optional(v.string()),
  /** Only rows that are gone at the provider, instead of only those that are there. */
  deleted: v.optional(v.boolean()),
}
type Filter = ObjectType<typeof filter>

const LARGEST_PAGE = 500

export function resourceQueries(setup: ConvexSetup) {
  const reads = readsOf(setup)
  return {
    /** One page of a table, in the order of names; with `text`, the best match first. */
    resources: query({
      args: { ...filter, paginationOpts: paginationOptsValidator },
      handler: (ctx, { paginationOpts, ...filter }) =>
        reads(ctx, filter.orgId, readingOf(filter.table), async (context, db) => {
          const dock = filter.dock === undefined ? undefined : await findDock(context, filter.dock)
          const { page, ...rest } = await matching(db, filter, dock).paginate(
            atMost(LARGEST_PAGE, paginationOpts),
          )
          return { ...rest, page: await Promise.all(page.map((row) => listedRow(db, filter.table, row))) }
        }),
    }),
    /**
     * One row, with what can be done to it, what was done, and what it has to do with others: of that, as much as the caller
     * may see.
     */
    resource: query({
      args: { orgId: v.string(), id: v.string() },
      handler: (ctx, { orgId, id }) =>
        reads(ctx, orgId, readingOf(tableOfRow(id)), async (context, db) => {
          await mustFind(db, orgId, id)
          const { history, ...view } = await resourceView(context, id)
          const provisionings = history.provisionings.map(sentReport)
          return { ...plain(view), history: { ...plain({ ...history, provisionings: [] }), provisionings } }
        }),
    }),
    /** What the provider has answered, as JSON text. It may say more than the row, so it needs more than the row does. */
    resourceData: query({
      args: { orgId: v.string(), id: v.string() },
      handler: (ctx, { orgId, id }) =>
        reads(ctx, orgId, fullReadingOf(tableOfRow(id)), async (_, db) => {
          const { dataId } = await mustFind(db, orgId, id)
          return (await db.get("resourceData", dataId))?.fullApiData ?? "{}"
        }),
    }),
    /** How many live rows there are, in each table that the caller may read, by provider and by status. */
    dashboard: query({
      args: { orgId: v.string() },
      handler: (ctx, { orgId }) => reads(ctx, orgId, "resources:read", tableCounts),
    }),
  }
}

/** Each question has its index: a page reads no rows but its own. */
function matching(db: Reader, filter: Filter, dock: DockRow | undefined) {
  const { orgId, table, provider, text, deleted = false } = filter
  const status = filter.status as RowDocument["status"] | undefined
  const rows = db.query(table)
  // A dock has rows of one provider. Of any other, those are asked for of a dock that nobody has.
  const dockId = dock && provider !== undefined && dock.provider !== provider ? "" : dock?.id
  if (text?.trim()) {
    return rows.withSearchIndex("by_text", (q) => {
      let search = q.search("name", text).eq("orgId", orgId).eq("isDeleted", deleted)
      if (dockId !== undefined) search = search.eq("dockId", dockId)
      if (provider !== undefined) search = search.eq("provider", provider)
      return status === undefined ? search : search.eq("status", status)
    })
  }
  if (dockId !== undefined) {
    return status === undefined
      ? rows.withIndex("by_dock", (q) => q.eq("dockId", dockId).eq("isDeleted", deleted))
      : rows.withIndex("by_dock_status", (q) =>
          q.eq("dockId", dockId).eq("status", status).eq("isDeleted", deleted),
        )
  }
  if (provider !== undefined) {
    return status === undefined
      ? rows.withIndex("by_provider", (q) =>
          q.eq("orgId", orgId).eq("provider", provider).eq("isDeleted", deleted),
        )
      : rows.withIndex("by_provider_status", (q) =>
          q.eq("orgId", orgId).eq("provider", provider).eq("status", status).eq("isDeleted", deleted),
        )
  }
  return status === undefined
    ? rows.withIndex("by_org", (q) => q.eq("orgId", orgId).eq("isDeleted", deleted))
    : rows.withIndex("by_status", (q) => q.eq("orgId", orgId).eq("status", status).eq("isDeleted", deleted))
}

async function mustFind(db: Reader, orgId: string, id: string): Promise<RowDocument> {
  const table = id.slice(0, id.lastIndexOf("_"))
  const row = isResourceTable(table) ? await rowById(db, table, orgId, id) : null
  if (row) return row
  throw new StackdockError(
    "unknown_resource",
    `There is no resource "${id}".`,
    "Look at the list of its table.",
  )
}
