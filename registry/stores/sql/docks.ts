import type { Kysely } from "kysely"
import { type DockStore, StoreError } from "../../engine/ports.ts"
import { systemTables } from "../../schema/index.ts"
import { codecOf } from "./codec.ts"
import type { Dialect } from "./dialect.ts"
import { type SqlTables, sqlResourceNames } from "./tables.ts"

export function dockStore(db: Kysely<SqlTables>, dialect: Dialect): DockStore {
  const codec = codecOf(systemTables.docks, dialect)
  const ofOrg = (orgId: string) => db.selectFrom("docks").selectAll().where("org_id", "=", orgId)
  return {
    async insert(row) {
      await refuseTaken(row.name, () => db.insertInto("docks").values(codec.encode(row)).execute())
    },
    async list(orgId) {
      return (await ofOrg(orgId).orderBy("name").execute()).map(codec.decode)
    },
    async get(orgId, dockId) {
      const record = await ofOrg(orgId).where("id", "=", dockId).executeTakeFirst()
      return record && codec.decode(record)
    },
    async update(orgId, dockId, changes) {
      const result = await refuseTaken(changes.name, () =>
        db
          .updateTable("docks")
          .set(codec.encode(changes))
          .where("org_id", "=", orgId)
          .where("id", "=", dockId)
          .executeTakeFirst(),
      )
      if (Number(result.numUpdatedRows) === 0) throw noDock(dockId)
    },
    async remove(orgId, dockId) {
      await db.transaction().execute(async (trx) => {
        const removed = await trx
          .deleteFrom("docks")
          .where("org_id", "=", orgId)
          .where("id", "=", dockId)
          .executeTakeFirst()
        if (Number(removed.numDeletedRows) === 0) throw noDock(dockId)
        for (const table of ["sync_runs", "sync_scopes", "provisionings", ...sqlResourceNames] as const) {
          await trx.deleteFrom(table).where("dock_id", "=", dockId).execute()
        }
      })
    },
    async hasCredentials() {
      const sealed = await db
        .selectFrom("docks")
        .select("id")
        .where("credentials", "is not", null)
        .limit(1)
        .executeTakeFirst()
      return sealed !== undefined
    },
    async sealed({ after = "", limit }) {
      const records = await db
        .selectFrom("docks")
        .select(["org_id", "id", "credentials"])
        .where("credentials", "is not", null)
        .where("id", ">", after)
        .orderBy("id")
        .limit(limit)
        .execute()
      return records.map(({ org_id, id, credentials }) => ({
        orgId: org_id,
        dockId: id,
        envelope: credentials ?? "",
      }))
    },
    async reseal(changes) {
      if (changes.length === 0) return 0
      return await db.transaction().execute(async (trx) => {
        let count = 0
        for (const { sealed, envelope } of changes) {
          const result = await trx
            .updateTable("docks")
            .set({ credentials: envelope })
            .where("org_id", "=", sealed.orgId)
            .where("id", "=", sealed.dockId)
            .where("credentials", "=", sealed.envelope)
            .executeTakeFirst()
          count += Number(result.numUpdatedRows)
        }
        return count
      })
    },
  }
}

export function noDock(dockId: string): StoreError {
  return new StoreError("not_found", `There is no dock "${dockId}".`)
}

async function refuseTaken<Result>(name: string | undefined, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== "conflict") throw error
    throw new StoreError("conflict", `There is a dock named "${name}" already.`)
  }
}
