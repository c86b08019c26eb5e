import { readingOf } from "../../engine/areas.ts"
import { allows, type Grants, type Permission } from "../../engine/permissions.ts"
import type { SyncEvent } from "../../engine/stackdock.ts"
import type { ResourceTableName } from "../../schema/index.ts"

/** Questions whose answers change. They are named as whoever asks names them. */
export type Topic =
  | "session"
  | "counts"
  | "changes"
  | "runs"
  | "docks"
  | "resources"
  | "resource"
  | "resourceData"
  | "provisionings"
  | "provisioning"
  | "audit"
  | "members"
  | "keys"

export interface Changed {
  topics: Topic[]
  /** Of which tables; of any when it is null. */
  tables: ResourceTableName[] | null
}

export const allTopics: readonly Topic[] = [
  "session",
  "counts",
  "changes",
  "runs",
  "docks",
  "resources",
  "resource",
  "resourceData",
  "provisionings",
  "provisioning",
  "audit",
  "members",
  "keys",
]

const needs: Partial<Record<Topic, Permission>> = {
  counts: "resources:read",
  changes: "resources:read",
  runs: "docks:read",
  docks: "docks:read",
  provisionings: "provisioning:read",
  provisioning: "provisioning:read",
  audit: "settings:read",
  members: "settings:read",
}

/** What of it somebody may be told: that something changed tells that it is there. */
export function visibleChange({ topics, tables }: Changed, grants: Grants): Changed | undefined {
  const seenTables = tables?.filter((table) => allows(grants, readingOf(table))) ?? null
  const isOfRows = (topic: Topic) => topic === "resources" || topic === "resource" || topic === "resourceData"
  const seen = topics.filter((topic) => {
    const needed = needs[topic]
    if (needed) return allows(grants, needed)
    return !isOfRows(topic) || seenTables === null || seenTables.length > 0
  })
  return seen.length > 0 ? { topics: seen, tables: seenTables } : undefined
}

/** What a sync has changed so far. */
export function changedBySync(event: SyncEvent): Changed | undefined {
  switch (event.type) {
    case "dock-started":
      return { topics: ["docks", "runs"], tables: [] }
    case "page":
      return { topics: ["counts", "resources"], tables: [event.table] }
    case "scope-finished": {
      const { table, inserted, updated, deleted } = event.report
      if (inserted + updated + deleted === 0) return undefined
      return {
        topics: ["counts", "changes", "docks", "resources", "resource", "resourceData"],
        tables: [table],
      }
    }
    case "dock-finished":
      return { topics: ["docks", "runs"], tables: [] }
    default:
      return undefined
  }
}
