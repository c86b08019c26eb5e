import type { AuditStore } from "../../engine/ports.ts"
import type { AuditEntry } from "../../schema/audit-log.ts"
import { compare } from "./keys.ts"

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
      found.reverse().sort((a, b) => compare(b.at, a.at))
      for (const entry of found) yield { ...entry }
    },
  }
}
