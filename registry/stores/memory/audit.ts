import type { AuditStore } from "../../engine/ports.ts"
import type { AuditEntry } from "../../schema/audit-log.ts"

export function memoryAudit(): AuditStore {
  const entries: AuditEntry[] = []
  return {
    async append(added) {
      for (const entry of added) entries.push({ ...entry })
    },
    async *list({ orgId, actor, result }) {
      const found = entries.filter(
        (entry) =>
          entry.orgId === orgId &&
          (actor === undefined || entry.actor === actor) &&
          (result === undefined || entry.result === result),
      )
      for (const entry of found.reverse()) yield { ...entry }
    },
  }
}
