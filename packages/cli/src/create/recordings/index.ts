import { kebab, plural } from "../../openapi/names.ts"
import { firstList } from "../files/index-file.ts"
import type { DockSpec } from "../spec.ts"
import { account } from "./account.ts"
import { cycles } from "./cycles.ts"
import type { Exchange } from "./exchange.ts"

/** Answers in the form that the document tells, made up, and the rows that they must become. */
export function recordingFiles(spec: DockSpec, date: string): Map<string, string> {
  const { exchanges, rows } = account(spec)
  const files = new Map<string, string>()
  for (const exchange of [...exchanges, ...refusals(spec, exchanges), ...cycles(spec)]) {
    const { file, scenario, request, response } = exchange
    const { method, path, ...asked } = request
    files.set(
      `recordings/${file}`,
      json({
        scenario,
        provenance: provenance(spec, date),
        request: { method, url: spec.baseUrl.url + path, ...asked },
        response,
      }),
    )
  }
  for (const [table, found] of Object.entries(rows)) files.set(`recordings/${table}.rows.json`, json(found))
  return files
}

function provenance({ source, version }: DockSpec, date: string) {
  const kind = source === "document" ? "specification" : "written"
  const note = {
    document: "Values are made up in the form that the provider's document describes.",
    traffic: "Values are made up in the form of captured answers.",
    nothing: "Made up before the provider's API was looked at.",
  }[source]
  return { kind, date, apiVersion: version, note }
}

/** What a test signs in with. */
export function sampleCredentials({ authentication, places }: DockSpec): Record<string, string> {
  return {
    ...(authentication.kind === "basic"
      ? { user: "acme", password: "fake-secret-password" }
      : { token: "fake-secret-token" }),
    ...Object.fromEntries(places.map(({ name }) => [name, kebab(name)])),
  }
}

function refusals(spec: DockSpec, exchanges: readonly Exchange[]): Exchange[] {
  const list = firstList(spec.resources)
  const folder = kebab(plural(list.noun))
  const listed = exchanges.find(({ file }) => file.startsWith(`${folder}/`))
  const verified = spec.account ? exchanges[0] : listed
  if (!listed || !verified) return []
  return [
    {
      file: "errors/unauthorized.json",
      scenario: "a credential that is refused",
      request: verified.request,
      response: { status: 401, body: { message: "Unauthorized" } },
    },
    {
      file: "errors/forbidden.json",
      scenario: "a credential that may not",
      request: listed.request,
      response: { status: 403, body: { message: "Forbidden" } },
    },
    {
      file: "errors/too-fast.json",
      scenario: "too many requests",
      request: listed.request,
      response: { status: 429, headers: { "retry-after": "7" }, body: { message: "Too Many Requests" } },
    },
  ]
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
