import type { Kysely } from "kysely"
import type { AuditStore } from "../../engine/ports.ts"
import { systemTables } from "../../schema/index.ts"
import { codecOf } from "./codec.ts"
import type { Dialect } from "./dialect.ts"
import type { SqlTables } from "./tables.ts"

/** Entries that a reader holds in memory. */
const PAGE = 500

export function auditStore(db: Kysely<SqlTables>, dialect: Dialect): AuditStore {
  const codec = codecOf(systemTables.auditLog, dialect)
  return {
    async append(entries) {
      if (entries.length > 0) await db.insertInto("audit_log").values(entries.map(codec.encode)).execute()
    },
    async *list({ orgId, actor, result }) {
      let query = db.selectFrom("audit_log").selectAll().where("org_id", "=", orgId)
      if (actor !== undefined) query = query.where("actor", "=", actor)
      if (result !== undefined) query = query.where("result", "=", result)
      const ordered = query.orderBy("at", "desc").orderBy("id", "desc").limit(PAGE)
      let page = await ordered.execute()
      for (;;) {
        for (const record of page) yield codec.decode(record)
        const last = page.at(-1)
        if (!last || page.length < PAGE) return
        // Entries never change and new ones are newer, so this meets each of them once.
        page = await ordered
          .where((eb) => eb(eb.refTuple("at", "id"), "<", eb.tuple(last.at, last.id)))
          .execute()
      }
    },
  }
}
