/** A documented request budget, as data. */
export interface RateLimits {
  readonly windows: readonly RateWindow[]
  /** The provider's page that documents the numbers. */
  readonly documentedAt: string
  /** Response headers that tell the state of the budget; the client slows down by them before it is refused. */
  readonly headers?: readonly RateHeaders[]
}

export interface RateWindow {
  readonly requests: number
  readonly seconds: number
  /** `endpoint` counts each path template for itself; the default counts all requests of a credential. */
  readonly per?: "endpoint"
  /** Counts these endpoints alone, and together, as the client names them: `POST /sites/{site_id}/deploys`. */
  readonly only?: readonly string[]
}

export interface RateHeaders {
  readonly per?: "endpoint"
  /** `RateLimit` and `RateLimit-Policy`: https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ */
  readonly structured?: true
  readonly limit?: string
  readonly remaining?: string
  /** When the budget is full again. */
  readonly reset?: { readonly header: string; readonly as: "unix-seconds" | "unix-milliseconds" | "seconds" }
  /** A `Retry-After` under another name, in seconds. */
  readonly retryAfter?: string
}
