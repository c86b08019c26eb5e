import { expect, test } from "vitest"
import type { AuditRequest } from "../../../engine/reading.ts"
import type { AuditEntry } from "../../../schema/audit-log.ts"
import { logFile, readLog } from "./export.ts"

const entry = (id: string): AuditEntry => ({
  id,
  orgId: "default",
  actor: "user:=mira",
  action: "sync",
  targetTable: "docks",
  targetId: "d1",
  result: "succeeded",
  errorCode: null,
  requestId: "r1",
  at: "2026-03-04T10:00:00.000Z",
})

test("reads to the end, whatever a page holds, and keeps the filter on the way", async () => {
  const pages = [["a", "b"], [], ["c"]]
  const asked: AuditRequest[] = []
  const seen: number[] = []
  const entries = await readLog(
    async (request) => {
      const page = pages[asked.length] ?? []
      asked.push(request)
      return { entries: page.map(entry), next: asked.length < pages.length ? `after-${asked.length}` : null }
    },
    { result: "succeeded" },
    { signal: new AbortController().signal, onProgress: (count) => seen.push(count) },
  )
  expect(entries.map(({ id }) => id)).toEqual(["a", "b", "c"])
  expect(asked.map(({ after, result }) => [after, result])).toEqual([
    [undefined, "succeeded"],
    ["after-1", "succeeded"],
    ["after-2", "succeeded"],
  ])
  expect(seen).toEqual([2, 2, 3])
})

test("stops when it is given up", async () => {
  const controller = new AbortController()
  const reading = readLog(
    async () => {
      controller.abort()
      return { entries: [entry("a")], next: "a" }
    },
    {},
    { signal: controller.signal, onProgress: () => {} },
  )
  await expect(reading).rejects.toThrow()
})

test("a spreadsheet gets a line an entry and no formula; a program gets everything", () => {
  const { text } = logFile("csv", [{ ...entry("a"), actor: "=HYPERLINK()" }])
  expect(text.split("\r\n")).toEqual([
    "\uFEFFat,actor,action,targetTable,targetId,result,errorCode,requestId",
    "2026-03-04T10:00:00.000Z,'=HYPERLINK(),sync,docks,d1,succeeded,,r1",
    "",
  ])
  expect(JSON.parse(logFile("json", [entry("a")]).text)).toEqual([entry("a")])
})
