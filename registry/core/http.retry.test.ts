import { describe, expect, it } from "vitest"
import { systemClock } from "./clock.ts"
import { acme, answer, failureOf, fakeClock, type Handler, loopback } from "./loopback.suite.ts"

const silent: Handler = () => {}

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
