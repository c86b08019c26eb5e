import { expect, test } from "vitest"
import { resourceTables } from "../../schema/index.ts"
import { toneOf } from "./tones.ts"

test("every status of every table is looked upon somehow, and only what is unknown as unknown", () => {
  for (const { statuses } of Object.values(resourceTables)) {
    for (const status of statuses)
      expect([status, toneOf(status) === "unknown"]).toEqual([status, status === "unknown"])
  }
})
