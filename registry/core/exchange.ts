import { type Body, readBody } from "./body.ts"
import type { RequestBudget } from "./budget.ts"
import { type Clock, unlessAborted } from "./clock.ts"
import { DockError } from "./errors.ts"
import { codeOfStatus, type Failure, failureOf } from "./failure.ts"
import type { Answer, Meter } from "./http.ts"
import { errorFromBody, type Problem } from "./problem.ts"
import type { Clean } from "./redact.ts"
import type { PreparedRequest } from "./request.ts"

export interface Line {
  readonly budget: RequestBudget
  readonly problem: ((body: unknown, status: number) => Problem | undefined) | undefined
  readonly meter: Meter
  readonly signal: AbortSignal
  readonly timeoutMs: number
  readonly fetch: typeof fetch
  readonly clock: Clock
}

/** Sends a request once. Whatever goes wrong comes out as a DockError; no other error leaves here. */
export async function exchange(request: PreparedRequest, line: Line): Promise<Answer> {
  const stop = new AbortController()
  const cancel = () => stop.abort()
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    stop.abort()
  }, line.timeoutMs)
  line.signal.addEventListener("abort", cancel)
  try {
    // Not `throwIfAborted`: Convex's runtime has a polyfill that may lack it.
    if (line.signal.aborted) throw line.signal.reason
    return await unlessAborted(converse(request, line, stop.signal), stop.signal)
  } catch (error) {
    if (error instanceof DockError) throw error
    if (line.signal.aborted) throw failureOf(request, { code: "canceled", what: "was canceled" })
    throw failureOf(
      request,
      timedOut
        ? { code: "timeout", what: `took longer than ${line.timeoutMs / 1000} s` }
        : {
            code: "network",
            what: `lost or never had a connection to ${request.url.host}${reasonOf(error)}`,
          },
    )
  } finally {
    clearTimeout(timer)
    line.signal.removeEventListener("abort", cancel)
  }
}

async function converse(request: PreparedRequest, line: Line, signal: AbortSignal): Promise<Answer> {
  line.meter.requests++
  const response = await line.fetch(request.url, {
    method: request.method,
    headers: request.headers,
    ...(request.body === undefined ? {} : { body: request.body }),
    // An API does not move in mid-call, and the credential must not move with it.
    redirect: "manual",
    signal,
  })
  const body = await readBody(response)
  line.budget.learn(request.target, response.headers, line.clock.now())

  const requestId = requestIdOf(response.headers, request.clean)
  const failure = failureIn(request, line, response, body)
  if (failure) throw failureOf(request, { requestId, status: response.status, ...failure })
  return {
    provider: request.provider,
    endpoint: request.endpoint,
    status: response.status,
    headers: response.headers,
    body: body.kind === "json" ? body.value : undefined,
    requestId,
  }
}

function failureIn(
  request: PreparedRequest,
  line: Line,
  { status, headers }: Response,
  body: Body,
): Failure | undefined {
  if (status < 200 || (status >= 300 && status < 400)) return redirected(request, status, headers)

  if (body.kind === "json" && request.isAnswer?.(body.value)) return undefined
  const problem = body.kind === "json" ? problemIn(line, body.value, status) : undefined
  if (status >= 400 || problem) {
    const code = problem?.means ?? (status >= 400 ? codeOfStatus(status) : "provider_error")
    const mayTellWhen = code === "rate_limited" || status === 503
    return {
      code,
      what: `answered ${status}`,
      told: problem?.message,
      providerCode: problem?.code,
      retryAfterMs: mayTellWhen ? line.budget.refused(request.target, headers, line.clock.now()) : undefined,
      suggestion: problem?.suggestion,
    }
  }
  const isWhole =
    body.kind === "json" || (body.kind === "empty" && (request.method !== "GET" || status === 204))
  return isWhole
    ? undefined
    : { code: "invalid_response", what: `answered ${status} ${ODD_BODIES[body.kind]}` }
}

const ODD_BODIES = {
  empty: "with nothing in it",
  html: "with HTML instead of JSON",
  text: "with something that is not JSON",
  "too large": "with more than can be read at once",
} as const

function redirected(request: PreparedRequest, status: number, headers: Headers): Failure {
  const location = headers.get("location")
  const to =
    location && URL.canParse(location, request.url.href) ? ` to ${new URL(location, request.url).origin}` : ""
  return {
    code: "invalid_response",
    what: `answered ${status}, a redirect${to}`,
    suggestion:
      "Redirects are not followed, because the credential would go along. Check the base URL; a redirect to a sign-in page means a wrong credential.",
  }
}

/** A dock that cannot make sense of an answer must not hide it. */
function problemIn(line: Line, body: unknown, status: number): Problem | undefined {
  const usual = status >= 400 ? errorFromBody(body) : undefined
  try {
    return line.problem?.(body, status) ?? usual
  } catch {
    return usual
  }
}

const REQUEST_IDS = [
  "x-request-id",
  "request-id",
  "x-vercel-id",
  "x-nf-request-id",
  "fly-request-id",
  "x-github-request-id",
  "x-amzn-requestid",
  "x-amz-request-id",
  "x-ms-request-id",
  "x-correlation-id",
  "cf-ray",
]

function requestIdOf(headers: Headers, clean: Clean): string | undefined {
  for (const name of REQUEST_IDS) {
    const value = headers.get(name)
    if (value) return clean(value).slice(0, 100)
  }
  return undefined
}

/** The system's word for it, such as ECONNREFUSED. The rest of the error may hold the address. */
function reasonOf(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string" && /^[A-Z][A-Z0-9_]{2,40}$/.test(at.code))
      return ` (${at.code})`
  }
  return ""
}
