import type { DockReport, SyncEvent } from "../../engine/stackdock.ts"
import type { ResourceTableName } from "../../schema/index.ts"

/** What is known of a sync that is under way, or has just ended. */
export interface SyncProgress {
  readonly isRunning: boolean
  readonly tables: ReadonlyMap<ResourceTableName, TableProgress>
  /** Of the one that has just ended. */
  readonly report: DockReport | null
}

/** Of all scopes of a table together. */
export interface TableProgress {
  readonly fetched: number
  /** Undefined where a scope has not said how much it has. */
  readonly total: number | undefined
  readonly isUnderWay: boolean
  readonly scopes: ReadonlyMap<string, ScopeProgress>
}

interface ScopeProgress {
  readonly fetched: number
  readonly total: number | null
  readonly isDone: boolean
}

const BEGUN: SyncProgress = { isRunning: true, tables: new Map(), report: null }

/**
 * What an event adds. Whoever begins to listen in the middle has not heard that the dock was begun, and knows of it from
 * whatever comes next.
 */
export function withSyncEvent(before: SyncProgress | undefined, event: SyncEvent): SyncProgress {
  const known = before?.isRunning ? before : BEGUN
  switch (event.type) {
    case "dock-started":
      return BEGUN
    case "table-started":
      return withTable(known, event.table, (table) => table)
    case "scope-started":
      return withScope(known, event.table, event.scope, { fetched: 0, total: null, isDone: false })
    case "page":
      return withScope(known, event.table, event.scope, {
        fetched: event.fetched,
        total: event.total,
        isDone: false,
      })
    case "scope-finished": {
      const { table, scope, fetched } = event.report
      return withScope(known, table, scope, { fetched, total: fetched, isDone: true })
    }
    case "dock-finished":
      return { isRunning: false, tables: known.tables, report: event.report }
  }
}

function withScope(
  progress: SyncProgress,
  table: ResourceTableName,
  scope: string,
  of: ScopeProgress,
): SyncProgress {
  return withTable(progress, table, ({ scopes }) => tableOf(new Map([...scopes, [scope, of]])))
}

function withTable(
  progress: SyncProgress,
  table: ResourceTableName,
  change: (table: TableProgress) => TableProgress,
): SyncProgress {
  const changed = change(progress.tables.get(table) ?? tableOf(new Map()))
  return { ...progress, tables: new Map([...progress.tables, [table, changed]]) }
}

function tableOf(scopes: ReadonlyMap<string, ScopeProgress>): TableProgress {
  const all = [...scopes.values()]
  const isKnown = all.length > 0 && all.every(({ total }) => total !== null)
  return {
    fetched: all.reduce((sum, { fetched }) => sum + fetched, 0),
    total: isKnown ? all.reduce((sum, { total }) => sum + (total ?? 0), 0) : undefined,
    isUnderWay: all.length === 0 || all.some(({ isDone }) => !isDone),
    scopes,
  }
}
