import { paginationOptsValidator } from "convex/server"
import { v } from "convex/values"
import { StoreError, type WriteCounts } from "../../engine/ports.ts"
import { noteChange } from "./changes.ts"
import { CountChanges } from "./counts.ts"
import { findDock } from "./docks.ts"
import { type Reader, reads, writes } from "./operation.ts"
import { lastSeenAt, type RowDocument, rowByKey, type SentRow, tableOf, writeRow } from "./rows.ts"

const place = { table: v.string(), orgId: v.string(), dockId: v.string(), scope: v.string() }

/** What became of a row, in the order in which they came. */
export type Written = {
  readonly outcomes: (keyof WriteCounts)[]
  /** How many were there and did not count as live rows of the scope until now. */
  readonly joined: number
}

/** What a listing of one scope asks. */
export const scopeOperations = {
  /** When the newest row of a table came: what comes later is newer than the listing that begins now. */
  newestRow: reads({ table: v.string() }, async (db, { table }) => {
    const newest = await db.query(tableOf(table)).order("desc").first()
    return newest?._creationTime ?? 0
  }),
  compareRows: reads(
    { ...place, rows: v.array(v.any()) },
    async (db, { table, orgId, dockId, scope, rows }) => {
      const sent: SentRow[] = rows
      const outcomes: Written["outcomes"] = []
      for (const row of sent) {
        const { providerResourceId } = row
        const old = await rowByKey(db, tableOf(table), { orgId, dockId, providerResourceId })
        outcomes.push(outcomeOf(old, row, scope))
      }
      return { outcomes, joined: 0 } satisfies Written
    },
  ),
  writeRows: writes(
    { ...place, provider: v.string(), holder: v.string(), now: v.string(), rows: v.array(v.any()) },
    async (db, { table, orgId, dockId, provider, scope, holder, now, rows }) => {
      await checkLease(db, orgId, dockId, holder)
      const counted = { orgId, dockId, provider, table: tableOf(table) }
      const counts = new CountChanges()
      const sent: SentRow[] = rows
      const outcomes: Written["outcomes"] = []
      const listing = { scope, now, isKnown: await isKnownScope(db, dockId, table, scope) }
      let joined = 0
      for (const row of sent) {
        const { providerResourceId } = row
        const old = await rowByKey(db, counted.table, { orgId, dockId, providerResourceId })
        const outcome = outcomeOf(old, row, scope)
        outcomes.push(outcome)
        if (old && !isLiveIn(old, scope)) joined += 1
        if (outcome !== "unchanged") await writeRow(db, counted, listing, row, old, counts)
      }
      await counts.apply(db, counted)
      return { outcomes, joined } satisfies Written
    },
  ),
  /** Live rows that were there when the listing began. */
  pageScope: reads(
    { ...place, newest: v.number(), paginationOpts: paginationOptsValidator },
    async (db, { table, orgId, dockId, scope, newest, paginationOpts }) => {
      const { page, isDone, continueCursor } = await db
        .query(tableOf(table))
        .withIndex("by_scope", (q) => q.eq("dockId", dockId).eq("scope", scope).eq("isDeleted", false))
        .filter((q) => q.and(q.eq(q.field("orgId"), orgId), q.lte(q.field("_creationTime"), newest)))
        .paginate(paginationOpts)
      return { ids: page.map(({ providerResourceId }) => providerResourceId), isDone, continueCursor }
    },
  ),
  deleteRows: writes(
    { ...place, holder: v.string(), now: v.string(), ids: v.array(v.string()) },
    async (db, { table, orgId, dockId, scope, holder, now, ids }) => {
      await checkLease(db, orgId, dockId, holder)
      const counts = new CountChanges()
      let provider = ""
      for (const providerResourceId of ids) {
        const row = await rowByKey(db, tableOf(table), { orgId, dockId, providerResourceId })
        if (!row || !isLiveIn(row, scope)) continue
        const seen = { lastSeenAt: await lastSeenAt(db, tableOf(table), row) }
        await db.patch(tableOf(table), row._id, { ...seen, deletedAt: now, updatedAt: now, isDeleted: true })
        await noteChange(db, table, row, { kind: "removed", fields: [] }, now)
        counts.remove(row.status)
        provider = row.provider
      }
      await counts.apply(db, { orgId, dockId, provider, table })
    },
  ),
}

async function isKnownScope(db: Reader, dockId: string, table: string, name: string): Promise<boolean> {
  const scope = await db
    .query("syncScopes")
    .withIndex("by_dock", (q) => q.eq("dockId", dockId).eq("tableName", table).eq("scope", name))
    .unique()
  return scope !== null && scope.lastCompleteAt !== null
}

function outcomeOf(old: RowDocument | null, row: SentRow, scope: string): keyof WriteCounts {
  if (!old) return "inserted"
  return isLiveIn(old, scope) && old.contentHash === row.contentHash ? "unchanged" : "updated"
}

function isLiveIn(row: RowDocument, scope: string): boolean {
  return row.scope === scope && !row.isDeleted
}

async function checkLease(db: Reader, orgId: string, dockId: string, holder: string): Promise<void> {
  const dock = await findDock(db, orgId, dockId)
  if (dock?.leaseHolder !== holder)
    throw new StoreError("lease_lost", "The claim on this dock has gone to another sync.")
}
