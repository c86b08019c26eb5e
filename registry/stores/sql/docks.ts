import { type DockStore, type SealedCredential, StoreError } from "../../engine/ports.ts"
import { systemTables } from "../../schema/index.ts"
import { codecOf } from "./codec.ts"
import type { Database } from "./database.ts"
import type { Dialect } from "./dialect.ts"
import { assignments, insertInto, sql } from "./sql.ts"
import { tablesOfDock } from "./tables.ts"

export function dockStore(db: Database, dialect: Dialect): DockStore {
  const codec = codecOf(systemTables.docks, dialect)
  return {
    async insert(row) {
      await refuseTaken(row.name, () => db.run(insertInto("docks", codec.encode(row))))
    },
    async list(orgId) {
      const records = await db.all(sql`select * from docks where org_id = ${orgId} order by name`)
      return records.map(codec.decode)
    },
    async get(orgId, dockId) {
      const [record] = await db.all(sql`select * from docks where org_id = ${orgId} and id = ${dockId}`)
      return record && codec.decode(record)
    },
    async update(orgId, dockId, changes) {
      const updated = await refuseTaken(changes.name, () =>
        db.run(
          sql`update docks set ${assignments(codec.encode(changes))} where org_id = ${orgId} and id = ${dockId}`,
        ),
      )
      if (updated === 0) throw noDock(dockId)
    },
    async remove(orgId, dockId) {
      await db.transaction(async (trx) => {
        const removed = await trx.run(sql`delete from docks where org_id = ${orgId} and id = ${dockId}`)
        if (removed === 0) throw noDock(dockId)
        for (const table of tablesOfDock) await trx.run(sql`delete from ${table} where dock_id = ${dockId}`)
      })
    },
    async hasCredentials() {
      return (await db.all(sql`select id from docks where credentials is not null limit 1`)).length > 0
    },
    async sealed({ after = "", limit }) {
      return await db.all<SealedCredential>(
        sql`select org_id as "orgId", id as "dockId", credentials as envelope from docks
          where credentials is not null and id > ${after} order by id limit ${limit}`,
      )
    },
    async reseal(changes) {
      if (changes.length === 0) return 0
      return await db.transaction(async (trx) => {
        let count = 0
        for (const { sealed, envelope } of changes) {
          count += await trx.run(
            sql`update docks set credentials = ${envelope}
              where org_id = ${sealed.orgId} and id = ${sealed.dockId} and credentials = ${sealed.envelope}`,
          )
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
