import { describe, expect, it } from "vitest"
import { Budget } from "./budget.ts"
import { acme, answer, failureOf, fakeClock, loopback } from "./loopback.suite.ts"

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
