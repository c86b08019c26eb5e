import type { ResourceTableName } from "../schema/index.ts"
import type { ChangeRow } from "../schema/resource-changes.ts"
import type { PageFilter, Sort } from "./reading.ts"

/** What a screen asks for, checked: its columns are columns of the table. */
export interface RowQuery {
  orgId: string
  filter: PageFilter
  /** What is null comes last, in either direction; what is equal, by its id in the same direction. */
  sort: Readonly<Required<Sort>>
  offset: number
  limit: number
}

export interface RowLookup {
  orgId: string
  /** All docks when left out. */
  docks?: readonly string[] | undefined
  column: string
  /** Any of these. */
  values: readonly string[]
  limit: number
}

export interface RowCount {
  table: ResourceTableName
  dockId: string
  provider: string
  status: string
  count: number
}

/**
 * What became different about rows. It is written by whatever writes the rows, in the same transaction; the first complete
 * listing of a scope finds everything new, which is no change.
 */
export interface ChangeStore {
  /** The newest first. */
  list(filter: ChangeFilter & { limit: number }): Promise<ChangeRow[]>
  totals(filter: ChangeFilter): Promise<Record<ChangeRow["kind"], number>>
  /** Forgets some of those that a dock had before then, `limit` at most. Gives how many. */
  prune(request: { orgId: string; dockId: string; before: string; limit: number }): Promise<number>
}

export interface ChangeFilter {
  orgId: string
  /** All tables when left out. */
  tables?: readonly ResourceTableName[] | undefined
  resourceId?: string | undefined
  /** From then on. */
  since?: string | undefined
}
