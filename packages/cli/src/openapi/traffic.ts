import { judgeName } from "../../../../registry/core/secret-names.ts"
import { CliError } from "../framework/error.ts"
import type { Exchange } from "../traffic/exchange.ts"
import type { Authentication, Description } from "./description.ts"
import { operationsFrom } from "./observed.ts"

/** What captured traffic tells of the API that most of it went to. */
export function describeTraffic(exchanges: readonly Exchange[]): Description {
  const answered = exchanges.filter(({ status, isJson }) => status < 300 && isJson)
  const origin = mostOf(answered.map(({ url }) => new URL(url).origin))
  if (origin === undefined) {
    throw new CliError({
      code: "nothing_found",
      message: "The captured traffic holds no answer that is JSON.",
      hint: "Capture what lists servers, sites or domains, and save it with its contents.",
    })
  }
  const own = answered.filter(({ url }) => new URL(url).origin === origin)
  return {
    format: "captured traffic",
    title: "",
    version: "",
    baseUrl: origin.startsWith("https:") ? origin : undefined,
    website: undefined,
    authentication: authenticationIn(own),
    operations: operationsFrom(
      own.map(({ method, url, requestBody, status, responseHeaders, body }) => ({
        method,
        path: new URL(url).pathname,
        query: [...new Set(new URL(url).searchParams.keys())],
        requestBody,
        status,
        headers: Object.keys(responseHeaders),
        body,
      })),
    ),
  }
}

function authenticationIn(exchanges: readonly Exchange[]): Authentication | undefined {
  for (const { requestHeaders } of exchanges) {
    const { authorization = "" } = requestHeaders
    if (/^bearer /i.test(authorization)) return { kind: "bearer" }
    if (/^basic /i.test(authorization)) return { kind: "basic" }
    const named = Object.keys(requestHeaders).find((name) => name !== "cookie" && judgeName(name) !== "open")
    if (named !== undefined) return { kind: "header", name: named }
  }
  return undefined
}

function mostOf(texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}
