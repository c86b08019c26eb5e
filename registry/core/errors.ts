export type DockErrorCode =
  | "unauthorized" // the credential was refused
  | "forbidden" // the credential is good, but not for this
  | "not_found"
  | "conflict"
  | "invalid_request" // the provider refused what was sent
  | "rate_limited" // too fast; may be tried again after `retryAfterMs`
  | "quota_exceeded" // a plan's limit: waiting a little does not help
  | "provider_error" // 5xx, or an error inside a 200
  | "timeout"
  | "network"
  | "canceled"
  | "invalid_response" // not JSON, or not the documented envelope
  | "incomplete_listing" // a listing that cannot be trusted to be whole
  | "invalid_credentials" // wrong before anything was sent

export interface DockErrorDetails {
  code: DockErrorCode
  message: string
  provider: string
  /** Method and path template: `GET /server/{id}`. Never a filled-in URL. */
  endpoint?: string | undefined
  status?: number | undefined
  /** The provider's own word for the error. */
  providerCode?: string | undefined
  requestId?: string | undefined
  retryAfterMs?: number | undefined
  /** What to do next. */
  suggestion?: string | undefined
  /** Of what was given, the fields that are wrong: for a form. */
  fields?: Readonly<Record<string, string>> | undefined
}

/**
 * The one error that leaves a dock. It holds only text that the HTTP client has cleaned of secrets: there is no
 * `cause`, no request, no headers and no body to leak from.
 */
export class DockError extends Error {
  override readonly name = "DockError"
  readonly code: DockErrorCode
  readonly provider: string
  readonly endpoint: string | undefined
  readonly status: number | undefined
  readonly providerCode: string | undefined
  readonly requestId: string | undefined
  readonly retryAfterMs: number | undefined
  readonly suggestion: string | undefined
  readonly fields: Readonly<Record<string, string>> | undefined

  constructor(details: DockErrorDetails) {
    super(details.message)
    this.code = details.code
    this.provider = details.provider
    this.endpoint = details.endpoint
    this.status = details.status
    this.providerCode = details.providerCode
    this.requestId = details.requestId
    this.retryAfterMs = details.retryAfterMs
    this.suggestion = details.suggestion
    this.fields = details.fields
  }

  toJSON() {
    return {
      code: this.code,
      message: this.message,
      provider: this.provider,
      endpoint: this.endpoint,
      status: this.status,
      providerCode: this.providerCode,
      requestId: this.requestId,
      retryAfterMs: this.retryAfterMs,
      suggestion: this.suggestion,
    }
  }
}
