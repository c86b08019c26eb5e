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
    const waitMs = Math.max(...counts.map(({ account, windows }) => waitOf(account, windows, now)))
    if (waitMs > 0) return { waitMs }
    const place = { at: now }
    for (const { account } of counts) {
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

  /** All that a request counts towards. */
  #counts(target: Target): { account: Account; windows: readonly RateWindow[] }[] {
    const named = this.#limits.windows.filter(({ only }) => only?.includes(`${target.method} ${target.path}`))
    return [
      ...SCOPES.map((per) => ({ account: this.#account(target, per), windows: this.#windows(per) })),
      ...named.map((window) => {
        const key = `${target.host} ${window.only?.join()} ${window.seconds}`
        return { account: this.#accountAt(key), windows: [window] }
      }),
    ]
  }

  #account({ host, path }: Target, per: Per): Account {
    return this.#accountAt(per === "endpoint" ? `${host} ${path}` : host)
  }

  #accountAt(key: string): Account {
    const account = this.#accounts.get(key) ?? { places: [] }
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

const SCOPES: readonly Per[] = [undefined, "endpoint"]

function waitOf(account: Account, windows: readonly RateWindow[], now: number): number {
  const longest = Math.max(0, ...windows.map(({ seconds }) => seconds * 1000))
  account.places = account.places.filter(({ at }) => at > now - longest)

  let wait = Math.max(0, (account.pausedUntil ?? 0) - now)
  if (account.told && account.told.until > now && account.told.left <= 0) {
    wait = Math.max(wait, account.told.until - now)
  }
  for (const { requests, seconds } of windows) {
    const recent = account.places.map(({ at }) => at + seconds * 1000 - now).filter((ms) => ms > 0)
    // A told limit can only be meant for the window if there is but one.
    const allowed = windows.length === 1 ? (account.limit ?? requests) : requests
    if (recent.length >= allowed) wait = Math.max(wait, Math.min(...recent))
  }
  return wait
}
