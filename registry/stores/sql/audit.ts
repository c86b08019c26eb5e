import type { AuditStore } from "../../engine/ports.ts"
import { systemTables } from "../../schema/index.ts"
import { codecOf } from "./codec.ts"
import type { Database } from "./database.ts"
import type { Dialect } from "./dialect.ts"
import { insertInto, joined, raw, sql } from "./sql.ts"

/** Entries that a reader holds in memory. */
const PAGE = 500

export function auditStore(db: Database, dialect: Dialect): AuditStore {
  const codec = codecOf(systemTables.auditLog, dialect)
  const find = async (orgId: string, id: string) => {
    const [record] = await db.all(sql`select * from audit_log where org_id = ${orgId} and id = ${id}`)
    return record && codec.decode(record)
  }
  return {
    async append(entries) {
      if (entries.length === 0) return
      await db.transaction(async (trx) => {
        for (const entry of entries) await trx.run(insertInto("audit_log", codec.encode(entry)))
      })
    },
    async *list({ orgId, actor, result }) {
      const conditions = [sql`org_id = ${orgId}`]
      if (actor !== undefined) conditions.push(sql`actor = ${actor}`)
      if (result !== undefined) conditions.push(sql`result = ${result}`)
      // Entries never change and new ones are newer, so this meets each of them once.
      for (let after = sql``; ; ) {
        const page = await db.all(
          sql`select * from audit_log where ${joined(conditions, " and ")} ${after}
            order by at desc, id desc limit ${PAGE}`,
        )
        const entries = page.map(codec.decode)
        yield* entries
        const last = entries.at(-1)
        if (!last || entries.length < PAGE) return
        after = sql`and (at, id) < (${last.at}, ${last.id})`
      }
    },
    async page({ orgId, after, since, until, limit, actor, action, result, targetTable, targetId }) {
      const conditions = [sql`org_id = ${orgId}`]
      const exact = { actor, action, result, target_table: targetTable, target_id: targetId }
      for (const [column, value] of Object.entries(exact)) {
        if (value !== undefined) conditions.push(sql`${raw(column)} = ${value}`)
      }
      if (since !== undefined) conditions.push(sql`at >= ${since}`)
      if (until !== undefined) conditions.push(sql`at < ${until}`)
      const last = after === undefined ? undefined : await find(orgId, after)
      if (last) conditions.push(sql`(at, id) < (${last.at}, ${last.id})`)
      const records = await db.all(
        sql`select * from audit_log where ${joined(conditions, " and ")}
          order by at desc, id desc limit ${limit}`,
      )
      return records.map(codec.decode)
    },
  }
}
