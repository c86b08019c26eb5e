import { describe, expect, it } from "vitest"
import type { DnsRecord } from "./dns-records.ts"
import { countUntold, type EarlyRecords, nothingEarly, withEarly } from "./early-records.ts"

const record = (id: string, content: string, lastSeenAt = "t1") =>
  ({ id, recordType: "A", name: "www.example.com", content, lastSeenAt }) as DnsRecord
const early = (more: Partial<EarlyRecords>): EarlyRecords => ({ ...nothingEarly, ...more })
const contents = (records: DnsRecord[]) => records.map(({ content }) => content)

describe("what was asked for here", () => {
  const changed = early({ changed: new Map([["a", { told: { content: "new" }, asOf: "t1" }]]) })

  it("is shown in place of what the row still tells", () => {
    const records = [record("a", "old"), record("b", "other")]
    expect(contents(withEarly(records, changed))).toEqual(["new", "other"])
    expect(countUntold(records, changed)).toBe(1)
  })

  it("gives way to the row as soon as that was seen again, whatever it says", () => {
    const records = [record("a", "as the provider has it", "t2")]
    expect(contents(withEarly(records, changed))).toEqual(["as the provider has it"])
    expect(countUntold(records, changed)).toBe(0)
  })

  it("hides a record that is to go, and shows it again when a sync tells of it", () => {
    const removed = early({ removed: new Map([["a", "t1"]]) })
    expect(withEarly([record("a", "old")], removed)).toEqual([])
    expect(withEarly([record("a", "old", "t2")], removed)).toHaveLength(1)
  })

  it("shows a new record until the rows have it, and never twice", () => {
    const added = early({ added: [record("early:k", "fresh")] })
    expect(contents(withEarly([record("a", "old")], added))).toEqual(["old", "fresh"])
    expect(withEarly([record("c", "fresh")], added).map(({ id }) => id)).toEqual(["c"])
  })
})
