import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import * as z from "zod"
import { isOfCycle, isRefusal, type Recording, recording } from "../../../../registry/contract/recording.ts"
import { CliError } from "../framework/error.ts"
import { describeIssues } from "../registry/schema.ts"
import type { Exchange } from "./exchange.ts"
import { readHar } from "./har.ts"

/** A recording, or what somebody captured in their own way, as long as it has a request and an answer. */
const capture = z.looseObject({
  request: z.looseObject({
    ...recording.shape.request.shape,
    url: z.string().refine((url) => URL.canParse(url), "is not an address"),
    method: recording.shape.request.shape.method.default("GET"),
    query: z.record(z.string(), z.union([z.coerce.string(), z.array(z.coerce.string())])).optional(),
  }),
  response: z.looseObject({
    ...recording.shape.response.shape,
    status: z.int().min(200).max(599).default(200),
  }),
})

const today = () => new Date().toISOString().slice(0, 10)

/** What can be played: a folder of recordings or of captures, one of them, or a HAR. */
export function readPlayable(
  path: string,
  shown: string,
): { recordings: Recording[]; unusable: readonly string[] } {
  const info = statSync(path, { throwIfNoEntry: false })
  if (info?.isDirectory()) return fromFolder(path, shown)
  if (!info) {
    throw new CliError({
      code: "no_recordings",
      message: `${shown} does not exist.`,
      hint: "Name a folder of recordings, one recording, or a HAR.",
      exitCode: 2,
    })
  }
  const text = readFileSync(path, "utf8")
  const captured = captureIn(text, shown)
  if (captured) return { recordings: [captured], unusable: [] }
  const { exchanges, unusable } = readHar(text, shown)
  return { recordings: exchanges.map((exchange) => recordingOf(exchange, exchange.where)), unusable }
}

/** The answers of an account in good order: refusals and cycles stand in for others, and apart from them. */
export function ofAccount(recordings: readonly Recording[]): Recording[] {
  return recordings.filter((recorded) => !isRefusal(recorded) && !isOfCycle(recorded))
}

/** One exchange as a recording, whole and unscrubbed. */
export function recordingOf(exchange: Exchange, file: string): Recording {
  const { origin, pathname, searchParams } = new URL(exchange.url)
  const names = [...new Set(searchParams.keys())]
  const query = Object.fromEntries(
    names.map((name) => {
      const [first = "", ...others] = searchParams.getAll(name)
      return [name, others.length > 0 ? [first, ...others] : first]
    }),
  )
  const { status, responseHeaders: headers, body, isJson, requestBody } = exchange
  const read = recording.parse({
    scenario: `${exchange.method} ${pathname}`,
    provenance: { kind: "live", date: exchange.at.slice(0, 10), apiVersion: versionIn(pathname) },
    request: {
      method: exchange.method,
      url: origin + pathname,
      ...(names.length > 0 ? { query } : {}),
      ...(requestBody === undefined ? {} : { body: requestBody }),
    },
    response: {
      status,
      ...(Object.keys(headers).length > 0 ? { headers } : {}),
      ...(body === undefined ? {} : isJson ? { body } : { text: String(body) }),
    },
  })
  return { ...read, file }
}

/** `v1` where the address tells it. */
function versionIn(path: string): string {
  return path.split("/").find((segment) => /^v\d+(?:\.\d+)?$/.test(segment)) ?? "unversioned"
}

function fromFolder(folder: string, shown: string): { recordings: Recording[]; unusable: readonly string[] } {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /\.(json|har)$/.test(file) && !file.endsWith(".rows.json"))
    .sort()
  const recordings: Recording[] = []
  const unusable: string[] = []
  for (const file of files) {
    const text = readFileSync(join(folder, file), "utf8")
    if (file.endsWith(".har")) {
      const har = readHar(text, file)
      recordings.push(...har.exchanges.map((exchange) => recordingOf(exchange, `${file}, ${exchange.where}`)))
      unusable.push(...har.unusable.map((reason) => `${file}, ${reason}`))
      continue
    }
    const read = captureIn(text, file, (reason) => unusable.push(`${file}: ${reason}`))
    if (read) recordings.push(read)
  }
  if (recordings.length > 0) return { recordings, unusable }
  throw new CliError({
    code: "no_recordings",
    message:
      files.length === 0
        ? `${shown} holds no recordings.`
        : `${shown} holds nothing that can be played:${unusable
            .slice(0, 3)
            .map((line) => `\n    ${line}`)
            .join("")}`,
    hint: 'A recording is { "request": { "method", "url" }, "response": { "status", "body" } }; a HAR will do as well.',
    exitCode: 2,
  })
}

function captureIn(
  text: string,
  file: string,
  onProblem: (reason: string) => void = () => {},
): Recording | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    onProblem("it is not JSON")
    return undefined
  }
  const read = capture.safeParse(parsed)
  if (!read.success) {
    onProblem(describeIssues(read.error).slice(0, 2).join("; "))
    return undefined
  }
  const { request, response } = read.data
  const { origin, pathname, searchParams } = new URL(request.url)
  const query = { ...Object.fromEntries(searchParams), ...request.query }
  return {
    file,
    scenario: file,
    provenance: { kind: "live", date: today(), apiVersion: versionIn(pathname) },
    request: { ...request, url: origin + pathname, ...(Object.keys(query).length > 0 ? { query } : {}) },
    response,
  }
}
