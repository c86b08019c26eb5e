import { expect, test } from "vitest"
import { resourceTables } from "../../schema/index.ts"
import { columnTitle, isTableName, statusWord, tableNames, tableNoun, tableTitle } from "./words.ts"

test("every table that docks fill has its words", () => {
  expect([...tableNames].sort()).toEqual(Object.keys(resourceTables).sort())
})

test("a table is named as people say it", () => {
  expect(tableTitle("webServices")).toBe("Web services")
  expect(tableTitle("dnsRecords")).toBe("DNS records")
  expect(tableTitle("auditLog")).toBe("Audit log")
  expect(tableNoun("repositories", 1)).toBe("1 repository")
  expect(tableNoun("repositories", 0)).toBe("0 repositories")
})

test.each([
  ["primaryIpAddress", "Primary IP address"],
  ["cpuCores", "CPU cores"],
  ["registeredAt", "Registered"],
  ["commitSha", "Commit SHA"],
  ["serverProviderId", "Server"],
  ["productionUrl", "Address"],
  ["lastDeployedAt", "Last deployed"],
])("the column %s is called %s", (column, title) => expect(columnTitle(column)).toBe(title))

test("no column's title is made of two words stuck together", () => {
  const columns = Object.values(resourceTables).flatMap(({ row }) => Object.keys(row.shape))
  for (const title of columns.map(columnTitle)) expect(title).toMatch(/^[A-Z]/)
})

test("words of statuses and of providers are written alike", () => {
  expect(statusWord("running")).toBe("Running")
  expect(statusWord("rate_limited")).toBe("Rate limited")
})

test("what every object has is no table", () => {
  expect(isTableName("constructor")).toBe(false)
})
