import { base64 } from "./base64.ts"
import { Budget, type RequestBudget } from "./budget.ts"
import { type Clock, systemClock, unlessAborted } from "./clock.ts"
import { DockError } from "./errors.ts"
import { exchange, type Line } from "./exchange.ts"
import { failureOf } from "./failure.ts"
import type { RateLimits } from "./limits.ts"
import type { Problem } from "./problem.ts"
import { type RehearsedRequest, rehearsed } from "./rehearsal.ts"
import { type ClientState, type PreparedRequest, prepare } from "./request.ts"
import { backOffMs, isWorthRepeating } from "./retry.ts"
import { Secret } from "./secret.ts"

export interface RequestOptions {
  /** Fills `{name}` in the path, encoded. */
  params?: Readonly<Record<string, string | number>>
  query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>
  /**
   * The address of the next page as the provider gave it, to be read instead of the path's own; the path still names
   * the endpoint. Refused when it is of another origin, because the credential goes with it.
   */
  url?: string | undefined
  /** A `Secret` in here is sent in clear, and hidden everywhere else. */
  json?: unknown
  body?: Uint8Array<ArrayBuffer> | FormData | string
  headers?: Readonly<Record<string, string>>
  /** Makes a write safe to repeat, where the provider honours it. `header` names the provider's header. */
  idempotency?: { readonly header: string; readonly key: string }
  /** Whether the body of an error is one to work with, such as a list of what to upload first: it is handed back then. */
  isAnswer?: ((body: unknown) => boolean) | undefined
}

export interface Answer {
  readonly provider: string
  /** Method and path template: `GET /server/{id}`. */
  readonly endpoint: string
  readonly status: number
  readonly headers: Headers
  /** Parsed JSON; undefined for an answer without a body. */
  readonly body: unknown
  readonly requestId: string | undefined
}

/** Counts what a piece of work cost. */
export interface Meter {
  requests: number
  waitedMs: number
}

/** An immutable client: each of `base`, `bearer`, `basic`, `header` gives a new one. Paths are templates. */
export interface Http {
  base(url: string): Http
  bearer(token: Secret): Http
  basic(user: string, password: Secret): Http
  header(name: string, value: string | Secret): Http
  get(path: string, options?: RequestOptions): Promise<Answer>
  post(path: string, options?: RequestOptions): Promise<Answer>
  put(path: string, options?: RequestOptions): Promise<Answer>
  patch(path: string, options?: RequestOptions): Promise<Answer>
  delete(path: string, options?: RequestOptions): Promise<Answer>
}

export interface HttpOptions {
  provider: string
  limits: RateLimits
  /** Shared by all clients of one credential; one of its own otherwise. */
  budget?: RequestBudget | undefined
  problem?: ((body: unknown, status: number) => Problem | undefined) | undefined
  meter?: Meter | undefined
  signal?: AbortSignal | undefined
  /** For one try, from the first byte sent to the last byte read. */
  timeoutMs?: number | undefined
  /** The longest that one request may wait in all. Beyond it, it fails with `retryAfterMs`, to be done later. */
  maxWaitMs?: number | undefined
  /** Tries in all, the first included. */
  attempts?: number | undefined
  fetch?: typeof fetch | undefined
  clock?: Clock | undefined
  /** Told of each request in place of the provider: nothing is sent, and the request fails as canceled. */
  rehearse?: ((request: RehearsedRequest) => void) | undefined
}

export function createHttp(options: HttpOptions): Http {
  return new HttpClient(
    {
      budget: options.budget ?? new Budget(options.limits),
      problem: options.problem,
      meter: options.meter ?? { requests: 0, waitedMs: 0 },
      signal: options.signal ?? new AbortController().signal,
      timeoutMs: options.timeoutMs ?? 30_000,
      maxWaitMs: options.maxWaitMs ?? 120_000,
      attempts: options.attempts ?? 4,
      fetch: options.fetch ?? ((input, init) => fetch(input, init)),
      clock: options.clock ?? systemClock,
      rehearse: options.rehearse,
    },
    { provider: options.provider, base: undefined, headers: [], secrets: [] },
  )
}

