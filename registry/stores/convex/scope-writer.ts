import type { ListedRow, OpenScope, ScopeWriter, WriteCounts } from "../../engine/ports.ts"
import type { Call } from "./call.ts"
import { sendable } from "./documents.ts"

/** Rows of one mutation: each may have 64 KiB, is read before it is written, and 16 MiB can be read. */
const WRITE = 200
/** Rows of one query of the walk over what is missing. */
const WALK = 500

/**
 * Writes one listing of one scope. Which rows it has seen is remembered here, in the memory of the action: one listing has
 * to end in the action that began it.
 */
export async function openScope(call: Call, open: OpenScope): Promise<ScopeWriter> {
  const { orgId, dockId, provider, table, scope, leaseHolder: holder, dryRun } = open
  const place = { table, orgId, dockId, scope }
  const seen = new Set<string>()
  const newest = await call("newestRow", { table })
  /** Rows that were no live rows of the scope when the listing began, and are now. */
  let joined = 0

  const write = async (rows: readonly ListedRow[], now: string) => {
    const sent = rows.map((row) => sendable(table, row))
    if (dryRun) return await call("compareRows", { ...place, rows: sent })
    return await call("writeRows", { ...place, provider, holder, now, rows: sent })
  }

  async function* live(): AsyncGenerator<string[]> {
    for (let cursor: string | null = null; ; ) {
      const page: { ids: string[]; isDone: boolean; continueCursor: string } = await call("pageScope", {
        ...place,
        newest,
        paginationOpts: { cursor, numItems: WALK },
      })
      yield page.ids
      if (page.isDone) return
      cursor = page.continueCursor
    }
  }
  const isMissing = (id: string) => !seen.has(id)

  return {
    async write(rows, now) {
      const listed = [...new Map(rows.map((row) => [row.providerResourceId, row])).values()]
      const counts: WriteCounts = { inserted: 0, updated: 0, unchanged: 0 }
      for (const batch of batches(listed, WRITE)) {
        const written = await write(batch, now)
        joined += written.joined
        for (const [index, { providerResourceId }] of batch.entries()) {
          const outcome = written.outcomes[index]
          if (outcome && isMissing(providerResourceId)) counts[outcome] += 1
          seen.add(providerResourceId)
        }
      }
      return counts
    },
    async missing() {
      let missing = 0
      let there = 0
      for await (const ids of live()) {
        there += ids.length
        missing += ids.filter(isMissing).length
      }
      return { missing, before: there - joined }
    },
    async deleteMissing(now) {
      let deleted = 0
      for await (const ids of live()) {
        const gone = ids.filter(isMissing)
        for (const batch of batches(gone, WRITE)) {
          if (!dryRun) await call("deleteRows", { ...place, holder, now, ids: batch })
          deleted += batch.length
        }
      }
      // Whoever has lost the lease is told so, also when there was nothing to delete.
      if (!dryRun && deleted === 0) await call("deleteRows", { ...place, holder, now, ids: [] })
      return deleted
    },
  }
}

function* batches<Item>(items: readonly Item[], size: number): Generator<Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}
