import type { ProvisionReport } from "../../../engine/provision-report.ts"
import type { ResourceChange, ResourceHistory } from "../../../engine/reading.ts"
import type { AuditEntry } from "../../../schema/audit-log.ts"

/** Something that happened to a row. */
export type Event =
  | { of: "change"; id: string; at: string; change: ResourceChange }
  | { of: "audit"; id: string; at: string; entry: AuditEntry }
  | { of: "provisioning"; id: string; at: string; report: Omit<ProvisionReport, "shows"> }

/** All that happened to a row, whoever did it, the newest first. */
export function timeline({ changes, audit, provisionings }: ResourceHistory): Event[] {
  const events: Event[] = [
    ...changes.map((change) => ({ of: "change" as const, id: change.id, at: change.at, change })),
    ...audit.map((entry) => ({ of: "audit" as const, id: entry.id, at: entry.at, entry })),
    ...provisionings.map((report) => ({
      of: "provisioning" as const,
      id: report.id,
      at: report.createdAt,
      report,
    })),
  ]
  return events.sort((a, b) => b.at.localeCompare(a.at))
}
