import type { Kysely } from "kysely"
import type { Store } from "../../engine/ports.ts"
import type { Dialect } from "./dialect.ts"
import { dockStore } from "./docks.ts"
import { leaseStore } from "./leases.ts"
import { migrate } from "./migrate.ts"
import { rowStore } from "./rows.ts"
import { runStore } from "./runs.ts"
import type { SqlTables } from "./tables.ts"

/** A store in an SQL database. What differs between databases is in `dialect`, and in how `db` connects. */
export function sqlStore(db: Kysely<SqlTables>, dialect: Dialect): Store {
  return {
    migrate: () => migrate(db),
    close: () => db.destroy(),
    docks: dockStore(db, dialect),
    leases: leaseStore(db),
    runs: runStore(db, dialect),
    rows: rowStore(db, dialect),
  }
}
