import type { RequestOptions } from "./http.ts"
import { type Json, providerData } from "./provider-data.ts"
import type { PreparedRequest } from "./request.ts"

/** A request as it would be sent, with its secrets hidden. */
export interface RehearsedRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Json
}

export function rehearsed(request: PreparedRequest, { json, body }: RequestOptions): RehearsedRequest {
  const { method, url, headers, clean } = request
  const shown = json === undefined ? shownBody(body, clean) : shownJson(json)
  return {
    method,
    url: legible(clean(url.href)),
    headers: Object.fromEntries([...headers].map(([name, value]) => [name, clean(value)])),
    ...(shown === undefined ? {} : { body: shown }),
  }
}

/** The braces of a placeholder, `{project}`, were encoded on their way into the address. */
function legible(url: string): string {
  return url.replace(/%7B([\w .-]+?)%7D/gi, "{$1}")
}

function shownJson(json: unknown): Json | undefined {
  // A `Secret` writes itself as hidden; what is only named like one is hidden next.
  return providerData({ body: JSON.parse(JSON.stringify(json)) })["body"]
}

function shownBody(body: RequestOptions["body"], clean: (text: string) => string): Json | undefined {
  if (body === undefined || typeof body === "string") return body && clean(body)
  if (body instanceof Uint8Array) return `[${body.byteLength} bytes]`
  const parts = [...body].map(([name, value]) => [
    name,
    typeof value === "string" ? clean(value) : `[${value.size} bytes]`,
  ])
  return providerData(Object.fromEntries(parts))
}
