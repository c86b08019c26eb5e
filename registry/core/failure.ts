import { DockError, type DockErrorCode } from "./errors.ts"
import type { Clean } from "./redact.ts"

/** What went wrong. Its texts may come from outside; they are cleaned on their way into the error. */
export interface Failure {
  code: DockErrorCode
  /** Follows "gridpane: GET /server": "answered 404". */
  what: string
  /** What the provider said to it. */
  told?: string | undefined
  status?: number | undefined
  providerCode?: string | undefined
  requestId?: string | undefined
  retryAfterMs?: number | undefined
  suggestion?: string | undefined
}

export interface About {
  readonly provider: string
  readonly endpoint: string
  readonly clean: Clean
}

export function failureOf({ provider, endpoint, clean }: About, failure: Failure): DockError {
  const told = failure.told && `: ${short(clean(failure.told), 500)}`
  return new DockError({
    ...failure,
    provider,
    endpoint,
    message: `${provider}: ${endpoint} ${clean(failure.what)}${told ?? ""}`,
    providerCode: failure.providerCode && short(clean(failure.providerCode), 100),
    suggestion: failure.suggestion ? short(clean(failure.suggestion), 500) : SUGGESTIONS[failure.code],
  })
}

/** One line, whatever it was. */
function short(text: string, most: number): string {
  const line = text.replace(/\s+/g, " ").trim()
  return line.length > most ? `${line.slice(0, most - 1)}…` : line
}

export function codeOfStatus(status: number): DockErrorCode {
  switch (status) {
    case 401:
      return "unauthorized"
    case 402:
      return "quota_exceeded"
    case 403:
      return "forbidden"
    case 404:
    case 410:
      return "not_found"
    case 408:
      return "timeout"
    case 409:
    case 412:
    case 423:
      return "conflict"
    case 429:
      return "rate_limited"
    default:
      return status >= 500 ? "provider_error" : "invalid_request"
  }
}

const SUGGESTIONS: Record<DockErrorCode, string | undefined> = {
  unauthorized: "Check that the credential is whole, not expired and not revoked, then connect again.",
  forbidden: "Give the credential the permission for this; the dock's README lists what it needs.",
  not_found: "Check that it still exists, and that the base URL is the API's.",
  conflict: "See what is there already or still in progress, then try again.",
  invalid_request: "Check what was asked for; the provider did not accept it.",
  rate_limited: "Try again after the time given, or less often.",
  quota_exceeded: "Raise the plan's limit at the provider, or remove what is not needed.",
  provider_error: "Try again later; if it lasts, look at the provider's status page.",
  timeout: "Try again; if it lasts, look at the provider's status page.",
  network: "Check the connection and the base URL, then try again.",
  canceled: undefined,
  invalid_response: "Check that the base URL is the API's; if it is, the API has changed: update the dock.",
  incomplete_listing: "Nothing was deleted on the strength of this listing. Try again.",
  invalid_credentials: "Connect again with a corrected credential.",
}
