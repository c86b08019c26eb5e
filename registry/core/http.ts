import type { Secret } from "./secret.ts"

export interface RequestOptions {
  /** Fills `{name}` in the path, encoded. */
  params?: Readonly<Record<string, string | number>>
  query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>
  json?: unknown
  body?: Uint8Array | FormData | string
  headers?: Readonly<Record<string, string>>
  /** Makes a write safe to repeat, where the provider honours it. `header` names the provider's header. */
  idempotency?: { readonly header: string; readonly key: string }
}

export interface Answer {
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