interface Settings extends Line {
  readonly maxWaitMs: number
  readonly attempts: number
  readonly rehearse: HttpOptions["rehearse"]
}

/** All that it knows is in private fields, so that printing a client shows nothing. */
class HttpClient implements Http {
  readonly #settings: Settings
  readonly #state: ClientState

  constructor(settings: Settings, state: ClientState) {
    this.#settings = settings
    this.#state = state
  }

  base(url: string): Http {
    return new HttpClient(this.#settings, { ...this.#state, base: url })
  }

  bearer(token: Secret): Http {
    return this.#with("authorization", new Secret(`Bearer ${token.reveal()}`), token)
  }

  basic(user: string, password: Secret): Http {
    const pair = new Secret(`${user}:${password.reveal()}`)
    return this.#with("authorization", new Secret(`Basic ${base64(pair.reveal())}`), password, pair)
  }

  header(name: string, value: string | Secret): Http {
    return value instanceof Secret ? this.#with(name, value, value) : this.#with(name, value)
  }

  get(path: string, options: RequestOptions = {}): Promise<Answer> {
    return this.#request("GET", path, options)
  }

  post(path: string, options: RequestOptions = {}): Promise<Answer> {
    return this.#request("POST", path, options)
  }

  put(path: string, options: RequestOptions = {}): Promise<Answer> {
    return this.#request("PUT", path, options)
  }

  patch(path: string, options: RequestOptions = {}): Promise<Answer> {
    return this.#request("PATCH", path, options)
  }

  delete(path: string, options: RequestOptions = {}): Promise<Answer> {
    return this.#request("DELETE", path, options)
  }

  #with(name: string, value: string | Secret, ...secrets: Secret[]): Http {
    return new HttpClient(this.#settings, {
      ...this.#state,
      headers: [...this.#state.headers, { name, value }],
      secrets: [...this.#state.secrets, ...secrets],
    })
  }

  async #request(method: string, path: string, options: RequestOptions): Promise<Answer> {
    const request = prepare(this.#state, method, path, options)
    const { rehearse } = this.#settings
    if (rehearse) {
      rehearse(rehearsed(request, options))
      throw failureOf(request, { code: "canceled", what: "was only rehearsed" })
    }
    const wait = this.#patience(request)
    let failure: DockError | undefined
    for (let attempt = 1; ; attempt++) {
      const place = await this.#admission(request, (ms) => wait(ms, failure))
      try {
        return await exchange(request, this.#settings)
      } catch (error) {
        if (!(error instanceof DockError)) throw error
        failure = error
      } finally {
        place.at = this.#settings.clock.now()
      }
      const isLast = attempt >= this.#settings.attempts
      if (isLast || !request.repeatable || !isWorthRepeating(failure)) throw failure
      // Where the provider said how long, the budget holds the request back.
      if (failure.retryAfterMs === undefined) await wait(backOffMs(attempt), failure)
    }
  }

  async #admission(request: PreparedRequest, wait: (ms: number) => Promise<void>) {
    for (;;) {
      const admitted = await this.#settings.budget.take(request.target, this.#settings.clock.now())
      if ("place" in admitted) return admitted.place
      await wait(admitted.waitMs)
    }
  }

  /** Waits on behalf of one request, until it has waited long enough in all. */
  #patience(request: PreparedRequest): (ms: number, failure: DockError | undefined) => Promise<void> {
    const { clock, maxWaitMs, meter, signal } = this.#settings
    let waitedMs = 0
    return async (ms, failure) => {
      waitedMs += ms
      if (waitedMs > maxWaitMs) {
        const tooLong = failureOf(request, {
          code: "rate_limited",
          what: `has to wait ${Math.ceil(ms / 1000)} s for its request budget`,
        })
        throw new DockError({ ...(failure ?? tooLong).toJSON(), retryAfterMs: ms })
      }
      meter.waitedMs += ms
      await unlessAborted(clock.sleep(ms, signal), signal).catch(() => {})
      if (signal.aborted) throw failureOf(request, { code: "canceled", what: "was canceled while it waited" })
    }
  }
}
