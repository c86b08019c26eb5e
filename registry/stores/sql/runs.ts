import type { Kysely } from "kysely"
import type { RunStore } from "../../engine/ports.ts"
import { systemTables } from "../../schema/index.ts"
import { codecOf } from "./codec.ts"
import type { Dialect } from "./dialect.ts"
import type { SqlTables } from "./tables.ts"

export function runStore(db: Kysely<SqlTables>, dialect: Dialect): RunStore {
  const runs = codecOf(systemTables.syncRuns, dialect)
  const scopes = codecOf(systemTables.syncScopes, dialect)
  return {
    async start(run) {
      await db.transaction().execute(async (trx) => {
        await trx
          .updateTable("sync_runs")
          .set({ status: "interrupted", finished_at: run.startedAt })
          .where("org_id", "=", run.orgId)
          .where("dock_id", "=", run.dockId)
          .where("status", "=", "running")
          .execute()
        await trx.insertInto("sync_runs").values(runs.encode(run)).execute()
      })
    },
    async finish(run) {
      await db
        .updateTable("sync_runs")
        .set(runs.encode(run))
        .where("org_id", "=", run.orgId)
        .where("id", "=", run.id)
        .execute()
    },
    async latest(orgId, dockId) {
      const record = await db
        .selectFrom("sync_runs")
        .selectAll()
        .where("org_id", "=", orgId)
        .where("dock_id", "=", dockId)
        .orderBy("started_at", "desc")
        .limit(1)
        .executeTakeFirst()
      return record && runs.decode(record)
    },
    async scopes(orgId, dockId, tableName) {
      let query = db
        .selectFrom("sync_scopes")
        .selectAll()
        .where("org_id", "=", orgId)
        .where("dock_id", "=", dockId)
      if (tableName) query = query.where("table_name", "=", tableName)
      return (await query.execute()).map(scopes.decode)
    },
    async recordScope(scope) {
      const record = scopes.encode(scope)
      await db
        .insertInto("sync_scopes")
        .values(record)
        .onConflict((conflict) =>
          conflict.columns(["dock_id", "table_name", "scope"]).doUpdateSet({
            last_tried_at: record.last_tried_at,
            last_complete_at: record.last_complete_at,
            last_error: record.last_error,
          }),
        )
        .execute()
    },
  }
}
