import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type PlayedProvider, serveRecordings } from "./node/serve.ts"
import type { Recording } from "./recording.ts"

const provenance = { kind: "written", date: "2026-01-01", apiVersion: "v1" } as const
const recordings: Recording[] = [
  {
    file: "things/page-1.json",
    scenario: "the only page",
    provenance,
    request: { method: "GET", url: "https://api.example.com/v1/things", query: { page: "1" } },
    response: { status: 200, headers: { "x-request-id": "r1" }, body: { things: [] } },
  },
  {
    file: "errors/unauthorized.json",
    scenario: "a wrong token",
    provenance,
    request: { method: "GET", url: "https://api.example.com/v1/things" },
    response: { status: 401, body: { message: "Who are you?" } },
  },
]

describe("a played provider", () => {
  let provider: PlayedProvider
  beforeAll(async () => {
    provider = await serveRecordings({ recordings, authorization: "Bearer fake-secret-good" })
  })
  afterAll(() => provider.close())
  const get = (path: string, token = "fake-secret-good") =>
    fetch(`${provider.origin}${path}`, { headers: { authorization: `Bearer ${token}` } })

  it("answers from its recordings", async () => {
    const response = await get("/v1/things?page=1")
    expect([response.status, response.headers.get("x-request-id")]).toEqual([200, "r1"])
    expect(await response.json()).toEqual({ things: [] })
  })

  it("refuses a wrong credential as was recorded", async () => {
    const response = await get("/v1/things?page=1", "fake-secret-bad")
    expect([response.status, await response.json()]).toEqual([401, { message: "Who are you?" }])
  })

  it("says which recording is nearest to a request that none answers", async () => {
    const response = await get("/v1/things?page=2")
    expect(response.status).toBe(501)
    expect(JSON.stringify(await response.json())).toContain("things/page-1.json")
  })
})
