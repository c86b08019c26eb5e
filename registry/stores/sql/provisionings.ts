import type { Kysely } from "kysely"
import { type IntentOwner, type ProvisioningStore, StoreError } from "../../engine/ports.ts"
import { systemTables } from "../../schema/index.ts"
import { codecOf } from "./codec.ts"
import type { Dialect } from "./dialect.ts"
import type { SqlTables } from "./tables.ts"

export function provisioningStore(db: Kysely<SqlTables>, dialect: Dialect): ProvisioningStore {
  const codec = codecOf(systemTables.provisionings, dialect)
  const ofOrg = (orgId: string) => db.selectFrom("provisionings").selectAll().where("org_id", "=", orgId)
  const owned = ({ orgId, id }: IntentOwner) =>
    db.updateTable("provisionings").where("org_id", "=", orgId).where("id", "=", id)

  return {
    async insert(intent) {
      await db.insertInto("provisionings").values(codec.encode(intent)).execute()
    },
    async list(orgId, { dockId, unfinished } = {}) {
      let query = ofOrg(orgId)
      if (dockId !== undefined) query = query.where("dock_id", "=", dockId)
      if (unfinished) query = query.where("state", "in", ["provisioning", "deprovisioning"])
      return (await query.orderBy("created_at", "desc").orderBy("id").execute()).map(codec.decode)
    },
    async get(orgId, key) {
      const query =
        "id" in key
          ? ofOrg(orgId).where("id", "=", key.id)
          : ofOrg(orgId).where("idempotency_key", "=", key.idempotencyKey)
      const record = await query.executeTakeFirst()
      return record && codec.decode(record)
    },
    async update(owner, changes) {
      const result = await owned(owner)
        .set(codec.encode(changes))
        .where("lease_holder", "=", owner.holder)
        .executeTakeFirst()
      if (Number(result.numUpdatedRows) === 0) throw leaseLost()
    },
    /** One statement, so that of two that come at once only one gets it. */
    async acquire(owner, { now, expiresAt }) {
      const taken = await owned(owner)
        .set({ lease_holder: owner.holder, lease_expires_at: expiresAt })
        .where((eb) =>
          eb.or([
            eb("lease_holder", "is", null),
            eb("lease_holder", "=", owner.holder),
            eb("lease_expires_at", "<=", now),
          ]),
        )
        .executeTakeFirst()
      if (Number(taken.numUpdatedRows) > 0) return { acquired: true }
      const held = await ofOrg(owner.orgId).where("id", "=", owner.id).executeTakeFirst()
      if (!held) throw new StoreError("not_found", `There is no provisioning "${owner.id}".`)
      return { acquired: false, holder: held.lease_holder ?? "", expiresAt: held.lease_expires_at ?? now }
    },
    async release(owner) {
      await owned(owner)
        .set({ lease_holder: null, lease_expires_at: null })
        .where("lease_holder", "=", owner.holder)
        .execute()
    },
  }
}

function leaseLost(): StoreError {
  return new StoreError("lease_lost", "Another process has taken over this provisioning.")
}
