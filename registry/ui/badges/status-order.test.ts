import { expect, test } from "vitest"
import { byUrgency } from "./status-order.ts"

test("what needs somebody comes first, whatever there is most of", () => {
  const statuses = byUrgency({ running: 50, stopped: 3, error: 1, provisioning: 2, unknown: 9 })
  expect(statuses.map(({ status }) => status)).toEqual([
    "error",
    "provisioning",
    "running",
    "stopped",
    "unknown",
  ])
})

test("a status that no row has is left out", () => {
  expect(byUrgency({ running: 0 })).toEqual([])
})
