import { type Kysely, sql } from "kysely"
import {
  type ListedRow,
  type OpenScope,
  type ScopeWriter,
  StoreError,
  type WriteCounts,
} from "../../engine/ports.ts"
import type { Dialect } from "./dialect.ts"
import { lastCompleteAt, lastSeen } from "./last-seen.ts"
import { SeenRows } from "./seen.ts"
import { type SqlTables, sqlName } from "./tables.ts"
import type { Upsert, UpsertRow } from "./upsert.ts"

/** Rows looked at in one query of the walk over what is missing. */
const WALK = 5000

/**
 * Writes one listing of one scope. Which rows it has seen is kept as bits by the rows' ids. Rows that came while the listing
 * ran have higher ids than any at its opening; they are never missing.
 */
export async function openScope(
  db: Kysely<SqlTables>,
  dialect: Dialect,
  open: OpenScope,
  upsert: Upsert,
): Promise<ScopeWriter> {
  const { orgId, dockId, provider, scope, dryRun } = open
  const table = sqlName(open.table)
  const seen = new SeenRows()

  const live = () =>
    db
      .selectFrom(table)
      .where("dock_id", "=", dockId)
      .where("scope", "=", scope)
      .where("deleted_at", "is", null)
  const count = sql<number | string>`count(*)`.as("count")
  const { count: before } = await live().select(count).executeTakeFirstOrThrow()
  const { newest } = await db
    .selectFrom(table)
    .select((eb) => eb.fn.max("id").as("newest"))
    .executeTakeFirstOrThrow()
  const newestAtOpening = Number(newest ?? 0)

  /** Sorts out what is new or changed, and counts each row the first time it is listed. */
  const compare = async (trx: Kysely<SqlTables>, rows: readonly ListedRow[]) => {
    const listed = new Map(rows.map((row) => [row.providerResourceId, row]))
    const records = await trx
      .selectFrom(table)
      .select(["id", "provider_resource_id"])
      // No hash for a row that must be written whatever its content: it is deleted, or belongs to another scope.
      .select((eb) =>
        eb
          .case()
          .when(eb.and([eb("scope", "=", scope), eb("deleted_at", "is", null)]))
          .then(eb.ref("content_hash"))
          .end()
          .as("hash"),
      )
      .where("dock_id", "=", dockId)
      .where((eb) => dialect.isAmong(eb.ref("provider_resource_id"), [...listed.keys()]))
      .execute()
    const stored = new Map(records.map((record) => [record.provider_resource_id, record]))

    const counts: WriteCounts = { inserted: 0, updated: 0, unchanged: 0 }
    const changed: ListedRow[] = []
    for (const [providerResourceId, row] of listed) {
      const old = stored.get(providerResourceId)
      if (!old) {
        counts.inserted += 1
        changed.push(row)
        continue
      }
      const same = old.hash === row.contentHash
      if (!same) changed.push(row)
      const id = Number(old.id)
      if (id <= newestAtOpening && !seen.has(id)) counts[same ? "unchanged" : "updated"] += 1
      seen.add(id)
    }
    return { counts, changed }
  }

  const checkLease = async (trx: Kysely<SqlTables>) => {
    const held = await trx
      .selectFrom("docks")
      .select("id")
      .where("org_id", "=", orgId)
      .where("id", "=", dockId)
      .where("lease_holder", "=", open.leaseHolder)
      .executeTakeFirst()
    if (!held) throw new StoreError("lease_lost", "Another sync has taken over this dock.")
  }

  async function* missingIds(): AsyncGenerator<number[]> {
    for (let after = 0; ; ) {
      const records = await live()
        .select("id")
        .where("id", ">", after)
        .where("id", "<=", newestAtOpening)
        .orderBy("id")
        .limit(WALK)
        .execute()
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
      return await db.transaction().execute(async (trx) => {
        await checkLease(trx)
        const { counts, changed } = await compare(trx, rows)
        const fresh = { orgId, dockId, provider, scope, ...NEW_ROW }
        const times = { createdAt: now, updatedAt: now, lastSeenAt: now }
        await upsert(
          trx,
          changed.map((row) => ({ ...row, ...fresh, ...times })),
        )
        return counts
      })
    },
    async missing() {
      return { missing: await countMissing(), before: Number(before) }
    },
    async deleteMissing(now) {
      if (dryRun) return await countMissing()
      const completeAt = await lastCompleteAt(db, open)
      let deleted = 0
      for await (const ids of missingIds()) {
        if (ids.length === 0) continue
        await db.transaction().execute(async (trx) => {
          await checkLease(trx)
          await trx
            .updateTable(table)
            .set((eb) => ({
              deleted_at: now,
              updated_at: now,
              last_seen_at: lastSeen(eb.ref("last_seen_at"), eb.val(completeAt)),
            }))
            .where((eb) => dialect.isAmong(eb.ref("id"), ids))
            .execute()
        })
        deleted += ids.length
      }
      return deleted
    },
  }
}

export const NEW_ROW = {
  deletedAt: null,
  provisioningSource: "manual",
  provisioningState: null,
  provisionedAt: null,
} as const satisfies Partial<UpsertRow>
