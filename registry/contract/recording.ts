import { z } from "zod"

/**
 * Where an answer comes from. `live` was captured from the provider, `specification` follows the provider's own
 * document, `written` was typed by somebody who knew the shape. Nothing is called live that is not.
 */
const provenance = z.strictObject({
  kind: z.enum(["live", "specification", "written"]),
  date: z.iso.date(),
  apiVersion: z.string().min(1),
  note: z.string().optional(),
})

const recordedRequest = z.strictObject({
  method: z.enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]),
  /** Scheme, host and path. The query stands apart, so that its order cannot matter. */
  url: z.url().refine((url) => !/[?#]/.test(url), "keep the query in `query`"),
  query: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  /** Only the headers that tell this request from another. Never a credential. */
  headers: z.record(z.string(), z.string()).optional(),
  body: z.json().optional(),
})

const recordedResponse = z
  .strictObject({
    status: z.int().min(200).max(599),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.json().optional(),
    /** For an answer that is not JSON. */
    text: z.string().optional(),
  })
  .refine(({ body, text }) => body === undefined || text === undefined, "give `body` or `text`, not both")

/** One exchange with a provider: `recordings/<resource>/<scenario>.json`. */
export const recording = z.strictObject({
  $schema: z.string().optional(),
  scenario: z.string().min(1),
  provenance,
  request: recordedRequest,
  response: recordedResponse,
})

type RecordedExchange = z.output<typeof recording>
export type RecordedResponse = RecordedExchange["response"]

/** A recording and the file that holds it, for messages: `site/page-1.json`. */
export interface Recording extends RecordedExchange {
  readonly file: string
}

/** Rows by table, each with the columns that are not null: what the recordings must become. */
export const expectedRows = z.array(z.record(z.string(), z.json()))
export type ExpectedRows = Readonly<Record<string, z.output<typeof expectedRows>>>

/** `errors/<scenario>.json`: what the provider answers when it refuses. It stands in for another recording. */
export function isRefusal(recorded: Recording): boolean {
  return recorded.file.startsWith("errors/")
}

/**
 * `cycles/<name>/<number>-<scenario>.json`: what is asked and answered while something is made, watched and removed, in
 * this order. The same question gets another answer later, so these stay apart from the account that is read.
 */
export function isOfCycle(recorded: Recording): boolean {
  return recorded.file.startsWith("cycles/")
}

export function responseOf({ status, headers, body, text }: RecordedResponse): Response {
  if (body === undefined) return new Response(text ?? null, { status, headers: headers ?? {} })
  return new Response(jsonOf(body), { status, headers: { "content-type": "application/json", ...headers } })
}

/** An answer is played thousands of times. */
const written = new WeakMap<object, string>()

function jsonOf(body: unknown): string {
  if (typeof body !== "object" || body === null) return JSON.stringify(body)
  const json = written.get(body) ?? JSON.stringify(body)
  written.set(body, json)
  return json
}
