import type { Recording } from "./recording.ts"

/** A request as it was sent, read to its end. */
export interface SentRequest {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  /** Parsed where it is JSON. */
  readonly body: unknown
}

export async function readRequest(request: Request): Promise<SentRequest> {
  const isForm = request.headers.get("content-type")?.startsWith("multipart/form-data")
  const body = isForm ? await parsedForm(request) : parsedBody(await request.text())
  return { method: request.method, url: new URL(request.url), headers: request.headers, body }
}

/** By its fields, because what stands between them is another each time. */
async function parsedForm(request: Request): Promise<Record<string, unknown>> {
  const fields: Record<string, unknown> = {}
  for (const [name, value] of await request.formData()) {
    fields[name] = parsedBody(typeof value === "string" ? value : await value.text())
  }
  return fields
}

export function parsedBody(text: string): unknown {
  if (text === "") return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** What tells a request from a recorded one. None: the recording answers it. */
export function differences({ request: recorded }: Recording, sent: SentRequest): string[] {
  const found: string[] = []
  const compare = (what: string, wanted: string | null, got: string | null) => {
    if (wanted !== got) found.push(`${what} is ${got ?? "absent"}, recorded ${wanted ?? "absent"}`)
  }
  compare("method", recorded.method, sent.method)
  compare("address", new URL(recorded.url).href, sent.url.origin + sent.url.pathname)
  const wantedQuery = recordedQuery(recorded.query)
  const sentQuery = querySets(sent.url.searchParams)
  for (const name of new Set([...wantedQuery.keys(), ...sentQuery.keys()])) {
    compare(`query ${name}`, wantedQuery.get(name) ?? null, sentQuery.get(name) ?? null)
  }
  for (const [name, value] of Object.entries(recorded.headers ?? {})) {
    compare(`header ${name}`, value, sent.headers.get(name))
  }
  compare("body", bodyText(recorded.body), bodyText(sent.body))
  return found
}

/** The recordings that come closest to a request, with what is different about each. */
export function nearest(recordings: readonly Recording[], sent: SentRequest, count = 3): string[] {
  return recordings
    .map((recorded) => ({ recorded, found: differences(recorded, sent), far: distance(recorded, sent) }))
    .sort((a, b) => a.far - b.far || a.found.length - b.found.length)
    .slice(0, count)
    .map(({ recorded, found }) => `${recorded.file}: ${found.join("; ")}`)
}

/** Path segments that differ weigh more than anything else: a recording of the same endpoint is the likely one. */
function distance({ request }: Recording, sent: SentRequest): number {
  const recorded = new URL(request.url)
  const a = recorded.pathname.split("/")
  const b = sent.url.pathname.split("/")
  let segments = Math.abs(a.length - b.length)
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) segments++
  const otherHost = recorded.origin === sent.url.origin ? 0 : 5
  return segments * 10 + otherHost + (request.method === sent.method ? 0 : 5)
}

function recordedQuery(query: Recording["request"]["query"]): Map<string, string> {
  const params = new URLSearchParams()
  for (const [name, values] of Object.entries(query ?? {})) {
    for (const value of [values].flat()) params.append(name, value)
  }
  return querySets(params)
}

/** Values of one name keep their order: `?sort=a&sort=b` may mean something else than the reverse. */
function querySets(params: URLSearchParams): Map<string, string> {
  return new Map([...params.keys()].map((name) => [name, JSON.stringify(params.getAll(name))]))
}

function bodyText(body: unknown): string | null {
  return body === undefined ? null : JSON.stringify(sortKeys(body))
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== "object" || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, held]) => [key, sortKeys(held)]))
}
