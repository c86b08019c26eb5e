import { readFileSync, statSync } from "node:fs"
import { resolve } from "node:path"
import { CliError } from "../framework/error.ts"
import { isObject } from "../project/files.ts"
import type { Description } from "./description.ts"

const MAX_BYTES = 32 * 1024 * 1024
const PATIENCE_MS = 30_000

/** Reads a description of an API from a file or an address: OpenAPI, Swagger, a Google discovery document or a Postman collection. */
export async function readDescription(source: string, cwd: string): Promise<Description> {
  const text = /^https?:\/\//i.test(source) ? await fetched(source) : fromFile(resolve(cwd, source))
  return describe(await parsed(text, source), source)
}

async function describe(document: unknown, source: string): Promise<Description> {
  if (!isObject(document)) throw unreadable(source, "holds no object")
  if (isObject(document["paths"]) && (document["openapi"] ?? document["swagger"]) !== undefined) {
    const { describeOpenApi } = await import("./openapi.ts")
    return describeOpenApi(document)
  }
  if (document["discoveryVersion"] !== undefined) {
    const { describeDiscovery } = await import("./discovery.ts")
    return describeDiscovery(document)
  }
  if (isPostman(document)) {
    const { describePostman } = await import("./postman.ts")
    return describePostman(document)
  }
  throw unreadable(source, `is ${otherFormat(document)}`)
}

function isPostman({ collection, info }: Readonly<Record<string, unknown>>): boolean {
  const about = isObject(collection) ? collection["info"] : info
  return isObject(about) && String(about["schema"] ?? "").includes("getpostman")
}

/** What else it is, so that nobody has to guess why it does not work. */
function otherFormat(document: Readonly<Record<string, unknown>>): string {
  const { metadata } = document
  if (isObject(metadata) && isObject(document["shapes"]) && isObject(document["operations"])) {
    return `a service model of AWS's own (${String(metadata["protocol"] ?? "unknown")} protocol), which is not HTTP with JSON resources`
  }
  if (isObject(document["log"])) return "captured traffic, which --har takes"
  if (document["asyncapi"] !== undefined) return "an AsyncAPI document"
  if (document["__schema"] !== undefined || isObject(document["data"])) return "the schema of a GraphQL API"
  return "no description of an API that is known"
}

/** A definition at the start of a line, as no JSON or YAML has it. */
const GRAPHQL = /^(extend )?(type|schema|enum|input|interface)\b[^:\n]*\{\s*$/m

async function parsed(text: string, source: string): Promise<unknown> {
  if (/^\s*\{/.test(text)) {
    try {
      return JSON.parse(text)
    } catch {
      // A flow mapping of YAML begins the same way.
    }
  }
  if (GRAPHQL.test(text)) throw unreadable(source, "is the schema of a GraphQL API")
  const { parse } = await import("yaml")
  try {
    return parse(text, { maxAliasCount: 10_000 })
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)
    throw unreadable(source, `is neither JSON nor YAML: ${reason}`)
  }
}

function fromFile(path: string): string {
  const info = statSync(path, { throwIfNoEntry: false })
  if (!info?.isFile()) throw unreadable(path, "is no file")
  if (info.size > MAX_BYTES) throw unreadable(path, `is larger than ${MAX_BYTES / 1024 / 1024} MB`)
  return readFileSync(path, "utf8")
}

async function fetched(url: string): Promise<string> {
  let response: Response
  let text: string
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) })
    text = await response.text()
  } catch (error) {
    throw unreadable(url, `cannot be fetched: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (!response.ok) throw unreadable(url, `answered ${response.status}`)
  if (text.length > MAX_BYTES) throw unreadable(url, `is larger than ${MAX_BYTES / 1024 / 1024} MB`)
  return text
}

function unreadable(source: string, reason: string): CliError {
  return new CliError({
    code: "unreadable_description",
    message: `${source} ${reason}.`,
    hint: "--openapi takes OpenAPI 3.0 or 3.1, Swagger 2.0, a Google discovery document or a Postman collection, as JSON or YAML. Without one: stackdock create <provider>",
    exitCode: 2,
  })
}
