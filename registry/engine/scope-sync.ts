import { DockError } from "../core/errors.ts"
import type { Resource, Scope } from "../core/resource.ts"
import type { ResourceTableName } from "../schema/index.ts"
import type { SyncScope } from "../schema/sync-runs.ts"
import type { Facts } from "./facts.ts"
import { itemReader } from "./item-rows.ts"
import { isMassDeletion } from "./mass-deletion.ts"
import type { ListedRow, ScopeWriter } from "./ports.ts"
import { reportScope } from "./scope-report.ts"
import type { ScopeReport } from "./stackdock.ts"
import { openScope, type SyncContext, throwIfCanceled } from "./sync-context.ts"

/** Rows of one transaction. A listing that comes in one huge page is cut into these. */
const BATCH = 500

/** Lists one scope, stores its pages as they arrive, and deletes what a complete listing no longer has. */
export async function syncScope(
  context: SyncContext,
  table: ResourceTableName,
  resource: Resource,
  scope: Scope,
  known: SyncScope | undefined,
): Promise<ScopeReport> {
  return await reportScope(context, table, scope.id, known, async (report, facts) => {
    throwIfCanceled(context)
    const writer = await openScope(context, table, scope.id)
    const total = await storeListing(context, writer, resource, scope, report, facts)
    if (total !== undefined && report.fetched < total) {
      throw new DockError({
        code: "incomplete_listing",
        provider: context.dock.provider,
        message: `The provider told of ${total} items and listed ${report.fetched}.`,
        suggestion: "Nothing was deleted. Sync again; if it stays so, the dock's paging needs a look.",
      })
    }
    report.complete = report.skipped === 0
    if (report.complete) await deleteMissing(context, writer, report)
  })
}

/** Stores the listing page by page. Gives the total that the provider told last. */
async function storeListing(
  context: SyncContext,
  writer: ScopeWriter,
  resource: Resource,
  scope: Scope,
  report: ScopeReport,
  facts: Facts,
): Promise<number | undefined> {
  const { table } = report
  const read = itemReader(table, resource, scope, facts)
  let total: number | undefined
  for await (const page of resource.list(context.api, scope)) {
    total = page.total ?? total
    for (let start = 0; start < page.items.length; start += BATCH) {
      const rows: ListedRow[] = []
      for (const item of page.items.slice(start, start + BATCH)) {
        const { rows: itsRows, skipped } = read(item)
        rows.push(...itsRows)
        if (skipped) report.skipped += 1
        report.fetched += 1
      }
      const counts = await writer.write(rows, context.now())
      report.inserted += counts.inserted
      report.updated += counts.updated
      report.unchanged += counts.unchanged
      await context.lease?.renew()
    }
    context.emit({
      type: "page",
      dockId: context.dock.id,
      table,
      scope: scope.id,
      fetched: report.fetched,
      total: total ?? null,
    })
    throwIfCanceled(context)
  }
  return total
}

async function deleteMissing(context: SyncContext, writer: ScopeWriter, report: ScopeReport) {
  const { missing, before } = await writer.missing()
  if (isMassDeletion(missing, before) && !context.allowMassDelete) {
    report.massDeletion = { missing, of: before }
  } else if (missing > 0) {
    report.deleted = await writer.deleteMissing(context.now())
  }
}
