import type { LeaseStore } from "../../engine/ports.ts"
import type { Database } from "./database.ts"
import { noDock } from "./docks.ts"
import { sql } from "./sql.ts"

export function leaseStore(db: Database): LeaseStore {
  return {
    /** One statement, so that of two that come at once only one gets it. */
    async acquire({ orgId, dockId, holder, now, expiresAt }) {
      const taken = await db.run(
        sql`update docks set lease_holder = ${holder}, lease_expires_at = ${expiresAt}
          where org_id = ${orgId} and id = ${dockId} and (
            lease_holder is null or lease_holder = ${holder} or lease_expires_at is null or lease_expires_at <= ${now}
          )`,
      )
      if (taken > 0) return { acquired: true }

      const [dock] = await db.all<{ lease_holder: string | null; lease_expires_at: string | null }>(
        sql`select lease_holder, lease_expires_at from docks where org_id = ${orgId} and id = ${dockId}`,
      )
      if (!dock) throw noDock(dockId)
      // It may have been released between the two statements; then there is nothing left to wait for.
      return { acquired: false, holder: dock.lease_holder ?? "", expiresAt: dock.lease_expires_at ?? now }
    },
    async release({ orgId, dockId, holder }) {
      await db.run(
        sql`update docks set lease_holder = null, lease_expires_at = null
          where org_id = ${orgId} and id = ${dockId} and lease_holder = ${holder}`,
      )
    },
  }
}
