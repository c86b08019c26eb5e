import { v } from "convex/values"
import { type LeaseAnswer, StoreError } from "../../engine/ports.ts"
import { type ResourceTableName, resourceTables, systemTables } from "../../schema/index.ts"
import { CountChanges } from "./counts.ts"
import { changesOf, rowOf } from "./documents.ts"
import { type Reader, reads, type Writer, writes } from "./operation.ts"
import { scheduleSync } from "./schedules.ts"

const ofDock = { orgId: v.string(), dockId: v.string() }

export const dockOperations = {
  insertDock: writes({ row: rowOf(systemTables.docks) }, async (db, { row }) => {
    if (await dockById(db, row.id)) throw new StoreError("conflict", `There is a dock "${row.id}" already.`)
    await refuseTaken(db, row)
    await db.insert("docks", { ...row, isSealed: row.credentials !== null })
    if (row.credentials !== null) await scheduleSync(db, row, row.createdAt)
  }),
  listDocks: reads({ orgId: v.string() }, (db, { orgId }) =>
    db
      .query("docks")
      .withIndex("by_org_name", (q) => q.eq("orgId", orgId))
      .collect(),
  ),
  getDock: reads(ofDock, (db, { orgId, dockId }) => findDock(db, orgId, dockId)),
  updateDock: writes(
    { ...ofDock, changes: changesOf(systemTables.docks) },
    async (db, { orgId, dockId, changes }) => {
      const dock = await mustFindDock(db, orgId, dockId)
      const { _id, _creationTime, ...row } = { ...dock, ...changes }
      await refuseTaken(db, row)
      await db.replace(_id, { ...row, isSealed: row.credentials !== null })
      if (dock.credentials === null && row.credentials !== null) await scheduleSync(db, row, row.updatedAt)
    },
  ),
  /** A transaction can only remove so much: it is asked again until the dock itself, the last of all, is gone. */
  removeDock: writes(ofDock, async (db, { orgId, dockId }) => {
    const dock = await mustFindDock(db, orgId, dockId)
    const isLeft = await clearDock(db, dock)
    if (!isLeft) await db.delete(dock._id)
    return { isDone: !isLeft }
  }),
  hasCredentials: reads(
    {},
    async (db) =>
      (await db
        .query("docks")
        .withIndex("by_sealed", (q) => q.eq("isSealed", true))
        .first()) !== null,
  ),
  listSealed: reads({ after: v.string(), limit: v.number() }, async (db, { after, limit }) => {
    const docks = await db
      .query("docks")
      .withIndex("by_sealed", (q) => q.eq("isSealed", true).gt("id", after))
      .take(limit)
    return docks.map(({ orgId, id, credentials }) => ({ orgId, dockId: id, envelope: credentials ?? "" }))
  }),
  resealDocks: writes(
    { changes: v.array(v.object({ ...ofDock, before: v.string(), envelope: v.string() })) },
    async (db, { changes }) => {
      let count = 0
      for (const { orgId, dockId, before, envelope } of changes) {
        const dock = await findDock(db, orgId, dockId)
        if (dock?.credentials !== before) continue
        await db.patch(dock._id, { credentials: envelope })
        count += 1
      }
      return count
    },
  ),
  acquireLease: writes(
    { ...ofDock, holder: v.string(), now: v.string(), expiresAt: v.string() },
    async (db, { orgId, dockId, holder, now, expiresAt }): Promise<LeaseAnswer> => {
      const dock = await mustFindDock(db, orgId, dockId)
      const held = heldByAnother(dock, holder, now)
      if (held) return held
      await db.patch(dock._id, { leaseHolder: holder, leaseExpiresAt: expiresAt })
      return { acquired: true }
    },
  ),
  releaseLease: writes({ ...ofDock, holder: v.string() }, async (db, { orgId, dockId, holder }) => {
    const dock = await findDock(db, orgId, dockId)
    if (dock?.leaseHolder === holder) await db.patch(dock._id, { leaseHolder: null, leaseExpiresAt: null })
  }),
}

export async function findDock(db: Reader, orgId: string, dockId: string) {
  const dock = await dockById(db, dockId)
  return dock?.orgId === orgId ? dock : null
}

export async function mustFindDock(db: Reader, orgId: string, dockId: string) {
  const dock = await findDock(db, orgId, dockId)
  if (dock) return dock
  throw new StoreError("not_found", `There is no dock "${dockId}".`)
}

/** Whoever has a lease that has not ended, unless it is `holder`. */
export function heldByAnother(
  { leaseHolder, leaseExpiresAt }: { leaseHolder: string | null; leaseExpiresAt: string | null },
  holder: string,
  now: string,
): LeaseAnswer | undefined {
  if (leaseHolder === null || leaseHolder === holder) return undefined
  if (leaseExpiresAt === null || leaseExpiresAt <= now) return undefined
  return { acquired: false, holder: leaseHolder, expiresAt: leaseExpiresAt }
}

async function dockById(db: Reader, id: string) {
  return await db
    .query("docks")
    .withIndex("by_row_id", (q) => q.eq("id", id))
    .unique()
}

async function refuseTaken(db: Reader, { id, orgId, name }: { id: string; orgId: string; name: string }) {
  const other = await db
    .query("docks")
    .withIndex("by_org_name", (q) => q.eq("orgId", orgId).eq("name", name))
    .unique()
  if (other && other.id !== id) throw new StoreError("conflict", `There is a dock named "${name}" already.`)
}

/** Documents that one transaction removes. The largest may have 64 KiB, and 16 MiB can be read. */
const AT_ONCE = 200

const tablesBesideRows = [
  "resourceData",
  "resourceCounts",
  "syncSchedules",
  "syncRuns",
  "syncScopes",
  "provisionings",
  "resourceChanges",
] as const

/** Removes what the dock has. Gives whether anything may be left: then the counts are those of what is left. */
async function clearDock(
  db: Writer,
  { orgId, id: dockId, provider }: { orgId: string; id: string; provider: string },
): Promise<boolean> {
  let left = AT_ONCE
  for (const table of Object.keys(resourceTables) as ResourceTableName[]) {
    const rows = await db
      .query(table)
      .withIndex("by_dock", (q) => q.eq("dockId", dockId))
      .take(left)
    const counts = new CountChanges()
    for (const { _id, isDeleted, status } of rows) {
      await db.delete(table, _id)
      if (!isDeleted) counts.remove(status)
    }
    await counts.apply(db, { orgId, dockId, provider, table })
    left -= rows.length
    if (left === 0) return true
  }
  for (const table of tablesBesideRows) {
    const documents = await db
      .query(table)
      .withIndex("by_dock", (q) => q.eq("dockId", dockId))
      .take(left)
    for (const { _id } of documents) await db.delete(_id)
    left -= documents.length
    if (left === 0) return true
  }
  return false
}
