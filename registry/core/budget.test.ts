import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Budget } from "./budget.ts"
import type { RateLimits } from "./limits.ts"

const documentedAt = "https://example.com"
const servers = { host: "api.example.com", method: "GET", path: "/server" }
const sites = { host: "api.example.com", method: "GET", path: "/site" }

function waitOf(budget: Budget, target: typeof servers, now: number): number {
  const taken = budget.take(target, now)
  return "waitMs" in taken ? taken.waitMs : 0
}

describe("Budget", () => {
  it("never lets more through in any stretch of a window than is documented, whatever the order", () => {
    const windows = [
      { requests: 5, seconds: 10 },
      { requests: 12, seconds: 60 },
      { requests: 3, seconds: 20, per: "endpoint" as const },
    ]
    const step = fc.record({
      target: fc.constantFrom(servers, sites),
      pauseMs: fc.integer({ min: 0, max: 4_000 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const budget = new Budget({ windows, documentedAt })
        const made: { at: number; path: string }[] = []
        let now = 0
        for (const { target, pauseMs } of steps) {
          now += pauseMs
          for (let wait = waitOf(budget, target, now); wait > 0; wait = waitOf(budget, target, now))
            now += wait
          made.push({ at: now, path: target.path })
        }
        for (const { requests, seconds, per } of windows) {
          for (const first of made) {
            const together = made.filter(
              ({ at, path }) =>
                at >= first.at && at < first.at + seconds * 1000 && (!per || path === first.path),
            )
            expect(together.length).toBeLessThanOrEqual(requests)
          }
        }
      }),
    )
  })

  it("uses all that is documented", () => {
    const budget = new Budget({ windows: [{ requests: 3, seconds: 60 }], documentedAt })
    expect([0, 10, 20, 30].map((now) => waitOf(budget, servers, now))).toEqual([0, 0, 0, 59_970])
  })

  it("counts a request from its answer on, because the provider may see it as late as that", () => {
    const budget = new Budget({ windows: [{ requests: 1, seconds: 60 }], documentedAt })
    const taken = budget.take(servers, 0)
    if ("place" in taken) taken.place.at = 5_000
    expect(waitOf(budget, servers, 60_000)).toBe(5_000)
  })

  it("counts each host, and each endpoint where told so, for itself", () => {
    const budget = new Budget({ windows: [{ requests: 1, seconds: 60, per: "endpoint" }], documentedAt })
    expect(waitOf(budget, servers, 0)).toBe(0)
    expect(waitOf(budget, sites, 0)).toBe(0)
    expect(waitOf(budget, { ...servers, host: "eu.example.com" }, 0)).toBe(0)
    expect(waitOf(budget, servers, 0)).toBe(60_000)
  })

  it("counts endpoints that are named together, and apart from the rest", () => {
    const only = ["POST /server", "POST /site"]
    const budget = new Budget({ windows: [{ requests: 2, seconds: 60, only }], documentedAt })
    const posts = [servers, sites].map((target) => ({ ...target, method: "POST" }))
    expect(posts.map((target) => waitOf(budget, target, 0))).toEqual([0, 0])
    expect(posts.map((target) => waitOf(budget, target, 0))).toEqual([60_000, 60_000])
    expect(waitOf(budget, servers, 0)).toBe(0)
  })

  it("reads the structured headers: the item with the least left", () => {
    const budget = new Budget({ windows: [], documentedAt, headers: [{ structured: true }] })
    const headers = new Headers({
      ratelimit: '"burst";r=0;t=7, "day, as told";r=90;t=3000',
      "ratelimit-policy": '"burst";q=100;w=60, "day, as told";q=100;w=86400',
    })
    budget.learn(servers, headers, 0)
    expect(waitOf(budget, servers, 0)).toBe(7_000)
    expect(budget.refused(servers, headers, 0)).toBe(7_000)
    budget.learn(sites, new Headers({ ratelimit: "what?" }), 7_000)
    expect(waitOf(budget, sites, 7_000)).toBe(0)
  })

  const told: RateLimits = {
    windows: [
      { requests: 60, seconds: 60 },
      { requests: 12, seconds: 60, per: "endpoint" },
    ],
    documentedAt,
    headers: [
      {
        per: "endpoint",
        limit: "x-endpoint-limit",
        remaining: "x-endpoint-left",
        reset: { header: "x-endpoint-reset", as: "seconds" },
        retryAfter: "x-endpoint-wait",
      },
      { remaining: "x-left" },
    ],
  }
  const heard = (headers: Record<string, string>) => {
    const budget = new Budget(told)
    budget.learn(servers, new Headers(headers), 0)
    return budget
  }

  it("stops by itself when the provider says that nothing is left, until the reset", () => {
    const budget = heard({ "x-endpoint-left": "0", "x-endpoint-reset": "40" })
    expect(waitOf(budget, servers, 0)).toBe(40_000)
    expect(waitOf(budget, sites, 0)).toBe(0)
    expect(waitOf(budget, servers, 40_000)).toBe(0)
  })

  it("waits for a window to pass when the provider does not say when the budget is full again", () => {
    const budget = heard({ "x-left": "0" })
    expect(waitOf(budget, sites, 0)).toBe(60_000)
  })

  it("believes the provider when it counts more requests than we made", () => {
    const budget = heard({ "x-endpoint-left": "2", "x-endpoint-reset": "40" })
    expect([1, 2, 3].map((now) => waitOf(budget, servers, now))).toEqual([0, 0, 39_997])
  })

  it("does not let a late answer give back what was used meanwhile", () => {
    const budget = heard({ "x-endpoint-left": "1", "x-endpoint-reset": "40" })
    budget.learn(servers, new Headers({ "x-endpoint-left": "5", "x-endpoint-reset": "40" }), 100)
    expect(waitOf(budget, servers, 200)).toBe(0)
    expect(waitOf(budget, servers, 200)).toBe(39_900)
  })

  it("takes over a limit that differs from the documented one", () => {
    const budget = heard({ "x-endpoint-limit": "2" })
    expect([1, 2, 3].map((now) => waitOf(budget, servers, now))).toEqual([0, 0, 59_998])
  })

  it.each(["-1", "soon", "", "1e9", "NaN", "99999999999"])("ignores a reset of %j", (reset) => {
    const budget = heard({ "x-endpoint-left": "0", "x-endpoint-reset": reset })
    expect(waitOf(budget, servers, 0)).toBe(60_000)
  })

  it("ignores a limit of nothing", () => {
    expect(waitOf(heard({ "x-endpoint-limit": "0" }), servers, 0)).toBe(0)
  })

  it("holds back only the endpoint that was refused, when the refusal is the endpoint's", () => {
    const budget = new Budget(told)
    expect(budget.refused(servers, new Headers({ "x-endpoint-wait": "27" }), 0)).toBe(27_000)
    expect(waitOf(budget, servers, 0)).toBe(27_000)
    expect(waitOf(budget, sites, 0)).toBe(0)
  })

  it("holds back everything, when the refusal does not say whose it is", () => {
    const budget = new Budget(told)
    expect(budget.refused(servers, new Headers({ "retry-after": "9" }), 0)).toBe(9_000)
    expect(waitOf(budget, sites, 0)).toBe(9_000)
  })

  it("does not blame a budget that still has something left", () => {
    const headers = { "x-endpoint-left": "3", "x-endpoint-reset": "40" }
    expect(new Budget(told).refused(servers, new Headers(headers), 0)).toBeUndefined()
  })

  it("tells nothing when the refusal tells nothing", () => {
    for (const headers of [{}, { "retry-after": "0" }, { "retry-after": "soon" }, { "retry-after": "-5" }]) {
      expect(new Budget(told).refused(servers, new Headers(headers), 0)).toBeUndefined()
    }
  })

  it("tells how much of each window is used, and until when it is held back", () => {
    const budget = new Budget({
      windows: [
        { requests: 3, seconds: 60 },
        { requests: 1, seconds: 30, per: "endpoint" },
        { requests: 5, seconds: 10, only: ["GET /site"] },
      ],
      documentedAt,
    })
    expect(budget.uses(0)).toEqual([])
    budget.take(servers, 0)
    budget.take(sites, 20_000)
    const told = (now: number) =>
      budget.uses(now).map(({ of, used, limit, seconds }) => `${of}: ${used} of ${limit} in ${seconds} s`)
    expect(told(20_000)).toEqual([
      "api.example.com: 2 of 3 in 60 s",
      "api.example.com /server: 1 of 1 in 30 s",
      "api.example.com /site: 1 of 1 in 30 s",
      "api.example.com GET /site: 1 of 5 in 10 s",
    ])
    expect(told(61_000)[0]).toBe("api.example.com: 1 of 3 in 60 s")
    budget.refused(servers, new Headers({ "retry-after": "30" }), 20_000)
    expect(budget.uses(20_000)[0]?.pausedUntil).toBe(new Date(50_000).toISOString())
    expect(budget.uses(50_000)[0]?.pausedUntil).toBeNull()
  })

  it("tells what the provider itself has counted, where nothing is documented", () => {
    const budget = new Budget({
      windows: [],
      documentedAt,
      headers: [{ limit: "x-limit", remaining: "x-remaining", reset: { header: "x-reset", as: "seconds" } }],
    })
    budget.take(servers, 0)
    expect(budget.uses(0)).toEqual([])
    const headers = new Headers({
      "x-limit": "100",
      "x-remaining": "40",
      "x-reset": "30",
    })
    budget.learn(servers, headers, 0)
    expect(budget.uses(0)).toMatchObject([{ of: "api.example.com", used: 60, limit: 100 }])
  })
})
