import {
  type ListedRow,
  type OpenScope,
  type ScopeWriter,
  StoreError,
  type WriteCounts,
} from "../../engine/ports.ts"
import { ChangeNotes } from "./changes.ts"
import type { Connection, Database } from "./database.ts"
import type { Dialect } from "./dialect.ts"
import { lastCompleteAt, lastSeen } from "./last-seen.ts"
import { SeenRows } from "./seen.ts"
import { raw, sql } from "./sql.ts"
import { tableOf } from "./tables.ts"
import type { Upsert } from "./upsert.ts"

/** Rows looked at in one query of the walk over what is missing. */
const WALK = 5000

/**
 * Writes one listing of one scope. Which rows it has seen is kept as bits by the rows' ids. Rows that came while the listing
 * ran have higher ids than any at its opening; they are never missing.
 */
export async function openScope(
  db: Database,
  dialect: Dialect,
  open: OpenScope,
  upsert: Upsert,
): Promise<ScopeWriter> {
  const { orgId, dockId, scope, dryRun } = open
  const table = tableOf(open.table)
  const seen = new SeenRows()

  const isLive = sql`dock_id = ${dockId} and scope = ${scope} and deleted_at is null`
  const [live] = await db.all<{ count: number | string }>(
    sql`select count(*) as count from ${table} where ${isLive}`,
  )
  const before = Number(live?.count)
  const [newest] = await db.all<{ id: number | string | null }>(sql`select max(id) as id from ${table}`)
  const newestAtOpening = Number(newest?.id)
  /** Whether it was ever listed whole: before that, everything is new, and no change. */
  const isKnown = (await lastCompleteAt(db, open)) !== null

  /** Sorts out what is new or changed, and counts each row the first time it is listed. */
  const compare = async (trx: Connection, rows: readonly ListedRow[]) => {
    const listed = new Map(rows.map((row) => [row.providerResourceId, row]))
    // No hash for a row that must be written whatever its content: it is deleted, or belongs to another scope.
    const records = await trx.all<{ id: number | string; key: string; hash: string | null }>(
      sql`select id, provider_resource_id as key,
          case when scope = ${scope} and deleted_at is null then content_hash end as hash
        from ${table}
        where dock_id = ${dockId} and ${dialect.isAmong(raw("provider_resource_id"), [...listed.keys()])}`,
    )
    const stored = new Map(records.map((record) => [record.key, record]))

    const counts: WriteCounts = { inserted: 0, updated: 0, unchanged: 0 }
    const added: ListedRow[] = []
    const changed: ListedRow[] = []
    for (const [providerResourceId, row] of listed) {
      const old = stored.get(providerResourceId)
      if (!old) {
        counts.inserted += 1
        added.push(row)
        continue
      }
      const same = old.hash === row.contentHash
      if (!same) changed.push(row)
      const id = Number(old.id)
      if (id <= newestAtOpening && !seen.has(id)) counts[same ? "unchanged" : "updated"] += 1
      seen.add(id)
    }
    return { counts, added, changed }
  }

  const checkLease = async (trx: Connection) => {
    const held = await trx.all(
      sql`select id from docks where org_id = ${orgId} and id = ${dockId} and lease_holder = ${open.leaseHolder}`,
    )
    if (held.length === 0) throw new StoreError("lease_lost", "Another sync has taken over this dock.")
  }

  async function* missingIds(): AsyncGenerator<number[]> {
    for (let after = 0; ; ) {
      const records = await db.all<{ id: number | string }>(
        sql`select id from ${table} where ${isLive} and id > ${after} and id <= ${newestAtOpening}
          order by id limit ${WALK}`,
      )
      const ids = records.map((record) => Number(record.id))
      yield ids.filter((id) => !seen.has(id))
      const last = ids.at(-1)
      if (last === undefined || ids.length < WALK) return
      after = last
    }
  }

  const countMissing = async () => {
    let missing = 0
    for await (const ids of missingIds()) missing += ids.length
    return missing
  }

  return {
    async write(rows, now) {
      if (dryRun) return (await compare(db, rows)).counts
      return await db.transaction(async (trx) => {
        await checkLease(trx)
        const { counts, added, changed } = await compare(trx, rows)
        const notes = new ChangeNotes(dialect, open)
        await notes.compare(trx, changed)
        if (isKnown) notes.add(added)
        await upsert(trx, [...added, ...changed], { ...open, now })
        await notes.record(trx, now)
        return counts
      })
    },
    async missing() {
      return { missing: await countMissing(), before }
    },
    async deleteMissing(now) {
      if (dryRun) return await countMissing()
      const completeAt = sql`${await lastCompleteAt(db, open)}`
      let deleted = 0
      for await (const ids of missingIds()) {
        if (ids.length === 0) continue
        await db.transaction(async (trx) => {
          await checkLease(trx)
          await trx.run(
            sql`update ${table} set deleted_at = ${now}, updated_at = ${now},
                last_seen_at = ${lastSeen(raw("last_seen_at"), completeAt)}
              where ${dialect.isAmong(raw("id"), ids)}`,
          )
          const notes = new ChangeNotes(dialect, open)
          await notes.remove(trx, ids)
          await notes.record(trx, now)
        })
        deleted += ids.length
      }
      return deleted
    },
  }
}
