import type { Kysely } from "kysely"
import type { Store } from "../../engine/ports.ts"
import { auditStore } from "./audit.ts"
import type { Dialect } from "./dialect.ts"
import { dockStore } from "./docks.ts"
import { leaseStore } from "./leases.ts"
import { migrate } from "./migrate.ts"
import { organizationStore } from "./organizations.ts"
import { provisioningStore } from "./provisionings.ts"
import { rowStore } from "./rows.ts"
import { runStore } from "./runs.ts"
import type { SqlTables } from "./tables.ts"

export interface SqlStoreOptions {
  db: Kysely<SqlTables>
  /** Its transactions read one state of the database from their first to their last query, whatever `db` writes meanwhile. */
  snapshots: Kysely<SqlTables>
  dialect: Dialect
}

/** A store in an SQL database. What differs between databases is in `dialect`, and in how it is connected to. */
export function sqlStore({ db, snapshots, dialect }: SqlStoreOptions): Store {
  return {
    migrate: () => migrate(db),
    async close() {
      await snapshots.destroy()
      await db.destroy()
    },
    docks: dockStore(db, dialect),
    leases: leaseStore(db),
    runs: runStore(db, dialect),
    rows: rowStore(db, snapshots, dialect),
    provisionings: provisioningStore(db, dialect),
    organizations: organizationStore(db, dialect),
    audit: auditStore(db, dialect),
  }
}
