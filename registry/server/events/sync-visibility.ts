import { readingOf } from "../../engine/areas.ts"
import { allows, type Grants } from "../../engine/permissions.ts"
import type { SyncEvent } from "../../engine/stackdock.ts"
import type { ResourceTableName } from "../../schema/index.ts"

/** What of a sync's progress somebody may see: that docks are at work, and how far they are in the tables that are theirs. */
export function visibleSync(event: SyncEvent, grants: Grants): SyncEvent | undefined {
  const mayRead = (table: ResourceTableName) => allows(grants, readingOf(table))
  if (!allows(grants, "docks:read")) return undefined
  switch (event.type) {
    case "dock-started":
      return event
    case "table-started":
    case "scope-started":
    case "page":
      return mayRead(event.table) ? event : undefined
    case "scope-finished":
      return mayRead(event.report.table) ? event : undefined
    case "dock-finished": {
      const scopes = event.report.scopes.filter(({ table }) => mayRead(table))
      return { ...event, report: { ...event.report, scopes } }
    }
  }
}
