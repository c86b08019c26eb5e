import type { ContentfulStatusCode } from "hono/utils/http-status"

/** What an answer says when it is not what was asked for: RFC 9457, with what a screen needs to show it. */
export interface Problem {
  /** `about:blank` says that there is no page about it: `code` tells them apart. */
  type: "about:blank"
  title: string
  status: number
  detail: string
  code: string
  /** What to do next. */
  suggestion: string | null
  /** Fields of what was sent that are wrong, by name. */
  fields: Record<string, string>
  /** By it, the log and the audit log can be searched. */
  requestId: string
}

/** A request that the server itself refuses. */
export class Refusal extends Error {
  override readonly name = "Refusal"
  readonly code: string
  readonly status: ContentfulStatusCode
  readonly suggestion: string | null
  readonly fields: Record<string, string>
  readonly headers: Record<string, string>

  constructor(told: {
    code: string
    status: ContentfulStatusCode
    message: string
    suggestion?: string
    fields?: Record<string, string>
    headers?: Record<string, string>
  }) {
    super(told.message)
    this.code = told.code
    this.status = told.status
    this.suggestion = told.suggestion ?? null
    this.fields = told.fields ?? {}
    this.headers = told.headers ?? {}
  }
}

/** Whether an error speaks in words that may be sent. Of any other, nobody outside learns more than that it happened. */
export function isForeseen(error: unknown): boolean {
  return error instanceof Refusal || isOwn(error)
}

export function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof Refusal) {
    const { code, status, message, suggestion, fields } = error
    return problem({ code, status, detail: message, suggestion, fields, requestId })
  }
  if (isOwn(error)) {
    const { code, message, suggestion = null, fields = {} } = error
    return problem({ code, status: statusOf(error), detail: message, suggestion, fields, requestId })
  }
  return problem({
    code: "unexpected",
    status: 500,
    detail: "Something went wrong that nobody has foreseen.",
    suggestion: "Try it once more. If it stays, the server's log says why, under this request's id.",
    fields: {},
    requestId,
  })
}

function problem(told: Omit<Problem, "type" | "title">): Problem {
  return { type: "about:blank", title: titles[told.status] ?? "Error", ...told }
}

interface OwnError extends Error {
  code: string
  suggestion?: string
  fields?: Record<string, string>
}

/**
 * The engine's errors are written to be shown. They are known by their names: a program that brings this server may run
 * a copy of the engine that is not the one beside it.
 */
const ownErrors = new Set(["StackdockError", "DockError", "StoreError", "VaultError"])

function isOwn(error: unknown): error is OwnError {
  return (
    error instanceof Error && ownErrors.has(error.name) && "code" in error && typeof error.code === "string"
  )
}

const conflicts = new Set([
  "not_possible",
  "busy",
  "name_taken",
  "disconnected",
  "other_account",
  "last_owner",
  "lease_lost",
])

function statusOf({ name, code }: OwnError): ContentfulStatusCode {
  if (code.startsWith("invalid_") && code !== "invalid_response" && code !== "invalid_request") return 422
  if (name === "DockError") return code === "timeout" ? 504 : 502
  if (name === "VaultError") return 503
  if (name === "StoreError") return code === "conflict" ? 409 : code === "not_found" ? 404 : 503
  if (code === "denied") return 403
  if (code === "unknown_role") return 422
  if (code.startsWith("unknown_")) return 404
  return conflicts.has(code) ? 409 : 500
}

const titles: Record<number, string> = {
  400: "Bad request",
  401: "Not signed in",
  403: "Not permitted",
  404: "Not found",
  405: "Not possible here",
  409: "Conflict",
  413: "Too large",
  415: "Not JSON",
  421: "Not this server",
  422: "Not usable",
  429: "Too many requests",
  500: "Error",
  502: "The provider failed",
  503: "Not available",
  504: "The provider did not answer",
}
