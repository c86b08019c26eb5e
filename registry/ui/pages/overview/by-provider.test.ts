import { expect, test } from "vitest"
import { byProvider } from "./by-provider.ts"

test("each provider has its tables, and the one with the most rows comes first", () => {
  const counts = [
    { table: "servers" as const, total: 3, byStatus: {}, byProvider: { acme: 2, zeta: 1 } },
    { table: "domains" as const, total: 9, byStatus: {}, byProvider: { acme: 0, zeta: 9 } },
  ]
  expect(byProvider(counts)).toEqual([
    {
      provider: "zeta",
      total: 10,
      tables: [
        { table: "servers", count: 1 },
        { table: "domains", count: 9 },
      ],
    },
    { provider: "acme", total: 2, tables: [{ table: "servers", count: 2 }] },
  ])
})
