import type { Store } from "../../engine/ports.ts"
import { auditStore } from "./audit.ts"
import { changeStore } from "./changes.ts"
import type { Database } from "./database.ts"
import type { Dialect } from "./dialect.ts"
import { dockStore } from "./docks.ts"
import { leaseStore } from "./leases.ts"
import { migrate } from "./migrate.ts"
import { organizationStore } from "./organizations.ts"
import { provisioningStore } from "./provisionings.ts"
import { rowStore } from "./rows.ts"
import { runStore } from "./runs.ts"

/** A store in an SQL database. What differs between databases is in `dialect`, and in how it is connected to. */
export function sqlStore(db: Database, dialect: Dialect): Store {
  return {
    migrate: () => migrate(db, dialect),
    close: () => db.close(),
    docks: dockStore(db, dialect),
    leases: leaseStore(db),
    runs: runStore(db, dialect),
    rows: rowStore(db, dialect),
    provisionings: provisioningStore(db, dialect),
    organizations: organizationStore(db, dialect),
    audit: auditStore(db, dialect),
    changes: changeStore(db, dialect),
  }
}
