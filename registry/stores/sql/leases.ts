import type { Kysely } from "kysely"
import type { LeaseStore } from "../../engine/ports.ts"
import { noDock } from "./docks.ts"
import type { SqlTables } from "./tables.ts"

export function leaseStore(db: Kysely<SqlTables>): LeaseStore {
  return {
    /** One statement, so that of two that come at once only one gets it. */
    async acquire({ orgId, dockId, holder, now, expiresAt }) {
      const taken = await db
        .updateTable("docks")
        .set({ lease_holder: holder, lease_expires_at: expiresAt })
        .where("org_id", "=", orgId)
        .where("id", "=", dockId)
        .where((eb) =>
          eb.or([
            eb("lease_holder", "is", null),
            eb("lease_holder", "=", holder),
            eb("lease_expires_at", "is", null),
            eb("lease_expires_at", "<=", now),
          ]),
        )
        .executeTakeFirst()
      if (Number(taken.numUpdatedRows) > 0) return { acquired: true }

      const dock = await db
        .selectFrom("docks")
        .select(["lease_holder", "lease_expires_at"])
        .where("org_id", "=", orgId)
        .where("id", "=", dockId)
        .executeTakeFirst()
      if (!dock) throw noDock(dockId)
      // It may have been released between the two statements; then there is nothing left to wait for.
      return { acquired: false, holder: dock.lease_holder ?? "", expiresAt: dock.lease_expires_at ?? now }
    },
    async release({ orgId, dockId, holder }) {
      await db
        .updateTable("docks")
        .set({ lease_holder: null, lease_expires_at: null })
        .where("org_id", "=", orgId)
        .where("id", "=", dockId)
        .where("lease_holder", "=", holder)
        .execute()
    },
  }
}
