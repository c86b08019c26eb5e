import type { Context, MiddlewareHandler } from "hono"
import type { ServerEnv } from "../answer.ts"
import { Refusal } from "../problem.ts"

export interface Rate {
  /** As the headers name it. */
  name: string
  /** So many at once, after a rest. */
  burst: number
  perSecond: number
}

/** Beyond this many, whoever was quiet the longest is forgotten: nobody fills the memory by being many. */
const MOST_KEYS = 10_000

/** Token buckets, by whom they are counted. */
export class RateLimiter {
  readonly #rate: Rate
  readonly #now: () => number
  readonly #buckets = new Map<string, { tokens: number; at: number }>()

  constructor(rate: Rate, now: () => number = Date.now) {
    this.#rate = rate
    this.#now = now
  }

  take(key: string): { isAllowed: boolean; remaining: number; seconds: number } {
    const { burst, perSecond } = this.#rate
    const now = this.#now()
    const bucket = this.#buckets.get(key) ?? { tokens: burst, at: now }
    const filled = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond)
    const isAllowed = filled >= 1
    const tokens = isAllowed ? filled - 1 : filled
    this.#buckets.delete(key)
    this.#buckets.set(key, { tokens, at: now })
    if (this.#buckets.size > MOST_KEYS) {
      const [oldest] = this.#buckets.keys()
      if (oldest !== undefined) this.#buckets.delete(oldest)
    }
    return { isAllowed, remaining: Math.floor(tokens), seconds: Math.ceil((burst - tokens) / perSecond) }
  }

  giveBack(key: string): void {
    const bucket = this.#buckets.get(key)
    if (bucket) bucket.tokens = Math.min(this.#rate.burst, bucket.tokens + 1)
  }

  /** After how many seconds one more is allowed, where none is. */
  get retryAfter(): number {
    return Math.max(1, Math.ceil(1 / this.#rate.perSecond))
  }

  get policy(): string {
    const { name, burst, perSecond } = this.#rate
    return `"${name}";q=${burst};w=${Math.ceil(burst / perSecond)}`
  }
}

/** Refuses what comes too fast, and tells of the limit in every answer. With `onlyFailures`, what succeeds does not count. */
export function limited(
  rate: Rate,
  keyOf: (c: Context<ServerEnv>) => string,
  { onlyFailures = false } = {},
): MiddlewareHandler<ServerEnv> {
  const limiter = new RateLimiter(rate)
  return async (c, next) => {
    const key = keyOf(c)
    const { isAllowed, remaining, seconds } = limiter.take(key)
    const headers = {
      "ratelimit-policy": limiter.policy,
      ratelimit: `"${rate.name}";r=${remaining};t=${seconds}`,
    }
    if (!isAllowed) {
      throw new Refusal({
        code: "too_many_requests",
        status: 429,
        message: "Too many requests in a short time.",
        suggestion: `Wait ${limiter.retryAfter === 1 ? "a second" : `${limiter.retryAfter} seconds`}, and try it again.`,
        headers: { ...headers, "retry-after": String(limiter.retryAfter) },
      })
    }
    await next()
    // Counted before it is known how it ends, so that many at once are not all let through.
    if (onlyFailures && c.res.ok) limiter.giveBack(key)
    for (const [name, value] of Object.entries(headers)) c.header(name, value, { append: true })
  }
}
