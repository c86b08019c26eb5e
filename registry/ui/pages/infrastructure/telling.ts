import type { ListedResource } from "../../../engine/reading.ts"
import type { ResourceTableName } from "../../../schema/index.ts"
import { plainText } from "../../table/csv.ts"

/** What, beside its name, tells one row of a table from another. */
const columns: Partial<Record<ResourceTableName, readonly string[]>> = {
  servers: ["primaryIpAddress", "region"],
  webServices: ["productionUrl", "environment"],
  deployments: ["branch", "commitMessage"],
  domains: ["kind"],
  dnsRecords: ["recordType", "content"],
  databases: ["engine", "region"],
  backupSchedules: ["frequency", "storage"],
  backups: ["storage", "takenAt"],
  issues: ["severity"],
  monitors: ["url"],
  repositories: ["url"],
}

export function tellingOf(table: ResourceTableName, row: ListedResource): string {
  const values = new Map<string, unknown>(Object.entries(row))
  return (columns[table] ?? [])
    .map((column) => plainText(values.get(column)))
    .filter((text) => text !== "" && text !== row.name)
    .join(" · ")
}
