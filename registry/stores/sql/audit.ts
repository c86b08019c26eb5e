import type { AuditStore } from "../../engine/ports.ts"
import { systemTables } from "../../schema/index.ts"
import { codecOf } from "./codec.ts"
import type { Database } from "./database.ts"
import type { Dialect } from "./dialect.ts"
import { insertInto, joined, sql } from "./sql.ts"

/** Entries that a reader holds in memory. */
const PAGE = 500

export function auditStore(db: Database, dialect: Dialect): AuditStore {
  const codec = codecOf(systemTables.auditLog, dialect)
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
  }
}
