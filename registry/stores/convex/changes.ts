import { type ObjectType, v } from "convex/values"
import { changeOf } from "../../engine/row-changes.ts"
import type { ResourceTableName } from "../../schema/index.ts"
import type { ChangeRow } from "../../schema/resource-changes.ts"
import type { Counted } from "./counts.ts"
import { encode } from "./documents.ts"
import { type Reader, reads, type Writer, writes } from "./operation.ts"
import type { RowDocument, SentRow } from "./rows.ts"

/** Changes that are read to count them. More of them are counted as so many. */
const MOST = 5000

const filter = {
  orgId: v.string(),
  tables: v.optional(v.array(v.string())),
  resourceId: v.optional(v.string()),
  since: v.optional(v.string()),
}

export const changeOperations = {
  /** The newest first. */
  listChanges: reads(
    { ...filter, limit: v.number() },
    async (db, { limit, ...filter }) => await newest(db, filter).take(limit),
  ),
  countChanges: reads(filter, async (db, filter) => {
    const totals: Record<ChangeRow["kind"], number> = { added: 0, changed: 0, removed: 0, returned: 0 }
    for (const { kind } of await newest(db, filter).take(MOST)) totals[kind] += 1
    return totals
  }),
  pruneChanges: writes(
    { orgId: v.string(), dockId: v.string(), before: v.string(), limit: v.number() },
    async (db, { orgId, dockId, before, limit }) => {
      const old = await db
        .query("resourceChanges")
        .withIndex("by_dock", (q) => q.eq("dockId", dockId).lt("at", before))
        .filter((q) => q.eq(q.field("orgId"), orgId))
        .take(limit)
      for (const { _id } of old) await db.delete(_id)
      return old.length
    },
  ),
}

/** What writing a row makes different. `old` is as it was, and `row` as it is now. */
export async function noteWrite(
  db: Writer,
  counted: Counted & { table: ResourceTableName },
  { old, row, isKnown }: { old: RowDocument | null; row: RowDocument; isKnown: boolean },
  sent: Omit<SentRow, "fullApiData">,
  now: string,
): Promise<void> {
  const change = changeOf(counted.table, old ?? undefined, sent)
  // The first complete listing of a scope finds everything new, which is no change.
  if (!change || (change.kind === "added" && !isKnown)) return
  await noteChange(db, counted.table, row, change, now)
}

export async function noteChange(
  db: Writer,
  tableName: string,
  { id: resourceId, orgId, dockId, provider, name }: RowDocument,
  change: Pick<ChangeRow, "kind" | "fields">,
  at: string,
): Promise<void> {
  const id = `change_${1 + Math.floor(Math.random() * (Number.MAX_SAFE_INTEGER - 1))}`
  const row: ChangeRow = { id, orgId, dockId, provider, tableName, resourceId, name, ...change, at }
  await db.insert("resourceChanges", encode(row))
}

function newest(db: Reader, { orgId, tables, resourceId, since = "" }: ObjectType<typeof filter>) {
  const changes = db.query("resourceChanges")
  const indexed =
    resourceId === undefined
      ? changes.withIndex("by_org", (q) => q.eq("orgId", orgId).gte("at", since))
      : changes.withIndex("by_resource", (q) =>
          q.eq("orgId", orgId).eq("resourceId", resourceId).gte("at", since),
        )
  const ordered = indexed.order("desc")
  if (!tables) return ordered
  return ordered.filter((q) => q.or(...tables.map((table) => q.eq(q.field("tableName"), table))))
}
