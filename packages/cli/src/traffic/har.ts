import * as z from "zod"
import { CliError } from "../framework/error.ts"
import { describeIssues } from "../registry/schema.ts"
import { type Exchange, readBody } from "./exchange.ts"

const nameAndValue = z.object({ name: z.string(), value: z.string() })

/**
 * As much of HAR 1.2 as is used (http://www.softwareishard.com/blog/har-12-spec/). Browsers write sizes of -1 and leave
 * `text` out; proxies write `comment` for an encoding; all of them add fields of their own.
 */
const harEntry = z.object({
  startedDateTime: z.string().refine((text) => !Number.isNaN(Date.parse(text)), "is not a date and time"),
  request: z.object({
    method: z.string().min(1),
    url: z.string().refine((url) => URL.canParse(url), "is not an address"),
    headers: z.array(nameAndValue).default([]),
    postData: z
      .object({
        mimeType: z.string().default(""),
        text: z.string().nullish(),
        encoding: z.string().nullish(),
        params: z.array(z.object({ name: z.string(), value: z.string().nullish() })).nullish(),
      })
      .nullish(),
  }),
  response: z.object({
    status: z.int(),
    headers: z.array(nameAndValue).default([]),
    content: z
      .object({
        size: z.number().default(-1),
        mimeType: z.string().default(""),
        text: z.string().nullish(),
        encoding: z.string().nullish(),
      })
      .default({ size: 0, mimeType: "" }),
  }),
})
type HarEntry = z.output<typeof harEntry>

const har = z.object({ log: z.object({ entries: z.array(z.unknown()) }) })

export interface Captured {
  readonly exchanges: readonly Exchange[]
  /** What stands in the file and cannot be used, each with its reason: `entry 4: its body was not saved`. */
  readonly unusable: readonly string[]
}

/** Reads captured traffic. `name` is how messages call the file; they never quote what is in it. */
export function readHar(text: string, name: string): Captured {
  const entries = entriesIn(text, name)
  const exchanges: Exchange[] = []
  const unusable: string[] = []
  for (const [index, raw] of entries.entries()) {
    const where = `entry ${index + 1}`
    const read = harEntry.safeParse(raw)
    const exchange = read.success ? exchangeOf(read.data, where) : describeIssues(read.error).join("; ")
    if (typeof exchange === "string") unusable.push(`${where}: ${exchange}`)
    else if (exchange) exchanges.push(exchange)
  }
  if (exchanges.length > 0) return { exchanges, unusable }
  const reasons = unusable.slice(0, 3).map((reason) => `\n    ${reason}`)
  throw notHar(name, entries.length === 0 ? "holds no entries" : `holds no usable entry:${reasons.join("")}`)
}

function entriesIn(text: string, name: string): readonly unknown[] {
  let parsed: unknown
  try {
    // The byte order mark that some browsers on Windows write.
    parsed = JSON.parse(text.replace(/^\uFEFF/, ""))
  } catch {
    // The parser's own message quotes the text, and what was captured may be secret.
    throw notHar(name, "is not JSON, or was cut short")
  }
  const read = har.safeParse(parsed)
  if (!read.success) throw notHar(name, "is JSON but no HAR: it has no log.entries")
  return read.data.log.entries
}

function notHar(name: string, what: string): CliError {
  return new CliError({
    code: "bad_har",
    message: `${name} ${what}.`,
    hint: "Save it again: in a browser's network panel, “Save all as HAR with content”; in mitmproxy, `mitmdump --set hardump=out.har`.",
    exitCode: 2,
  })
}

const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])

/** A text says why it cannot be used; undefined is what every capture has and nobody misses. */
function exchangeOf(entry: HarEntry, where: string): Exchange | string | undefined {
  const { request, response } = entry
  const { protocol } = new URL(request.url)
  if (protocol !== "https:" && protocol !== "http:") return undefined
  const method = request.method.toUpperCase()
  // Asked by browsers, never by docks.
  if (method === "OPTIONS") return undefined
  if (!METHODS.has(method)) return "its method is none of HTTP's common ones"
  // Browsers write 0 for what was blocked or aborted.
  if (response.status < 200 || response.status > 599) return "it was never answered"
  const answered = answerText(response)
  if (answered === undefined) return "its body was not saved, or is not text"
  const sent = sentBody(request)
  if (sent === undefined) return "what was sent is not text"
  return {
    where,
    method,
    url: request.url,
    requestHeaders: headersOf(request.headers),
    requestBody: sent.body,
    status: response.status,
    responseHeaders: headersOf(response.headers),
    ...readBody(answered),
    at: new Date(entry.startedDateTime).toISOString(),
  }
}

/** The text of an answer; undefined where it has one that the file does not hold as text. */
function answerText({ status, content, headers }: HarEntry["response"]): string | undefined {
  if (content.text) return decoded(content.text, content.encoding)
  const declared = Number(headersOf(headers)["content-length"] ?? Number.NaN)
  const isEmpty = status === 204 || status === 304 || content.size <= 0 || declared === 0
  // A size of -1 with a type is a body that nobody saved.
  return isEmpty && !(content.size < 0 && declared > 0) ? "" : undefined
}

function sentBody({ postData }: HarEntry["request"]): { body: unknown } | undefined {
  if (!postData) return { body: undefined }
  if (postData.text) {
    const text = decoded(postData.text, postData.encoding)
    return text === undefined || /^multipart\//i.test(postData.mimeType)
      ? formOf(postData.params)
      : { body: readBody(text).body }
  }
  return formOf(postData.params) ?? { body: undefined }
}

function formOf(
  params: readonly { name: string; value?: string | null | undefined }[] | null | undefined,
): { body: unknown } | undefined {
  if (!params || params.length === 0) return undefined
  return {
    body: Object.fromEntries(params.map(({ name, value }) => [name, readBody(value ?? "").body ?? ""])),
  }
}

/** Undefined for what is not text. */
function decoded(text: string, encoding: string | null | undefined): string | undefined {
  if (encoding !== "base64") return text
  // Buffer drops what is no base64 without a word.
  if (!/^[\w+/=\s-]*$/.test(text)) return undefined
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(text, "base64"))
  } catch {
    return undefined
  }
}

function headersOf(headers: readonly { name: string; value: string }[]): Record<string, string> {
  const found: Record<string, string> = {}
  for (const { name, value } of headers) {
    const key = name.toLowerCase()
    // HTTP/2 has its pseudo headers among the others.
    if (key === "" || key.startsWith(":")) continue
    found[key] = Object.hasOwn(found, key) ? `${found[key]}, ${value}` : value
  }
  return found
}
