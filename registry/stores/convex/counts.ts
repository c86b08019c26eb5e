import type { Reader, Writer } from "./operation.ts"

/** Whose rows are counted together. */
export interface Counted {
  readonly orgId: string
  readonly dockId: string
  readonly provider: string
  readonly table: string
}

/** What one transaction adds to and takes from the counts of live rows, by status. */
export class CountChanges {
  readonly #changes = new Map<string, number>()

  add(status: string): void {
    this.#changes.set(status, (this.#changes.get(status) ?? 0) + 1)
  }

  remove(status: string): void {
    this.#changes.set(status, (this.#changes.get(status) ?? 0) - 1)
  }

  /**
   * A count is of one dock, table and status. Docks are written by one sync each, so that these few documents are no place
   * where syncs meet.
   */
  async apply(db: Writer, { orgId, dockId, provider, table: tableName }: Counted): Promise<void> {
    for (const [status, change] of this.#changes) {
      if (change === 0) continue
      const known = await db
        .query("resourceCounts")
        .withIndex("by_dock", (q) => q.eq("dockId", dockId).eq("tableName", tableName).eq("status", status))
        .unique()
      if (!known)
        await db.insert("resourceCounts", { orgId, dockId, provider, tableName, status, count: change })
      else await db.patch(known._id, { count: known.count + change })
    }
  }
}

/** All counts of an organisation: as many as it has docks, times tables, times statuses in use. */
export async function countsOf(db: Reader, orgId: string, tableName?: string) {
  return await db
    .query("resourceCounts")
    .withIndex("by_org", (q) => {
      const ofOrg = q.eq("orgId", orgId)
      return tableName === undefined ? ofOrg : ofOrg.eq("tableName", tableName)
    })
    .collect()
}
