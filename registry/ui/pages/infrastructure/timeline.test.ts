import { expect, it } from "vitest"
import type { ResourceHistory } from "../../../engine/reading.ts"
import { timeline } from "./timeline.ts"

it("tells changes, deeds and provisionings in one line, the newest first", () => {
  const history = {
    changes: [
      { id: "c2", at: "2026-03-02T00:00:00.000Z" },
      { id: "c1", at: "2026-01-01T00:00:00.000Z" },
    ],
    audit: [{ id: "a1", at: "2026-03-01T00:00:00.000Z" }],
    provisionings: [{ id: "p1", createdAt: "2026-02-01T00:00:00.000Z" }],
  } as ResourceHistory
  expect(timeline(history).map(({ of, id }) => `${of} ${id}`)).toEqual([
    "change c2",
    "audit a1",
    "provisioning p1",
    "change c1",
  ])
})
