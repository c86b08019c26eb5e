import { v } from "convex/values"
import { type LeaseAnswer, StoreError } from "../../engine/ports.ts"
import { systemTables } from "../../schema/index.ts"
import { heldByAnother } from "./docks.ts"
import { changesOf, rowOf } from "./documents.ts"
import { type Reader, reads, writes } from "./operation.ts"

const owner = { orgId: v.string(), id: v.string(), holder: v.string() }

/** The states of what is neither done nor failed. */
export const unfinishedStates = ["provisioning", "deprovisioning"] as const

export const provisioningOperations = {
  insertProvisioning: writes({ row: rowOf(systemTables.provisionings) }, async (db, { row }) => {
    if (await byKey(db, row.orgId, row.idempotencyKey))
      throw new StoreError("conflict", "There is a provisioning of that key already.")
    await db.insert("provisionings", row)
  }),
  listProvisionings: reads(
    {
      orgId: v.string(),
      dockId: v.optional(v.string()),
      unfinished: v.optional(v.boolean()),
      limit: v.optional(v.number()),
    },
    async (db, { orgId, dockId, unfinished, limit }) => {
      const ofOrg = () => db.query("provisionings")
      const found = unfinished
        ? await Promise.all(
            unfinishedStates.map((state) =>
              ofOrg()
                .withIndex("by_org_state", (q) => q.eq("orgId", orgId).eq("state", state))
                .collect(),
            ),
          )
        : [
            await ofOrg()
              .withIndex("by_org", (q) => q.eq("orgId", orgId))
              .collect(),
          ]
      return found
        .flat()
        .filter((intent) => dockId === undefined || intent.dockId === dockId)
        .sort((a, b) => compare(b.createdAt, a.createdAt) || compare(a.id, b.id))
        .slice(0, limit)
    },
  ),
  provisioningsOfRow: reads(
    {
      orgId: v.string(),
      dockId: v.string(),
      tableName: v.string(),
      providerResourceId: v.string(),
      limit: v.number(),
    },
    async (db, { orgId, dockId, tableName, providerResourceId, limit }) =>
      await db
        .query("provisionings")
        .withIndex("by_resource", (q) =>
          q.eq("dockId", dockId).eq("tableName", tableName).eq("providerResourceId", providerResourceId),
        )
        .order("desc")
        .filter((q) => q.eq(q.field("orgId"), orgId))
        .take(limit),
  ),
  getProvisioning: reads({ orgId: v.string(), id: v.string() }, (db, { orgId, id }) => byId(db, orgId, id)),
  getProvisioningByKey: reads(
    { orgId: v.string(), idempotencyKey: v.string() },
    (db, { orgId, idempotencyKey }) => byKey(db, orgId, idempotencyKey),
  ),
  updateProvisioning: writes(
    { ...owner, changes: changesOf(systemTables.provisionings) },
    async (db, { orgId, id, holder, changes }) => {
      const intent = await byId(db, orgId, id)
      if (intent?.leaseHolder !== holder)
        throw new StoreError("lease_lost", "Another process has taken over this provisioning.")
      await db.patch(intent._id, changes)
    },
  ),
  acquireProvisioning: writes(
    { ...owner, now: v.string(), expiresAt: v.string() },
    async (db, { orgId, id, holder, now, expiresAt }): Promise<LeaseAnswer> => {
      const intent = await byId(db, orgId, id)
      if (!intent) throw new StoreError("not_found", `There is no provisioning "${id}".`)
      const held = heldByAnother(intent, holder, now)
      if (held) return held
      await db.patch(intent._id, { leaseHolder: holder, leaseExpiresAt: expiresAt })
      return { acquired: true }
    },
  ),
  releaseProvisioning: writes(owner, async (db, { orgId, id, holder }) => {
    const intent = await byId(db, orgId, id)
    if (intent?.leaseHolder === holder)
      await db.patch(intent._id, { leaseHolder: null, leaseExpiresAt: null })
  }),
}

async function byId(db: Reader, orgId: string, id: string) {
  const intent = await db
    .query("provisionings")
    .withIndex("by_row_id", (q) => q.eq("id", id))
    .unique()
  return intent?.orgId === orgId ? intent : null
}

async function byKey(db: Reader, orgId: string, idempotencyKey: string) {
  return await db
    .query("provisionings")
    .withIndex("by_key", (q) => q.eq("orgId", orgId).eq("idempotencyKey", idempotencyKey))
    .unique()
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
