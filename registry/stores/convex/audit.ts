import { type DocumentByName, paginationOptsValidator } from "convex/server"
import { type ObjectType, v } from "convex/values"
import { systemTables } from "../../schema/index.ts"
import { rowOf } from "./documents.ts"
import { type Reader, reads, writes } from "./operation.ts"
import type { StoreModel } from "./tables.ts"

const exactly = {
  orgId: v.string(),
  actor: v.optional(v.string()),
  action: v.optional(v.string()),
  result: v.optional(v.union(v.literal("succeeded"), v.literal("failed"), v.literal("denied"))),
  targetTable: v.optional(v.string()),
  targetId: v.optional(v.string()),
}
const within = { since: v.optional(v.string()), until: v.optional(v.string()) }

type Filter = ObjectType<typeof exactly & typeof within>

export const auditOperations = {
  appendAudit: writes({ entries: v.array(rowOf(systemTables.auditLog)) }, async (db, { entries }) => {
    for (const entry of entries) await db.insert("auditLog", entry)
  }),
  /** The newest first. */
  pageAudit: reads(
    { ...exactly, ...within, paginationOpts: paginationOptsValidator },
    async (db, { paginationOpts, ...filter }) => await newest(db, filter).paginate(paginationOpts),
  ),
  /** The newest first, from the entry after `after` on. */
  auditAfter: reads(
    { ...exactly, ...within, after: v.optional(v.string()), limit: v.number() },
    async (db, { after, limit, ...filter }) => {
      const last = after === undefined ? null : await entryById(db, filter.orgId, after)
      const found: DocumentByName<StoreModel, "auditLog">[] = []
      let isAfter = last === null
      for await (const entry of newest(db, filter, last?.at)) {
        if (found.length === limit) break
        if (isAfter) found.push(entry)
        // Entries of one instant follow each other as they were written.
        isAfter ||= entry._id === last?._id
      }
      return found
    },
  ),
}

/** By the index that says most. What it leaves open is looked for entry by entry. */
function newest(db: Reader, { since = "", until, ...exact }: Filter, atMost?: string) {
  const { orgId, actor, action, result, targetTable, targetId } = exact
  const entries = db.query("auditLog")
  const indexed =
    targetTable !== undefined && targetId !== undefined
      ? entries.withIndex("by_target", (q) =>
          q.eq("orgId", orgId).eq("targetTable", targetTable).eq("targetId", targetId).gte("at", since),
        )
      : actor !== undefined && result !== undefined
        ? entries.withIndex("by_actor_result", (q) =>
            q.eq("orgId", orgId).eq("actor", actor).eq("result", result).gte("at", since),
          )
        : actor !== undefined
          ? entries.withIndex("by_actor", (q) => q.eq("orgId", orgId).eq("actor", actor).gte("at", since))
          : result !== undefined
            ? entries.withIndex("by_result", (q) =>
                q.eq("orgId", orgId).eq("result", result).gte("at", since),
              )
            : entries.withIndex("by_org", (q) => q.eq("orgId", orgId).gte("at", since))
  return indexed
    .order("desc")
    .filter((q) =>
      q.and(
        until === undefined || q.lt(q.field("at"), until),
        atMost === undefined || q.lte(q.field("at"), atMost),
        action === undefined || q.eq(q.field("action"), action),
        actor === undefined || q.eq(q.field("actor"), actor),
        result === undefined || q.eq(q.field("result"), result),
        targetTable === undefined || q.eq(q.field("targetTable"), targetTable),
        targetId === undefined || q.eq(q.field("targetId"), targetId),
      ),
    )
}

async function entryById(db: Reader, orgId: string, id: string) {
  const entry = await db
    .query("auditLog")
    .withIndex("by_row_id", (q) => q.eq("id", id))
    .unique()
  return entry?.orgId === orgId ? entry : null
}
