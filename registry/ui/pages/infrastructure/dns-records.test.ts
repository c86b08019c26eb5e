import { describe, expect, it } from "vitest"
import type { InputField } from "../../../engine/provision-report.ts"
import { nameWithin } from "../../format/record-name.ts"
import {
  accountInput,
  type DnsRecord,
  earlyRecord,
  grouped,
  isZone,
  recordsRequest,
  recordTold,
  type Zone,
  zoneInput,
} from "./dns-records.ts"

const zone = {
  id: "domains_3",
  dockId: "d1",
  name: "example.com",
  providerResourceId: "z1",
  scope: "team/t1/zone/example.com",
  kind: "zone",
  nameServers: null,
} as Zone
const record = (recordType: string, name: string, content: string, priority: number | null = null) =>
  ({ recordType, name, content, priority }) as DnsRecord
const fields = (...names: string[]) => names.map((name) => ({ name }) as InputField)

describe("the records of a zone", () => {
  const records = [
    record("TXT", "example.com", "v=spf1"),
    record("MX", "example.com", "mx2", 20),
    record("A", "www.example.com", "192.0.2.1"),
    record("MX", "example.com", "mx1", 10),
    record("LOC", "example.com", "here"),
    record("A", "example.com", "192.0.2.1"),
  ]

  it("stand under their types, with the common ones first", () => {
    const groups = grouped(records, "type", "example.com")
    expect(groups.map(({ title }) => title)).toEqual(["A", "MX", "TXT", "LOC"])
    expect(groups[0]?.records.map(({ name }) => name)).toEqual(["example.com", "www.example.com"])
    expect(groups[1]?.records.map(({ content }) => content)).toEqual(["mx1", "mx2"])
  })

  it("stand under their names, with the zone itself first", () => {
    expect(
      grouped(records, "name", "example.com").map(({ title, records }) => [title, records.length]),
    ).toEqual([
      ["@", 5],
      ["www", 1],
    ])
  })

  it("are named within the zone", () => {
    expect(nameWithin("example.com", "example.com")).toBe("@")
    expect(nameWithin("a.b.example.com", "example.com")).toBe("a.b")
    expect(nameWithin("notexample.com", "example.com")).toBe("notexample.com")
  })

  it("are asked for in the zone's own account", () => {
    expect(recordsRequest(zone, "mail").filter).toEqual({
      docks: ["d1"],
      where: { domainProviderId: "z1" },
      text: "mail",
    })
  })

  it("belong to zones, and not to names that lead to a site", () => {
    expect(isZone(zone)).toBe(true)
    expect(isZone({ ...zone, kind: "attachment" } as Zone)).toBe(false)
    expect(isZone({ id: "servers_1", name: "one" } as never)).toBe(false)
  })
})

describe("a new record", () => {
  it("knows its zone, whatever the dock calls it", () => {
    expect(zoneInput(fields("zoneId", "type", "name"), zone)).toEqual({ zoneId: "z1" })
    expect(zoneInput(fields("team", "zone", "value"), zone)).toEqual({ zone: "example.com" })
    expect(zoneInput(fields("teamId", "domainName"), zone)).toEqual({ domainName: "example.com" })
    expect(accountInput(fields("team", "zone", "type"), { ...zone, scope: "team/t1" })).toEqual({
      team: "t1",
    })
    expect(accountInput(fields("teamId"), { ...zone, scope: "team/t1" })).toEqual({ teamId: "t1" })
    expect(accountInput(fields("team"), { ...zone, scope: "" })).toEqual({})
  })

  it("is seen as it was typed", () => {
    const input = { type: "MX", name: "mail", value: "mx.example.net", priority: 10, zone: "example.com" }
    expect(earlyRecord(zone, input, "k")).toMatchObject({
      id: "early:k",
      dockId: "d1",
      status: "pending",
      recordType: "MX",
      name: "mail.example.com",
      content: "mx.example.net",
      priority: 10,
      ttl: null,
    })
  })

  it("changes only what was typed", () => {
    expect(recordTold({ content: "192.0.2.9", ttl: undefined }, "example.com")).toEqual({
      content: "192.0.2.9",
    })
    expect(recordTold({ name: "@", proxied: false }, "example.com")).toEqual({
      name: "example.com",
      proxied: false,
    })
  })
})
