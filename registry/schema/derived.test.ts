import { describe, expect, it } from "vitest"
import { z } from "zod"
import { columnsOf } from "./columns.ts"
import { sqlFor } from "./ddl.ts"
import { tables } from "./index.ts"
import { jsonSchemas } from "./json-schema.ts"
import { instant, resourceTable, systemTable, text } from "./table.ts"

describe("the columns of a table", () => {
  it("are derived from its zod row", () => {
    const kinds = Object.fromEntries(columnsOf(tables.backups).map((column) => [column.name, column]))
    expect(kinds["id"]).toEqual({ name: "id", kind: "key", nullable: false })
    expect(kinds["name"]).toEqual({ name: "name", kind: "text", nullable: false })
    expect(kinds["takenAt"]).toEqual({ name: "takenAt", kind: "instant", nullable: true })
    expect(kinds["sizeBytes"]).toEqual({ name: "sizeBytes", kind: "integer", nullable: true })
    expect(kinds["storage"]).toEqual({ name: "storage", kind: "enum", nullable: true })
    expect(kinds["fullApiData"]).toEqual({ name: "fullApiData", kind: "json", nullable: false })
  })

  it("cannot be of a kind that no database holds", () => {
    const odd = systemTable({ name: "odd", description: "", columns: { at: z.date() } })
    expect(() => columnsOf(odd)).toThrow("odd.at")
  })
})

describe("the SQL", () => {
  const table = resourceTable({
    name: "blockVolumes",
    description: "",
    statuses: ["ok"],
    columns: { mountPath: text(), seenAt: instant() },
    indexes: [["mountPath"]],
  })

  it("makes every table in each dialect, with its keys", () => {
    for (const dialect of ["sqlite", "postgres"] as const) {
      const sql = sqlFor(dialect).join(";\n")
      expect(sql.match(/create table/g)).toHaveLength(Object.keys(tables).length)
      expect(sql).toContain(
        "create unique index servers_dock_id_provider_resource_id on servers (dock_id, provider_resource_id)",
      )
      expect(sql).toContain("create unique index docks_org_id_name on docks (org_id, name)")
    }
  })

  it("says what each dialect calls a type", () => {
    expect(columnsOf(table).map((column) => column.name)).toContain("mountPath")
    const [sqlite, postgres] = [sqlFor("sqlite").join(), sqlFor("postgres").join()]
    expect(sqlite).toContain("uptime_percent real,")
    expect(postgres).toContain("uptime_percent double precision,")
    expect(sqlite).toContain("full_api_data text not null")
    expect(postgres).toContain("full_api_data jsonb not null")
  })

  it("keeps index names within PostgreSQL's 63 characters", () => {
    for (const [, name = ""] of sqlFor("postgres")
      .join("\n")
      .matchAll(/index (\w+)/g)) {
      expect(name.length, name).toBeLessThanOrEqual(63)
    }
  })
})

it("each table has a JSON Schema that requires every column", () => {
  const schemas = jsonSchemas()
  expect(Object.keys(schemas)).toEqual(Object.keys(tables))
  expect(schemas["servers"]).toMatchObject({ title: "servers", type: "object", additionalProperties: false })
  expect(schemas["servers"]?.required).toContain("primaryIpAddress")
})
