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
      for (const entry of newestFirst(found)) yield { ...entry }
    },
    async page({ orgId, after, since, until, limit, ...exact }) {
      const wanted = Object.entries(exact).filter(([, value]) => value !== undefined)
      const own = newestFirst(entries.filter((entry) => entry.orgId === orgId))
      return own
        .slice(own.findIndex(({ id }) => id === after) + 1)
        .filter((entry) => wanted.every(([column, value]) => entry[column as keyof AuditEntry] === value))
        .filter(({ at }) => (since === undefined || at >= since) && (until === undefined || at < until))
        .slice(0, limit)
        .map((entry) => ({ ...entry }))
    },
  }
}

/** Entries of one instant, too: the last that was written comes first. */
function newestFirst(entries: readonly AuditEntry[]): AuditEntry[] {
  return [...entries].reverse().sort((a, b) => compare(b.at, a.at))
}
