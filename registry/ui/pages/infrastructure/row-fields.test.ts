import { describe, expect, it } from "vitest"
import type { ListedResource } from "../../../engine/reading.ts"
import { lookOf, namedRow, ownFields } from "./row-fields.ts"

const row = (more: object) =>
  ({ id: "servers_1", dockId: "d1", name: "one", status: "running", ...more }) as ListedResource

describe("the fields of a row", () => {
  it("are those of its own table, apart from what the provider does not tell", () => {
    const { told, untold } = ownFields(
      row({ region: "fra", plan: null, ipAddresses: [], cpuCores: 0, autoRenew: false }),
    )
    expect(told).toEqual([
      ["region", "fra"],
      ["cpuCores", 0],
      ["autoRenew", false],
    ])
    expect(untold).toEqual(["plan", "ipAddresses"])
  })

  it.each([
    ["lastDeployedAt", "2026-01-01T00:00:00.000Z", "time"],
    ["sslEnabled", true, "flag"],
    ["nameServers", ["a", "b"], "list"],
    ["sizeBytes", 1, "bytes"],
    ["port", 3306, "code"],
    ["occurrences", 3306, "number"],
    ["kind", "zone", "word"],
    ["serverProviderId", "41", "row"],
    ["url", "https://example.com", "link"],
    ["url", "example.com", "text"],
  ] as const)("%s %j is shown as a %s", (column, value, look) => {
    expect(lookOf(column, value)).toBe(look)
  })

  it("name rows of the same account, where these are known", () => {
    const server = row({ id: "servers_7", providerResourceId: "41" })
    const related = [
      { table: "servers" as const, relation: "whole" as const, because: "", rows: [server], total: 1 },
    ]
    expect(namedRow(row({}), "41", related)).toBe(server)
    expect(namedRow(row({ dockId: "d2" }), "41", related)).toBeUndefined()
  })
})
