import { describe, expect, it } from "vitest"
import { type Asking, ORIGIN, openServer } from "../server.fixture.ts"
import { RateLimiter } from "./rate-limit.ts"

const change: Asking = { as: "ada", method: "PUT", json: { role: "client" } }

describe("the server", () => {
  it.each([
    ["a name that somebody else points at it", { host: "evil.example" }],
    ["its own name with another port", { host: "dash.example:8080" }],
    ["no name", { host: "" }],
  ])("does not answer under %s", async (_, headers) => {
    const { ask } = await openServer()
    for (const path of ["/", "/api/session", "/api/auth/anything"]) {
      const response = await ask(path, { as: "ada", headers })
      expect(response.status).toBe(421)
      expect(await response.json()).toMatchObject({ code: "wrong_host" })
    }
  })

  it.each([
    ["another site's page", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
    [
      "another port of the same machine",
      { "sec-fetch-site": "same-site", origin: "http://dash.example:8080" },
    ],
    ["another origin, in an old browser", { origin: "https://evil.example" }],
    ["a sandboxed frame", { origin: "null" }],
    ["its own origin, as only a program could write it", { "sec-fetch-site": "cross-site" }],
  ])("does nothing for %s, whatever cookie it brings", async (_, headers) => {
    const { ask, stackdock } = await openServer()
    const response = await ask("/api/members/client-of-a", { ...change, json: { role: "admin" }, headers })
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: "cross_site" })
    expect(await stackdock.listMembers()).toContainEqual(
      expect.objectContaining({ userId: "client-of-a", role: "client" }),
    )
    const reading = await ask("/api/session", { as: "ada", headers })
    expect(reading.status).toBe(403)
  })

  it("does nothing for a program that does not say where it belongs", async () => {
    const { server } = await openServer()
    const response = await server.app.request(`${ORIGIN}/api/sync`, {
      method: "POST",
      headers: { host: "dash.example", cookie: "user=ada", "content-type": "application/json" },
      body: "{}",
    })
    expect(response.status).toBe(403)
  })

  it("lets a browser come back from another site's sign-in, and type an address", async () => {
    const { ask } = await openServer()
    const back = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" }
    const { server } = await openServer()
    const response = await server.app.request(`${ORIGIN}/api/auth/callback/somewhere`, {
      headers: { host: "dash.example", ...back },
    })
    expect(response.status).toBe(200)
    expect((await ask("/api/session", { as: "ada", headers: { "sec-fetch-site": "none" } })).status).toBe(200)
  })

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonp",
  ])("takes no form that a page could send without asking: %s", async (type) => {
    const { ask } = await openServer()
    const response = await ask("/api/sync", { as: "ada", json: {}, headers: { "content-type": type } })
    expect(response.status).toBe(415)
  })

  it("allows no other origin to read anything", async () => {
    const { ask } = await openServer()
    const preflight = await ask("/api/sync", {
      method: "OPTIONS",
      headers: { origin: "https://evil.example", "access-control-request-method": "POST" },
    })
    const answers = [preflight, await ask("/api/session", { as: "ada" })]
    for (const { headers } of answers) {
      expect([...headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([])
    }
  })

  it("says on every answer what a page may do, also on errors", async () => {
    const { ask } = await openServer({
      pages: async () => new Response("<!doctype html>", { headers: { "content-type": "text/html" } }),
    })
    const answers = [
      await ask("/"),
      await ask("/api/session"),
      await ask("/api/session", { as: "ada" }),
      await ask("/", { headers: { host: "evil.example" } }),
      // Nobody can write to the headers of such an answer.
      await ask("/api/auth/elsewhere"),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 200, 421, 302])
    for (const { headers } of answers) {
      const policy = headers.get("content-security-policy") ?? ""
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self';")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(headers.get("x-content-type-options")).toBe("nosniff")
      expect(headers.get("referrer-policy")).toBe("no-referrer")
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin")
      expect(headers.get("cross-origin-resource-policy")).toBe("same-origin")
      expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/)
    }
    expect(answers[2]?.headers.get("cache-control")).toBe("no-store")
  })

  it("takes nothing larger than a megabyte, also where no length is told", async () => {
    const { ask, server } = await openServer()
    const large = { docks: ["x".repeat(1024 * 1024)] }
    expect((await ask("/api/sync", { as: "ada", json: large })).status).toBe(413)
    const chunks = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode(" ".repeat(64 * 1024)))
      },
    })
    const response = await server.app.request(`${ORIGIN}/api/sync`, {
      method: "POST",
      headers: {
        host: "dash.example",
        origin: ORIGIN,
        cookie: "user=ada",
        "content-type": "application/json",
      },
      body: chunks,
      duplex: "half",
    } as RequestInit)
    expect(response.status).toBe(413)
  })

  it("tells in every answer how much is left, and refuses beyond it with when to come back", async () => {
    const { ask } = await openServer()
    const first = await ask("/api/auth/sign-in", { json: {} })
    expect(first.headers.get("ratelimit-policy")).toBe('"sign-in";q=10;w=60, "address";q=1200;w=20')
    expect(first.headers.get("ratelimit")).toMatch(/^"sign-in";r=9;t=\d+, "address";r=1199;t=\d+$/)
    let last = first
    for (let tries = 1; tries < 11; tries += 1) last = await ask("/api/auth/sign-in", { json: {} })
    expect(last.status).toBe(429)
    expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0)
    expect(await last.json()).toMatchObject({ code: "too_many_requests" })
    expect((await ask("/api/session", { as: "ada" })).status).toBe(200)
  })

  it("counts each address by itself", async () => {
    const { ask } = await openServer({ addressOf: (c) => c.req.header("x-test-address") ?? "" })
    const from = (address: string) =>
      ask("/api/auth/sign-in", { json: {}, headers: { "x-test-address": address } })
    for (let tries = 0; tries < 11; tries += 1) await from("198.51.100.1")
    expect((await from("198.51.100.1")).status).toBe(429)
    expect((await from("198.51.100.2")).status).toBe(401)
  })

  it("counts no sign-in that succeeds among the tries", async () => {
    const { ask } = await openServer()
    for (let times = 0; times < 30; times += 1) {
      expect((await ask("/api/auth/right", { json: {} })).status).toBe(200)
    }
  })
})

describe("a rate limit", () => {
  it("fills up again with time, and never beyond its size", () => {
    let now = 0
    const limiter = new RateLimiter({ name: "test", burst: 2, perSecond: 1 }, () => now)
    expect([limiter.take("a"), limiter.take("a"), limiter.take("a")].map((taken) => taken.isAllowed)).toEqual(
      [true, true, false],
    )
    now = 1_000
    expect(limiter.take("a").isAllowed).toBe(true)
    expect(limiter.take("a").isAllowed).toBe(false)
    now = 1_000_000
    expect(limiter.take("a").remaining).toBe(1)
  })
})
