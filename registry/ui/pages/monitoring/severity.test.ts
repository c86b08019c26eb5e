import { expect, test } from "vitest"
import { bySeverity } from "./severity.ts"

test("the gravest come first, and of those what occurred last; what is not told comes at the end", () => {
  const issues = [
    { id: "untold", severity: null, lastOccurredAt: "2026-01-09" },
    { id: "old", severity: "error", lastOccurredAt: "2026-01-01" },
    { id: "new", severity: "error", lastOccurredAt: "2026-01-02" },
    { id: "never", severity: "error", lastOccurredAt: null },
    { id: "worst", severity: "fatal", lastOccurredAt: null },
  ]
  expect(bySeverity(issues).map(({ id }) => id)).toEqual(["worst", "new", "old", "never", "untold"])
})
