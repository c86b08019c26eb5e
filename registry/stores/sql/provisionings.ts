import { type IntentOwner, type ProvisioningStore, StoreError } from "../../engine/ports.ts"
import { systemTables } from "../../schema/index.ts"
import { codecOf } from "./codec.ts"
import type { Database } from "./database.ts"
import type { Dialect } from "./dialect.ts"
import { assignments, insertInto, joined, sql } from "./sql.ts"

export function provisioningStore(db: Database, dialect: Dialect): ProvisioningStore {
  const codec = codecOf(systemTables.provisionings, dialect)
  const is = ({ orgId, id }: IntentOwner) => sql`org_id = ${orgId} and id = ${id}`

  return {
    async insert(intent) {
      await db.run(insertInto("provisionings", codec.encode(intent)))
    },
    async list(orgId, { dockId, unfinished, limit } = {}) {
      const conditions = [sql`org_id = ${orgId}`]
      if (dockId !== undefined) conditions.push(sql`dock_id = ${dockId}`)
      if (unfinished) conditions.push(sql`state in ('provisioning', 'deprovisioning')`)
      const atMost = limit === undefined ? sql`` : sql`limit ${limit}`
      const records = await db.all(
        sql`select * from provisionings where ${joined(conditions, " and ")}
          order by created_at desc, id ${atMost}`,
      )
      return records.map(codec.decode)
    },
    async ofRow(table, { orgId, dockId, providerResourceId }, limit) {
      const records = await db.all(
        sql`select * from provisionings where org_id = ${orgId} and dock_id = ${dockId}
            and table_name = ${table} and provider_resource_id = ${providerResourceId}
          order by created_at desc, id limit ${limit}`,
      )
      return records.map(codec.decode)
    },
    async get(orgId, key) {
      const isWanted = "id" in key ? sql`id = ${key.id}` : sql`idempotency_key = ${key.idempotencyKey}`
      const [record] = await db.all(sql`select * from provisionings where org_id = ${orgId} and ${isWanted}`)
      return record && codec.decode(record)
    },
    async update(owner, changes) {
      const updated = await db.run(
        sql`update provisionings set ${assignments(codec.encode(changes))}
          where ${is(owner)} and lease_holder = ${owner.holder}`,
      )
      if (updated === 0) throw leaseLost()
    },
    /** One statement, so that of two that come at once only one gets it. */
    async acquire(owner, { now, expiresAt }) {
      const taken = await db.run(
        sql`update provisionings set lease_holder = ${owner.holder}, lease_expires_at = ${expiresAt}
          where ${is(owner)} and (lease_holder is null or lease_holder = ${owner.holder} or lease_expires_at <= ${now})`,
      )
      if (taken > 0) return { acquired: true }
      const [held] = await db.all<{ lease_holder: string | null; lease_expires_at: string | null }>(
        sql`select lease_holder, lease_expires_at from provisionings where ${is(owner)}`,
      )
      if (!held) throw new StoreError("not_found", `There is no provisioning "${owner.id}".`)
      return { acquired: false, holder: held.lease_holder ?? "", expiresAt: held.lease_expires_at ?? now }
    },
    async release(owner) {
      await db.run(
        sql`update provisionings set lease_holder = null, lease_expires_at = null
          where ${is(owner)} and lease_holder = ${owner.holder}`,
      )
    },
  }
}

function leaseLost(): StoreError {
  return new StoreError("lease_lost", "Another process has taken over this provisioning.")
}
