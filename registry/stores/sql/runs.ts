import type { RunStore } from "../../engine/ports.ts"
import { systemTables } from "../../schema/index.ts"
import { codecOf } from "./codec.ts"
import type { Database } from "./database.ts"
import type { Dialect } from "./dialect.ts"
import { assignments, insertInto, sql } from "./sql.ts"

export function runStore(db: Database, dialect: Dialect): RunStore {
  const runs = codecOf(systemTables.syncRuns, dialect)
  const scopes = codecOf(systemTables.syncScopes, dialect)
  return {
    async start(run) {
      await db.transaction(async (trx) => {
        await trx.run(
          sql`update sync_runs set status = 'interrupted', finished_at = ${run.startedAt}
            where org_id = ${run.orgId} and dock_id = ${run.dockId} and status = 'running'`,
        )
        await trx.run(insertInto("sync_runs", runs.encode(run)))
      })
    },
    async finish(run) {
      await db.run(
        sql`update sync_runs set ${assignments(runs.encode(run))} where org_id = ${run.orgId} and id = ${run.id}`,
      )
    },
    async latest(orgId, dockId) {
      const [record] = await db.all(
        sql`select * from sync_runs where org_id = ${orgId} and dock_id = ${dockId}
          order by started_at desc limit 1`,
      )
      return record && runs.decode(record)
    },
    async list({ orgId, dockId, limit }) {
      const ofDock = dockId === undefined ? sql`` : sql`and dock_id = ${dockId}`
      const records = await db.all(
        sql`select * from sync_runs where org_id = ${orgId} ${ofDock}
          order by started_at desc, id desc limit ${limit}`,
      )
      return records.map(runs.decode)
    },
    async scopes(orgId, dockId, tableName) {
      const ofTable = tableName ? sql`and table_name = ${tableName}` : sql``
      const records = await db.all(
        sql`select * from sync_scopes where org_id = ${orgId} and dock_id = ${dockId} ${ofTable}`,
      )
      return records.map(scopes.decode)
    },
    async recordScope(scope) {
      await db.run(
        sql`${insertInto("sync_scopes", scopes.encode(scope))} on conflict (dock_id, table_name, scope)
          do update set last_tried_at = excluded.last_tried_at, last_complete_at = excluded.last_complete_at,
            last_error = excluded.last_error`,
      )
    },
  }
}
