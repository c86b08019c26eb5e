import type { ResourceTableName } from "../schema/index.ts"
import type { Area, Permission } from "./permissions.ts"

export function readingOf(table: ResourceTableName): Permission {
  return `${areaOf(table)}:read`
}

/** For a host that shows the provider's own answers: they say more than the rows that were made of them. */
export function fullReadingOf(table: ResourceTableName): Permission {
  return `${areaOf(table)}:full`
}

function areaOf(table: ResourceTableName): Area {
  if (table === "monitors" || table === "issues") return "monitoring"
  return table === "repositories" ? "projects" : "resources"
}
