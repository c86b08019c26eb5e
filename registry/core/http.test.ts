import { describe, expect, it } from "vitest"
import { Budget } from "./budget.ts"
import { systemClock } from "./clock.ts"
import { DockError } from "./errors.ts"
import { acme, answer, fakeClock, type Handler, loopback } from "./node/loopback.ts"
import { Secret } from "./secret.ts"

const failureOf = (promise: Promise<unknown>): Promise<DockError> =>
  promise.then(
    () => expect.fail("it should have failed"),
    (error: unknown) => {
      expect(error).toBeInstanceOf(DockError)
      return error as DockError
    },
  )

const silent: Handler = () => {}

describe("a request", () => {
  it("fills the path's template, encoded, and adds the query to a base that has a path", async () => {
    const { url, requests } = await loopback(answer(200))
    const got = await acme(`${url}/api/v1/`).get("/sites/{id}/file/{name}", {
      params: { id: 7, name: "../a b/ü?" },
      query: { page: 2, tag: ["x", "y&z"], all: true, none: undefined },
    })
    expect(requests[0]?.url).toBe(
      "/api/v1/sites/7/file/..%2Fa%20b%2F%C3%BC%3F?page=2&tag=x&tag=y%26z&all=true",
    )
    expect(got).toMatchObject({
      provider: "acme",
      endpoint: "GET /sites/{id}/file/{name}",
      status: 200,
      body: {},
    })
  })

  it.each([
    ["an empty parameter", "/sites/{id}", { id: "" }],
    ["a blank parameter", "/sites/{id}", { id: " " }],
    ["a parameter that climbs", "/sites/{id}", { id: ".." }],
    ["a missing parameter", "/sites/{id}", {}],
    ["an inherited parameter", "/sites/{toString}", {}],
    ["a parameter that the path does not have", "/sites", { id: "1" }],
    ["half of a character", "/sites/{id}", { id: "\ud800" }],
    ["a path with a query", "/sites?id=1", {}],
    ["a path that is an address", "https://example.com/sites", {}],
  ])("is not sent with %s", async (_, path, params) => {
    const { url, requests } = await loopback(answer(200))
    expect((await failureOf(acme(url).get(path, { params }))).code).toBe("invalid_request")
    expect(requests).toHaveLength(0)
  })

  it.each(["not an address", "http://example.com", "ftp://127.0.0.1", "https://user:pass@example.com"])(
    "is not sent to the base %s",
    async (base) => {
      const failure = await failureOf(acme(base).get("/sites"))
      expect(failure).toMatchObject({
        code: "invalid_credentials",
        suggestion: expect.stringContaining("https://"),
      })
    },
  )

  it("asks for JSON, says who it is, and carries the credential", async () => {
    const { url, requests } = await loopback(answer(200))
    await acme(url).bearer(new Secret("fake-secret-1")).get("/a")
    await acme(url).basic("ü", new Secret("fake-secret-2")).header("x-plain", "p").get("/a")
    expect(requests[0]?.headers).toMatchObject({
      accept: "application/json",
      "user-agent": "stackdock",
      authorization: "Bearer fake-secret-1",
    })
    expect(requests[1]?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from("ü:fake-secret-2").toString("base64")}`,
      "x-plain": "p",
    })
  })

  it("sends JSON, with the secrets in it in clear", async () => {
    const { url, requests } = await loopback(answer(201, { id: 1 }))
    await acme(url).post("/users", { json: { name: "n", password: new Secret("fake-secret") } })
    expect(requests[0]?.headers["content-type"]).toBe("application/json")
    expect(JSON.parse(requests[0]?.body ?? "")).toEqual({ name: "n", password: "fake-secret" })
  })

  it("does not change the client that a header is added to", async () => {
    const { url, requests } = await loopback(answer(200))
    const plain = acme(url)
    plain.bearer(new Secret("fake-secret"))
    await plain.get("/a")
    expect(requests[0]?.headers.authorization).toBeUndefined()
  })

  it("follows a next page within the same origin, and the query on top of it", async () => {
    const { url, requests } = await loopback(answer(200))
    const http = acme(`${url}/v1`)
    await http.get("/sites", { url: `${url}/v1/sites?page=2&per_page=10`, query: { per_page: 100 } })
    await http.get("/sites", { url: "/v1/sites?page=3" })
    expect(requests.map((request) => request.url)).toEqual([
      "/v1/sites?page=2&per_page=100",
      "/v1/sites?page=3",
    ])
  })

  it.each([
    "https://evil.example/sites?page=2",
    "//evil.example/sites",
    "http://127.0.0.1:1/sites",
    "http://",
  ])("does not follow a next page at %s", async (next) => {
    const { url, requests } = await loopback(answer(200))
    const failure = await failureOf(acme(url).bearer(new Secret("fake-secret")).get("/sites", { url: next }))
    expect(failure.code).toBe("invalid_response")
    expect(requests).toHaveLength(0)
  })
})

describe("a refusal for going too fast", () => {
  it.each([
    ["seconds", { "retry-after": "7" }, 7_000],
    [
      "a date",
      { "retry-after": "Fri, 20 Nov 2026 10:00:09 GMT", date: "Fri, 20 Nov 2026 10:00:00 GMT" },
      9_000,
    ],
    [
      "a date, while our clock is wrong",
      { "retry-after": "Fri, 20 Nov 2020 10:00:09 GMT", date: "Fri, 20 Nov 2020 10:00:00 GMT" },
      9_000,
    ],
    ["the provider's own header", { "x-wait": "27", "retry-after": "60" }, 27_000],
    [
      "the provider's own reset instant",
      { "x-reset": "1795168811", date: "Fri, 20 Nov 2026 10:00:00 GMT" },
      11_000,
    ],
  ])("waits as long as told by %s", async (_, headers, ms) => {
    const { url, requests } = await loopback(answer(429, {}, headers), answer(200, { ok: true }))
    const { clock, slept } = fakeClock()
    const meter = { requests: 0, waitedMs: 0 }
    const got = await acme(url, {
      clock,
      meter,
      limits: {
        windows: [],
        documentedAt: "https://example.com",
        headers: [{ retryAfter: "x-wait", reset: { header: "x-reset", as: "unix-seconds" } }],
      },
    }).get("/a")
    expect(got.body).toEqual({ ok: true })
    expect(slept).toEqual([ms])
    expect(meter).toEqual({ requests: 2, waitedMs: ms })
    expect(requests).toHaveLength(2)
  })

  it("backs off by itself when it is told nothing", async () => {
    const { url, requests } = await loopback(answer(429), answer(429), answer(429), answer(429), answer(200))
    const { clock, slept } = fakeClock()
    const failure = await failureOf(acme(url, { clock }).get("/a"))
    expect(failure).toMatchObject({ code: "rate_limited", status: 429 })
    expect(requests).toHaveLength(4)
    for (const [index, full] of [500, 1_000, 2_000].entries()) {
      expect(slept[index]).toBeGreaterThanOrEqual(full / 2)
      expect(slept[index]).toBeLessThanOrEqual(full)
    }
  })

  it("gives up at once, saying when to come back, rather than wait longer than allowed", async () => {
    const { url, requests } = await loopback(answer(429, {}, { "retry-after": "300", "x-request-id": "r-1" }))
    const { clock, slept } = fakeClock()
    const failure = await failureOf(acme(url, { clock }).get("/a"))
    expect(failure).toMatchObject({
      code: "rate_limited",
      retryAfterMs: 300_000,
      status: 429,
      requestId: "r-1",
    })
    expect(requests).toHaveLength(1)
    expect(slept).toEqual([])
  })

  it("counts its waits together", async () => {
    const { url, requests } = await loopback(answer(429, {}, { "retry-after": "50" }))
    const { clock, slept } = fakeClock()
    const failure = await failureOf(acme(url, { clock, attempts: 9 }).get("/a"))
    expect(failure).toMatchObject({ code: "rate_limited", retryAfterMs: 50_000 })
    expect(slept).toEqual([50_000, 50_000])
    expect(requests).toHaveLength(3)
  })

  it("holds back every client that shares the budget", async () => {
    const { url } = await loopback(answer(429, {}, { "retry-after": "30" }), answer(200))
    const { clock, slept } = fakeClock()
    const limits = { windows: [], documentedAt: "https://example.com" }
    const budget = new Budget(limits)
    await failureOf(acme(url, { clock, budget, attempts: 1 }).get("/a"))
    await acme(url, { clock, budget }).get("/b")
    expect(slept).toEqual([30_000])
  })

  it("is not repeated when it is a plan's limit", async () => {
    const { url, requests } = await loopback(
      answer(429, { error: { code: "quota" } }, { "retry-after": "9" }),
    )
    const problem = () => ({ means: "quota_exceeded", message: "Plan limit reached" }) as const
    const failure = await failureOf(acme(url, { problem }).get("/a"))
    expect(failure).toMatchObject({
      code: "quota_exceeded",
      message: "acme: GET /a answered 429: Plan limit reached",
    })
    expect(requests).toHaveLength(1)
  })

  it("does not begin a request that the documented budget leaves no room for", async () => {
    const { url, requests } = await loopback(answer(200))
    const { clock, slept } = fakeClock()
    const limits = { windows: [{ requests: 2, seconds: 60 }], documentedAt: "https://example.com" }
    const budget = new Budget(limits)
    const http = acme(url, { clock, limits, budget })
    await http.get("/a")
    await clock.sleep(1_000)
    await http.get("/b")
    await http.get("/c")
    expect(slept).toEqual([1_000, 59_000])
    const failure = await failureOf(acme(url, { clock, limits, budget, maxWaitMs: 900 }).get("/d"))
    expect(failure).toMatchObject({ code: "rate_limited", status: undefined, retryAfterMs: 1_000 })
    expect(requests).toHaveLength(3)
  })
})

describe("a failure that may pass", () => {
  it.each([500, 502, 503, 504, 520])("is tried again after a %i", async (status) => {
    const { url, requests } = await loopback(answer(status, "<html>oops</html>"), answer(200, { ok: true }))
    expect((await acme(url).get("/a")).body).toEqual({ ok: true })
    expect(requests).toHaveLength(2)
  })

  it("is given up after the last attempt, with what the provider said", async () => {
    const { url, requests } = await loopback(
      answer(503, { error: { code: "maintenance", message: "Back soon" } }, { "cf-ray": "ray-1" }),
    )
    const failure = await failureOf(acme(url, { attempts: 3 }).get("/server/{id}", { params: { id: 5 } }))
    expect(failure.toJSON()).toEqual({
      code: "provider_error",
      message: "acme: GET /server/{id} answered 503: Back soon",
      provider: "acme",
      endpoint: "GET /server/{id}",
      status: 503,
      providerCode: "maintenance",
      requestId: "ray-1",
      retryAfterMs: undefined,
      suggestion: "Try again later; if it lasts, look at the provider's status page.",
    })
    expect(requests).toHaveLength(3)
  })

  it("honours Retry-After on a 503, and not on other answers", async () => {
    const { url } = await loopback(
      answer(503, {}, { "retry-after": "11" }),
      answer(200, {}, { "retry-after": "99" }),
    )
    const { clock, slept } = fakeClock()
    const http = acme(url, { clock })
    await http.get("/a")
    await http.get("/a")
    expect(slept).toEqual([11_000])
  })

  it.each(["post", "patch"] as const)(
    "is not tried again for %s, which might happen twice",
    async (method) => {
      const { url, requests } = await loopback(answer(503), answer(200))
      await failureOf(acme(url)[method]("/a", { json: {} }))
      expect(requests).toHaveLength(1)
    },
  )

  it("is tried again for a write that carries an idempotency key, the same each time", async () => {
    const { url, requests } = await loopback(answer(503), answer(201, { id: 1 }))
    await acme(url).post("/a", { json: { n: 1 }, idempotency: { header: "Idempotency-Key", key: "k-1" } })
    expect(requests.map((request) => [request.headers["idempotency-key"], request.body])).toEqual([
      ["k-1", '{"n":1}'],
      ["k-1", '{"n":1}'],
    ])
  })

  it.each(["put", "delete"] as const)("is tried again for %s", async (method) => {
    const { url, requests } = await loopback(answer(502), answer(200))
    await acme(url)[method]("/a")
    expect(requests).toHaveLength(2)
  })

  it("includes an answer that takes too long", async () => {
    const { url, requests } = await loopback(silent, answer(200, { ok: true }))
    expect((await acme(url, { timeoutMs: 200 }).get("/a")).body).toEqual({ ok: true })
    expect(requests).toHaveLength(2)
  })

  it("includes an answer that begins in time and then stalls", async () => {
    const stalls: Handler = (_, response) => {
      response.writeHead(200, { "content-type": "application/json" })
      response.write('{"data":[')
    }
    const { url } = await loopback(stalls)
    const failure = await failureOf(acme(url, { timeoutMs: 200, attempts: 1 }).get("/a"))
    expect(failure).toMatchObject({ code: "timeout", message: "acme: GET /a took longer than 0.2 s" })
  })

  it("includes a connection that is reset in mid-body", async () => {
    const resets: Handler = (_, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "100" })
      response.write('{"data":[1,2', () => response.socket?.destroy())
    }
    const { url, requests } = await loopback(resets, answer(200, { ok: true }))
    expect((await acme(url).get("/a")).body).toEqual({ ok: true })
    expect(requests).toHaveLength(2)
    const alone = await loopback(resets)
    expect((await failureOf(acme(alone.url, { attempts: 1 }).get("/a"))).code).toBe("network")
  })

  it("includes a server that is not there, named by its host", async () => {
    const failure = await failureOf(acme("http://127.0.0.1:1", { attempts: 2 }).get("/a"))
    expect(failure).toMatchObject({ code: "network", message: expect.stringContaining("127.0.0.1:1") })
    expect(failure.cause).toBeUndefined()
  })
})

describe("an answer that cannot be used", () => {
  it.each([
    ["HTML instead of JSON", answer(200, "<!doctype html><p>Sign in"), "with HTML instead of JSON"],
    ["invalid JSON", answer(200, '{"data":[1,'), "with something that is not JSON"],
    ["an empty body", answer(200, ""), "with nothing in it"],
    ["a blank body", answer(200, " \n"), "with nothing in it"],
    [
      "a redirect",
      answer(302, "", { location: "https://login.example.com/?token=x" }),
      "a redirect to https://login.example.com",
    ],
    ["a redirect to nowhere", answer(307, ""), "a redirect"],
    ["a 304 that nobody asked for", answer(304, ""), "a redirect"],
  ])("says so for %s, and is not asked for again", async (_, handler, what) => {
    const { url, requests } = await loopback(handler)
    const failure = await failureOf(acme(url).get("/a"))
    expect(failure.code).toBe("invalid_response")
    expect(failure.message.endsWith(what)).toBe(true)
    expect(failure.suggestion).toBeTruthy()
    expect(requests).toHaveLength(1)
  })

  it("is not read beyond 32 MiB", async () => {
    const chunk = Buffer.alloc(1024 * 1024, 0x20)
    let sent = 0
    const endless: Handler = (_, response) => {
      response.writeHead(200)
      const more = () => {
        while (!response.destroyed && response.write(chunk)) sent++
        sent++
      }
      response.on("drain", more)
      more()
    }
    const { url } = await loopback(endless)
    const failure = await failureOf(acme(url).get("/a"))
    expect(failure).toMatchObject({ code: "invalid_response", message: expect.stringContaining("more than") })
    expect(sent).toBeLessThan(64)
  })

  it("may be empty after a write, and after a 204", async () => {
    const { url } = await loopback(answer(200, ""), answer(204, ""), answer(204, ""))
    expect((await acme(url).delete("/a")).body).toBeUndefined()
    expect((await acme(url).put("/a")).body).toBeUndefined()
    expect((await acme(url).get("/a")).body).toBeUndefined()
  })
})

describe("an error of the provider", () => {
  it.each([
    [400, "invalid_request"],
    [401, "unauthorized"],
    [402, "quota_exceeded"],
    [403, "forbidden"],
    [404, "not_found"],
    [409, "conflict"],
    [410, "not_found"],
    [422, "invalid_request"],
    [423, "conflict"],
    [501, "provider_error"],
  ])("with status %i means %s, and is not repeated", async (status, code) => {
    const { url, requests } = await loopback(answer(status, { message: "No." }))
    const failure = await failureOf(acme(url).get("/a"))
    expect(failure).toMatchObject({ code, status, message: `acme: GET /a answered ${status}: No.` })
    expect(failure.suggestion).toBeTruthy()
    expect(requests).toHaveLength(1)
  })

  it("is found inside a 200 by the dock", async () => {
    const { url } = await loopback(answer(200, { success: false, why: "no such zone" }))
    const problem = (body: unknown) =>
      typeof body === "object" && body && "why" in body
        ? { message: String(body.why), code: "E1" }
        : undefined
    expect(await failureOf(acme(url, { problem }).get("/a"))).toMatchObject({
      code: "provider_error",
      message: "acme: GET /a answered 200: no such zone",
      providerCode: "E1",
    })
  })

  it("is read in the usual shapes when the dock does not know it, or fails over it", async () => {
    const { url } = await loopback(answer(400, { error: "bad" }))
    for (const problem of [
      () => undefined,
      () => {
        throw new Error("the dock stumbled")
      },
    ]) {
      expect((await failureOf(acme(url, { problem }).get("/a"))).message).toBe(
        "acme: GET /a answered 400: bad",
      )
    }
  })

  it("is cut short and put on one line", async () => {
    const { url } = await loopback(answer(400, { message: `a\n\nb ${"x".repeat(10_000)}` }))
    const { message } = await failureOf(acme(url).get("/a"))
    expect(message).toContain("answered 400: a b xxx")
    expect(message.length).toBeLessThan(600)
  })
})

describe("cancellation", () => {
  it("ends a wait at once", async () => {
    const { url } = await loopback(answer(429, {}, { "retry-after": "60" }))
    const stop = new AbortController()
    const clock = {
      now: () => 0,
      sleep: () => {
        queueMicrotask(() => stop.abort())
        return new Promise<void>(() => {})
      },
    }
    const failure = await failureOf(acme(url, { clock, signal: stop.signal }).get("/a"))
    expect(failure.code).toBe("canceled")
  })

  it("ends a real wait at once", async () => {
    const stop = new AbortController()
    const { url } = await loopback((_, response) => {
      response.writeHead(429, { "retry-after": "60" }).end(() => setTimeout(() => stop.abort(), 20))
    })
    const failure = await failureOf(acme(url, { clock: systemClock, signal: stop.signal }).get("/a"))
    expect(failure.code).toBe("canceled")
  })

  it("ends a request that is under way at once, and sends no other", async () => {
    const stop = new AbortController()
    const { url, requests } = await loopback(() => stop.abort())
    const failure = await failureOf(acme(url, { signal: stop.signal }).get("/a"))
    expect(failure).toMatchObject({ code: "canceled", message: "acme: GET /a was canceled" })
    expect(requests).toHaveLength(1)
  })

  it("sends nothing when it came before", async () => {
    const { url, requests } = await loopback(answer(200))
    const failure = await failureOf(acme(url, { signal: AbortSignal.abort("why") }).get("/a"))
    expect(failure.code).toBe("canceled")
    expect(requests).toHaveLength(0)
  })
})
