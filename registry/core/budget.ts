import type { RateLimits, RateWindow } from "./limits.ts"
import { retryAfter, toldBudgets } from "./rate-headers.ts"

/** Where a request goes: budgets are counted for each host, for each path template of it, and for some endpoints of their own. */
export interface Target {
  readonly host: string
  readonly method: string
  readonly path: string
}

type Per = RateWindow["per"]

/** One request that was let through, counted from when its answer came: the provider saw it before that. */
interface Place {
  at: number
}

/** What is counted together. */
interface Account {
  /** For people. */
  readonly of: string
  readonly windows: readonly RateWindow[]
  places: Place[]
  /** Learned from answers. */
  limit?: number
  told?: { left: number; until: number }
  pausedUntil?: number
}

/** What the HTTP client asks before each request, and tells after it. */
export interface RequestBudget {
  /** Lets a request through, or tells how long to wait before asking again. Whoever shares a budget may have to be asked. */
  take(target: Target, now: number): Admission | Promise<Admission>
  learn(target: Target, headers: Headers, now: number): void
  refused(target: Target, headers: Headers, now: number): number | undefined
  /** What is counted in this process; nothing before the first request. */
  uses(now: number): BudgetUse[]
}

/** How much of one window is used. */
export interface BudgetUse {
  /** `my.gridpane.com`, with the endpoint where one is counted by itself. */
  of: string
  used: number
  limit: number
  seconds: number
  /** Until when the provider has asked to be left alone. */
  pausedUntil: string | null
}

export type Admission = { readonly place: Place } | { readonly waitMs: number }

/**
 * The request budget of one credential, shared by all its clients in this process. Each window remembers when its requests were made,
 * so that no stretch of that length ever holds more than the documented number; a bucket that refills steadily
 * would let almost twice as many through in its first window.
 */
export class Budget implements RequestBudget {
  readonly #limits: RateLimits
  readonly #accounts = new Map<string, Account>()

  constructor(limits: RateLimits) {
    this.#limits = limits
  }

  /** Lets a request through, or tells how long to wait before asking again. */
  take(target: Target, now: number): Admission {
    const counts = this.#counts(target)
    const waitMs = Math.max(...counts.map((account) => waitOf(account, now)))
    if (waitMs > 0) return { waitMs }
    const place = { at: now }
    for (const account of counts) {
      account.places.push(place)
      if (account.told) account.told.left--
    }
    return { place }
  }

  /** Every answer may tell what is left. */
  learn(target: Target, headers: Headers, now: number): void {
    for (const { per, limit, remaining, resetMs } of toldBudgets(headers, this.#limits.headers, now)) {
      const account = this.#account(target, per)
      // 0 is how some say that there is none.
      if (limit) account.limit = limit
      if (remaining === undefined) continue
      const until = now + (resetMs ?? this.#shortestWindowMs(per))
      const sameWindow = account.told && Math.abs(account.told.until - until) < 2_000
      // Answers may overtake each other: within one window the budget only shrinks.
      const left = sameWindow && account.told ? Math.min(account.told.left, remaining) : remaining
      account.told = { left, until }
    }
  }

  /** After a refusal: holds back what shares the exhausted budget, and tells for how long, where the answer says so. */
  refused(target: Target, headers: Headers, now: number): number | undefined {
    const wait = retryAfter(headers, this.#limits.headers, now)
    if (!wait) return undefined
    this.#account(target, wait.per).pausedUntil = now + wait.ms
    return wait.ms
  }

  uses(now: number): BudgetUse[] {
    return [...this.#accounts.values()].flatMap((account) => usesOf(account, now))
  }

  /** All that a request counts towards. */
  #counts(target: Target): Account[] {
    const named = this.#limits.windows.filter((window) => window.only && isCounted(window, target))
    return [
      ...SCOPES.map((per) => this.#account(target, per)),
      ...named.map((window) => {
        const of = `${target.host} ${window.only?.join(", ")}`
        return this.#accountAt(`${of} ${window.seconds}`, of, [window])
      }),
    ]
  }

  #account({ host, path }: Target, per: Per): Account {
    const key = per === "endpoint" ? `${host} ${path}` : host
    return this.#accountAt(key, key, this.#windows(per))
  }

  #accountAt(key: string, of: string, windows: readonly RateWindow[]): Account {
    const account = this.#accounts.get(key) ?? { of, windows, places: [] }
    this.#accounts.set(key, account)
    return account
  }

  #shortestWindowMs(per: Per): number {
    return Math.min(60_000, ...this.#windows(per).map(({ seconds }) => seconds * 1000))
  }

  #windows(per: Per): readonly RateWindow[] {
    return this.#limits.windows.filter((window) => window.per === per && !window.only)
  }
}

/** Whether a window counts such requests at all. */
export function isCounted({ only }: RateWindow, { method, path }: Target): boolean {
  return only === undefined || only.includes(`${method} ${path}`)
}

const SCOPES: readonly Per[] = [undefined, "endpoint"]

function waitOf(account: Account, now: number): number {
  const { windows } = account
  const longest = Math.max(0, ...windows.map(({ seconds }) => seconds * 1000))
  account.places = account.places.filter(({ at }) => at > now - longest)

  let wait = Math.max(0, (account.pausedUntil ?? 0) - now)
  if (account.told && account.told.until > now && account.told.left <= 0) {
    wait = Math.max(wait, account.told.until - now)
  }
  for (const { requests, seconds } of windows) {
    const recent = account.places.map(({ at }) => at + seconds * 1000 - now).filter((ms) => ms > 0)
    if (recent.length >= allowedIn(account, requests)) wait = Math.max(wait, Math.min(...recent))
  }
  return wait
}

/** A told limit can only be meant for the window if there is but one. */
function allowedIn({ windows, limit }: Account, requests: number): number {
  return windows.length === 1 ? (limit ?? requests) : requests
}

function usesOf(account: Account, now: number): BudgetUse[] {
  const { of, windows, places, limit, told } = account
  const paused = (account.pausedUntil ?? 0) > now ? new Date(account.pausedUntil ?? 0).toISOString() : null
  const uses = windows.map(({ requests, seconds }) => ({
    of,
    used: places.filter(({ at }) => at > now - seconds * 1000).length,
    limit: allowedIn(account, requests),
    seconds,
    pausedUntil: paused,
  }))
  if (uses.length > 0) return uses
  if (limit === undefined || !told || told.until <= now) return []
  // Nothing is documented, and the provider tells by itself how much is left.
  const seconds = Math.ceil((told.until - now) / 1000)
  return [{ of, used: Math.max(0, limit - told.left), limit, seconds, pausedUntil: paused }]
}
