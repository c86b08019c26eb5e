import type { ResourceRow, ResourceTableName } from "../schema/index.ts"
import { parseRowId } from "../schema/row-id.ts"
import { may } from "./authority.ts"
import type { Context } from "./context.ts"
import { reportOf } from "./intent-report.ts"
import { actionsOf, findResource, kindOfRow } from "./operations.ts"
import { rowQuery } from "./page-request.ts"
import type { Operation } from "./provision-report.ts"
import { shownChange } from "./read-changes.ts"
import type { RowCount } from "./read-ports.ts"
import { readableTables } from "./readable-tables.ts"
import type {
  ListedResource,
  PageRequest,
  ResourceHistory,
  ResourcePage,
  ResourceView,
  TableCounts,
} from "./reading.ts"
import { relatedRows } from "./related.ts"

/** Entries of one row's history, of each sort. */
const RECENT = 50

export async function resourcePage<Name extends ResourceTableName>(
  context: Context,
  request: PageRequest<Name>,
): Promise<ResourcePage<Name>> {
  const query = rowQuery(context.orgId, request)
  return await (await context.store()).rows.page(request.table, query)
}

/** Of each table that the caller may read. */
export async function tableCounts(context: Context): Promise<TableCounts[]> {
  const counts = await (await context.store()).rows.counts(context.orgId)
  return (await readableTables(context)).map((table) => {
    const ofTable = counts.filter((one) => one.table === table)
    return {
      table,
      total: ofTable.reduce((sum, { count }) => sum + count, 0),
      byStatus: sums(ofTable, ({ status }) => status),
      byProvider: sums(ofTable, ({ provider }) => provider),
    }
  })
}

export async function resourceData(context: Context, id: string): Promise<ResourceRow["fullApiData"]> {
  return (await findResource(context, id)).row.fullApiData
}

export async function resourceView(context: Context, id: string): Promise<ResourceView> {
  const { table, row } = await findResource(context, id)
  const { fullApiData: _, ...listed }: object & { fullApiData: unknown } = row
  return {
    table,
    row: listed as ListedResource,
    ...(await operationsOn(context, table, row)),
    related: row.deletedAt === null ? await relatedRows(context, table, row) : [],
    history: await historyOf(context, table, row),
  }
}

/** What is no id is one of no table that anybody may read less of. */
export function tableOfRow(id: string): ResourceTableName {
  return parseRowId(id)?.table ?? "servers"
}

/** What the caller can have done to a row: nothing to one that is gone, or whose dock is not connected. */
async function operationsOn(
  context: Context,
  table: ResourceTableName,
  row: ResourceRow,
): Promise<{ actions: Operation[]; removableAs: string | null }> {
  const { docks } = await context.store()
  const dock = await docks.get(context.orgId, row.dockId)
  const definition = context.docks.find(({ provider }) => provider === row.provider)
  if (row.deletedAt !== null || !definition || !dock || dock.credentials === null) {
    return { actions: [], removableAs: null }
  }
  const fitting = Object.entries(definition.actions?.[table] ?? {}).filter(
    ([, action]) => action.appliesTo?.(row) ?? true,
  )
  const names = new Set(fitting.map(([name]) => name))
  const actions = actionsOf(definition).filter((action) => action.table === table && names.has(action.name))
  return {
    actions: (await may(context, "operations:full")) ? actions : [],
    removableAs: (await may(context, "provisioning:full")) ? removableAs() : null,
  }

  function removableAs(): string | null {
    try {
      return definition ? kindOfRow(definition, table, row).kind : null
    } catch {
      return null
    }
  }
}

async function historyOf(
  context: Context,
  table: ResourceTableName,
  { id, dockId, providerResourceId }: ResourceRow,
): Promise<ResourceHistory> {
  const { orgId } = context
  const { audit, changes, provisionings } = await context.store()
  const of = { targetTable: table, targetId: id }
  const changed = await changes.list({ orgId, resourceId: id, limit: RECENT })
  const entries = (await may(context, "settings:read"))
    ? await audit.page({ orgId, ...of, limit: RECENT })
    : []
  const intents = (await may(context, "provisioning:read"))
    ? await provisionings.ofRow(table, { orgId, dockId, providerResourceId }, RECENT)
    : []
  return {
    changes: changed.map(shownChange),
    audit: entries,
    provisionings: await Promise.all(intents.map((intent) => reportOf(context, intent))),
  }
}

function sums(counts: readonly RowCount[], key: (of: RowCount) => string): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const one of counts) sums[key(one)] = (sums[key(one)] ?? 0) + one.count
  return sums
}
