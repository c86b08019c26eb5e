import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, expect, it } from "vitest"
import { findDrift } from "./drift.ts"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stackdock-drift-"))
  write("specs/acme.postman_collection.json", {
    info: {},
    item: [
      {
        name: "things",
        item: [
          { request: { method: "GET", url: { raw: "{{host}}/v1/things" } } },
          { request: { method: "GET", url: "{{host}}/v1/things/{thing.id}?deep=true" } },
        ],
      },
    ],
  })
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(path: string, content: unknown): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), JSON.stringify(content))
}

function record(name: string, method: string, path: string): void {
  write(`docks/acme/recordings/things/${name}.json`, {
    scenario: name,
    provenance: { kind: "written", date: "2026-01-01", apiVersion: "v1" },
    request: { method, url: `https://api.example.com${path}` },
    response: { status: 200, body: {} },
  })
}

const drift = () => findDrift(join(folder, "docks"), join(folder, "specs")).map(({ what }) => what)

it("passes requests that the specification has", () => {
  record("list", "GET", "/v1/things")
  record("one", "GET", "/v1/things/7")
  expect(drift()).toEqual([])
})

it.each([
  ["another path", "GET", "/v1/stuff"],
  ["another method", "DELETE", "/v1/things/7"],
  ["a longer path", "GET", "/v1/things/7/parts"],
  ["another version", "GET", "/v2/things"],
])("finds %s", (_, method, path) => {
  record("odd", method, path)
  expect(drift()).toEqual([`${method} ${path} is not in the specification`])
})

it("lets pass what is allowed with a reason, and nothing without one", () => {
  record("odd", "GET", "/v1/stuff")
  write("docks/acme/drift-allowed.json", [
    { request: "GET /v1/stuff", reason: "Not in the published document." },
  ])
  expect(drift()).toEqual([])
  write("docks/acme/drift-allowed.json", [{ request: "GET /v1/stuff", reason: "" }])
  expect(drift).toThrow()
})

it("finds an allowance that is no longer needed", () => {
  record("list", "GET", "/v1/things")
  write("docks/acme/drift-allowed.json", [{ request: "GET /v1/old", reason: "Was once." }])
  expect(drift()).toEqual(["GET /v1/old is allowed to drift, and does not"])
})

it("lets a name in braces stand for any one segment of what is allowed", () => {
  record("odd", "GET", "/v1/stuff/7")
  record("odder", "GET", "/v1/stuff/8")
  write("docks/acme/drift-allowed.json", [{ request: "GET /v1/stuff/{id}", reason: "Not published." }])
  expect(drift()).toEqual([])
})

it.each([
  ["acme.json", { openapi: "3.0.3", servers: [{ url: "https://api.example.com/v1" }] }],
  ["acme.openapi.json", { openapi: "3.0.3", servers: [{ url: "/v1/" }] }],
  ["acme.swagger.yml", { swagger: "2.0", basePath: "/v1" }],
])("reads %s, and below which path it begins", (file, head) => {
  rmSync(join(folder, "specs/acme.postman_collection.json"))
  // JSON is YAML too.
  write(`specs/${file}`, { ...head, paths: { "/things/{id}": { parameters: [], get: {} } } })
  record("one", "GET", "/v1/things/7")
  record("odd", "GET", "/things/7")
  record("odder", "DELETE", "/v1/things/7")
  expect(drift()).toEqual([
    "GET /things/7 is not in the specification",
    "DELETE /v1/things/7 is not in the specification",
  ])
})

it("says nothing of a provider without a specification", () => {
  rmSync(join(folder, "specs/acme.postman_collection.json"))
  record("odd", "GET", "/anything")
  expect(drift()).toEqual([])
})
