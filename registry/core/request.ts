import { isSafeBaseUrl } from "./base-url.ts"
import type { Target } from "./budget.ts"
import { type About, failureOf } from "./failure.ts"
import type { RequestOptions } from "./http.ts"
import { cleanerFor } from "./redact.ts"
import { Secret } from "./secret.ts"

/** What a client has been given so far. */
export interface ClientState {
  readonly provider: string
  readonly base: string | undefined
  readonly headers: readonly { readonly name: string; readonly value: string | Secret }[]
  readonly secrets: readonly Secret[]
}

/** A request that is ready to be sent, more than once if need be. Lives only as long as the call. */
export interface PreparedRequest extends About {
  readonly method: string
  readonly target: Target
  readonly url: URL
  readonly headers: Headers
  readonly body: RequestOptions["body"]
  readonly repeatable: boolean
  readonly isAnswer: RequestOptions["isAnswer"]
}

/** Doing these twice is the same as doing them once: https://www.rfc-editor.org/rfc/rfc9110#name-idempotent-methods */
const IDEMPOTENT = new Set(["GET", "PUT", "DELETE"])

export function prepare(
  state: ClientState,
  method: string,
  path: string,
  options: RequestOptions,
): PreparedRequest {
  const json = options.json === undefined ? undefined : withSecrets(options.json)
  const about: About = {
    provider: state.provider,
    endpoint: `${method} ${path}`,
    clean: cleanerFor([...state.secrets, ...(json?.secrets ?? [])]),
  }
  const url = addressOf(about, state.base, path, options)
  if (method === "GET" && (json || options.body)) throw refuse(about, "cannot have a body")
  return {
    ...about,
    method,
    target: { host: url.host, method, path },
    url,
    headers: headersOf(about, state, json !== undefined, options),
    body: json ? json.text : options.body,
    repeatable: IDEMPOTENT.has(method) || options.idempotency !== undefined,
    isAnswer: options.isAnswer,
  }
}

function refuse(about: About, what: string) {
  return failureOf(about, { code: "invalid_request", what, suggestion: "This is a mistake in the dock." })
}

function addressOf(about: About, base: string | undefined, path: string, options: RequestOptions): URL {
  if (base === undefined || !isSafeBaseUrl(base)) {
    throw failureOf(about, {
      code: "invalid_credentials",
      what: "has no usable base URL",
      suggestion: "Give an https:// address, without user, query or hash; http:// only for this machine.",
    })
  }
  if (!path.startsWith("/") || /[?#]/.test(path)) {
    throw refuse(about, "is no path: it has to begin with / and leaves the query to `query`")
  }
  const own = new URL(base.replace(/\/+$/, "") + fillIn(about, path, options.params ?? {}))
  const url = options.url === undefined ? own : followed(about, options.url, own)
  for (const [name, value] of Object.entries(options.query ?? {})) {
    if (value === undefined) continue
    url.searchParams.delete(name)
    for (const one of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(one))
  }
  return url
}

function fillIn(about: About, path: string, params: Readonly<Record<string, string | number>>): string {
  const unused = new Set(Object.keys(params))
  const filled = path.replace(/\{([^{}]*)\}/g, (_, name: string) => {
    const value = Object.hasOwn(params, name) ? String(params[name]) : ""
    // A dot segment would climb out of the path; an empty one turns "delete this" into "delete all".
    if (/^\.{0,2}$/.test(value.trim())) throw refuse(about, `was given no usable value for {${name}}`)
    unused.delete(name)
    try {
      return encodeURIComponent(value)
    } catch {
      throw refuse(about, `was given broken text for {${name}}`)
    }
  })
  if (unused.size > 0) throw refuse(about, `has no {${[...unused].join("}, {")}} in its path`)
  return filled
}

function followed(about: About, address: string, own: URL): URL {
  const url = URL.canParse(address, own.href) ? new URL(address, own) : undefined
  if (url && url.origin === own.origin && !url.username && !url.password) return url
  throw failureOf(about, {
    code: "invalid_response",
    what: url
      ? `was told to go on at another address, ${url.origin}, which must not see the credential`
      : "was told to go on at something that is no address",
  })
}

function headersOf(about: About, state: ClientState, isJson: boolean, options: RequestOptions): Headers {
  const headers = new Headers({ accept: "application/json", "user-agent": "stackdock" })
  if (isJson) headers.set("content-type", "application/json")
  const given = [
    ...state.headers,
    ...Object.entries(options.headers ?? {}).map(([name, value]) => ({ name, value })),
    ...(options.idempotency ? [{ name: options.idempotency.header, value: options.idempotency.key }] : []),
  ]
  for (const { name, value } of given) {
    try {
      headers.set(name, value instanceof Secret ? value.reveal() : value)
    } catch {
      // The runtime's own error repeats the value.
      throw failureOf(about, {
        code: "invalid_credentials",
        what: `cannot send its ${name} header: it holds characters that HTTP does not allow`,
      })
    }
  }
  return headers
}

/** JSON with its secrets in clear, and the list of them. */
function withSecrets(json: unknown): { text: string; secrets: Secret[] } {
  const secrets: Secret[] = []
  const text = JSON.stringify(json, function (this: Record<string, unknown>, key, value) {
    // `value` has been through `toJSON`, which hides it.
    const original = this[key]
    if (!(original instanceof Secret)) return value
    secrets.push(original)
    return original.reveal()
  })
  return { text, secrets }
}
