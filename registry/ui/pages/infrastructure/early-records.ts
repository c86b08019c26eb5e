import type { DnsRecord } from "./dns-records.ts"

/** What somebody has asked for here, shown before the rows tell it. */
export interface EarlyRecords {
  /** By the record's id: what it will say. */
  changed: ReadonlyMap<string, EarlyChange>
  /** By the record's id: when the row was last seen that is to go. */
  removed: ReadonlyMap<string, string>
  added: readonly DnsRecord[]
}

interface EarlyChange {
  told: Partial<DnsRecord>
  /** When the row was last seen: one that was seen since tells by itself what became of it. */
  asOf: string
}

export const nothingEarly: EarlyRecords = { changed: new Map(), removed: new Map(), added: [] }

/** The records as they will be. */
export function withEarly(records: readonly DnsRecord[], early: EarlyRecords): DnsRecord[] {
  const shown = records
    .filter(({ id, lastSeenAt }) => early.removed.get(id) !== lastSeenAt)
    .map((record) =>
      isUntold(record, early) ? { ...record, ...early.changed.get(record.id)?.told } : record,
    )
  const added = early.added.filter((record) => !records.some((other) => saysSame(record, other)))
  return [...shown, ...added]
}

/** Whether a change was asked for that the row does not tell yet. */
export function isUntold({ id, lastSeenAt }: DnsRecord, early: EarlyRecords): boolean {
  return early.changed.get(id)?.asOf === lastSeenAt
}

/** How many changes no row tells yet. Providers that answer with what they made of it have none. */
export function countUntold(records: readonly DnsRecord[], early: EarlyRecords): number {
  return records.filter((record) => isUntold(record, early)).length
}

function saysSame(one: DnsRecord, other: DnsRecord): boolean {
  return one.recordType === other.recordType && one.name === other.name && one.content === other.content
}
