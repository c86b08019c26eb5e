import { paginationOptsValidator } from "convex/server"
import { v } from "convex/values"
import { systemTables } from "../../schema/index.ts"
import { rowOf } from "./documents.ts"
import { reads, writes } from "./operation.ts"

const ofDock = { orgId: v.string(), dockId: v.string() }

export const runOperations = {
  startRun: writes({ run: rowOf(systemTables.syncRuns) }, async (db, { run }) => {
    const left = await db
      .query("syncRuns")
      .withIndex("by_status", (q) => q.eq("dockId", run.dockId).eq("status", "running"))
      .collect()
    for (const { _id, orgId } of left) {
      if (orgId === run.orgId) await db.patch(_id, { status: "interrupted", finishedAt: run.startedAt })
    }
    await db.insert("syncRuns", run)
  }),
  finishRun: writes({ run: rowOf(systemTables.syncRuns) }, async (db, { run }) => {
    const started = await db
      .query("syncRuns")
      .withIndex("by_row_id", (q) => q.eq("id", run.id))
      .unique()
    if (started?.orgId === run.orgId) await db.patch(started._id, run)
  }),
  latestRun: reads(ofDock, (db, { orgId, dockId }) =>
    db
      .query("syncRuns")
      .withIndex("by_dock", (q) => q.eq("dockId", dockId))
      .order("desc")
      .filter((q) => q.eq(q.field("orgId"), orgId))
      .first(),
  ),
  /** The newest first. */
  listRuns: reads(
    { orgId: v.string(), dockId: v.optional(v.string()), limit: v.number() },
    async (db, { orgId, dockId, limit }) => {
      const runs = db.query("syncRuns")
      const indexed =
        dockId === undefined
          ? runs.withIndex("by_org", (q) => q.eq("orgId", orgId))
          : runs.withIndex("by_dock", (q) => q.eq("dockId", dockId))
      return await indexed
        .order("desc")
        .filter((q) => q.eq(q.field("orgId"), orgId))
        .take(limit)
    },
  ),
  /** An account may have more scopes than Convex takes for one array. */
  pageScopes: reads(
    { ...ofDock, tableName: v.optional(v.string()), paginationOpts: paginationOptsValidator },
    async (db, { orgId, dockId, tableName, paginationOpts }) =>
      await db
        .query("syncScopes")
        .withIndex("by_dock", (q) => {
          const ofDock = q.eq("dockId", dockId)
          return tableName === undefined ? ofDock : ofDock.eq("tableName", tableName)
        })
        .filter((q) => q.eq(q.field("orgId"), orgId))
        .paginate(paginationOpts),
  ),
  recordScope: writes({ scope: rowOf(systemTables.syncScopes) }, async (db, { scope }) => {
    const { dockId, tableName, scope: name } = scope
    const known = await db
      .query("syncScopes")
      .withIndex("by_dock", (q) => q.eq("dockId", dockId).eq("tableName", tableName).eq("scope", name))
      .unique()
    if (known) await db.patch(known._id, scope)
    else await db.insert("syncScopes", scope)
  }),
}
