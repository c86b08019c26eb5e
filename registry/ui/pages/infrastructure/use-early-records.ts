import { useState } from "react"
import type { DnsRecord } from "./dns-records.ts"
import { type EarlyRecords, nothingEarly } from "./early-records.ts"

type TakeBack = () => void

/** Shows at once what is asked for. Each deed returns what takes it back when it fails. */
export interface EarlyDeeds {
  change(record: DnsRecord, told: Partial<DnsRecord>): TakeBack
  remove(record: DnsRecord): TakeBack
  add(record: DnsRecord): TakeBack
}

export function useEarlyRecords(): { early: EarlyRecords; deeds: EarlyDeeds } {
  const [early, setEarly] = useState(nothingEarly)
  const deeds: EarlyDeeds = {
    change({ id, lastSeenAt }, told) {
      setEarly((now) => ({ ...now, changed: new Map(now.changed).set(id, { told, asOf: lastSeenAt }) }))
      return () => setEarly((now) => ({ ...now, changed: without(now.changed, id) }))
    },
    remove({ id, lastSeenAt }) {
      setEarly((now) => ({ ...now, removed: new Map(now.removed).set(id, lastSeenAt) }))
      return () => setEarly((now) => ({ ...now, removed: without(now.removed, id) }))
    },
    add(record) {
      setEarly((now) => ({ ...now, added: [...now.added, record] }))
      return () => setEarly((now) => ({ ...now, added: now.added.filter(({ id }) => id !== record.id) }))
    },
  }
  return { early, deeds }
}

function without<Value>(map: ReadonlyMap<string, Value>, key: string): Map<string, Value> {
  const others = new Map(map)
  others.delete(key)
  return others
}
