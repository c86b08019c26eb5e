import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, expect, it } from "vitest"
import { checkRecordings } from "./check-recordings.ts"

let docks: string
beforeEach(() => {
  docks = mkdtempSync(join(tmpdir(), "stackdock-docks-"))
})
afterEach(() => rmSync(docks, { recursive: true }))

function write(path: string, content: unknown): void {
  mkdirSync(dirname(join(docks, path)), { recursive: true })
  writeFileSync(join(docks, path), JSON.stringify(content))
}

const recorded = (body: unknown) => ({
  scenario: "things",
  provenance: { kind: "written", date: "2026-01-01", apiVersion: "v1" },
  request: { method: "GET", url: "https://api.example.com/things" },
  response: { status: 200, body },
})

it("passes recordings of things made up", () => {
  write("acme/recordings/things/list.json", recorded([{ ip: "192.0.2.1", token: "fake-secret-1" }]))
  expect(checkRecordings(docks)).toEqual([])
})

it("finds what was planted in a recording, and says where", () => {
  write("acme/recordings/things/list.json", recorded([{ ip: [8, 8, 8, 8].join("."), token: "b7d9a1" }]))
  const found = checkRecordings(docks)
  expect(found).toHaveLength(2)
  expect(found[0]).toContain("things/list.json: response.body[0].ip: the public address")
})

it("finds what was planted in an expected row", () => {
  write("acme/recordings/things/list.json", recorded([]))
  write("acme/recordings/servers.rows.json", [{ primaryIpAddress: [8, 8, 8, 8].join(".") }])
  expect(checkRecordings(docks)).toHaveLength(1)
})

it("refuses a recording without provenance, or of a kind that there is not", () => {
  const { provenance, ...without } = recorded([])
  write("acme/recordings/things/list.json", without)
  expect(checkRecordings(docks)[0]).toContain("provenance")
  write("acme/recordings/things/list.json", { ...without, provenance: { ...provenance, kind: "real" } })
  expect(checkRecordings(docks)[0]).toContain("is not a recording")
})

it("does not take a folder without recordings for a good one", () => {
  expect(checkRecordings(docks)).toHaveLength(1)
})
