import { paginationOptsValidator } from "convex/server"
import { v } from "convex/values"
import { systemTables } from "../../schema/index.ts"
import { rowOf } from "./documents.ts"
import { reads, writes } from "./operation.ts"

export const auditOperations = {
  appendAudit: writes({ entries: v.array(rowOf(systemTables.auditLog)) }, async (db, { entries }) => {
    for (const entry of entries) await db.insert("auditLog", entry)
  }),
  /** The newest first. */
  pageAudit: reads(
    {
      orgId: v.string(),
      actor: v.optional(v.string()),
      result: v.optional(v.union(v.literal("succeeded"), v.literal("failed"), v.literal("denied"))),
      paginationOpts: paginationOptsValidator,
    },
    async (db, { orgId, actor, result, paginationOpts }) => {
      const entries = db.query("auditLog")
      const indexed =
        actor !== undefined && result !== undefined
          ? entries.withIndex("by_actor_result", (q) =>
              q.eq("orgId", orgId).eq("actor", actor).eq("result", result),
            )
          : actor !== undefined
            ? entries.withIndex("by_actor", (q) => q.eq("orgId", orgId).eq("actor", actor))
            : result !== undefined
              ? entries.withIndex("by_result", (q) => q.eq("orgId", orgId).eq("result", result))
              : entries.withIndex("by_org", (q) => q.eq("orgId", orgId))
      return await indexed.order("desc").paginate(paginationOpts)
    },
  ),
}
