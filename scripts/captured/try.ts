import { isOfCycle, isRefusal, type Recording } from "../../registry/contract/recording.ts"
import { fetchStage, type Stage, type StandIn } from "../../registry/contract/stage.ts"
import { createTestbed, type Rows, type Testbed, tablesOf } from "../../registry/contract/testbed.ts"
import type { AnyDock } from "../../registry/core/dock.ts"
import type { Http, RequestOptions } from "../../registry/core/http.ts"
import { credentialFields } from "../../registry/engine/credentials.ts"
import type { DockReport } from "../../registry/engine/stackdock.ts"
import { columnsOf } from "../../registry/schema/columns.ts"
import { type ResourceRow, type ResourceTableName, resourceTables } from "../../registry/schema/index.ts"
import type { Captured } from "./read.ts"

export interface Trial {
  readonly file: string
  /** `read`: it became rows, or was empty. `reported`: it was refused, for a reason that is told. */
  readonly outcome: "read" | "reported" | "never asked for"
  readonly rows: number
  readonly reasons: readonly string[]
  /** What may not be: a crash, or a value that nobody sent. */
  readonly wrong: readonly string[]
}

/**
 * Plays each captured answer in place of the dock's own recording of the same endpoint, and syncs the tables that read it.
 * A dock is free to refuse an answer, as long as it says so; it may not break, and not make anything up.
 */
export async function tryCaptured(
  dock: AnyDock,
  recordings: readonly Recording[],
  captured: readonly Captured[],
): Promise<Trial[]> {
  const own = recordings.filter((recorded) => !isRefusal(recorded) && !isOfCycle(recorded))
  const templates = new Set<string>()
  const watched: AnyDock = {
    ...dock,
    connect: (credentials, http) => dock.connect(credentials, noting(http, templates)),
  }
  const stage = fetchStage(own)
  const options = { dock: watched, credentials: fakeCredentials(dock), fetch: stage.fetch }
  const readers = await readersOf(stage, await createTestbed(options), tablesOf(dock))
  const endpoints = [...templates].map(pattern)

  const trials: Trial[] = []
  for (const { file, path, response } of captured) {
    const endpoint = endpoints.find((known) => known.test(path))
    const recorded = own.find(({ request }) => {
      return request.method === "GET" && endpoint?.test(new URL(request.url).pathname)
    })
    const tables = recorded && readers.get(recorded)
    if (!recorded || !tables) {
      trials.push({ file, outcome: "never asked for", rows: 0, reasons: [], wrong: [] })
      continue
    }
    const bed = await createTestbed(options)
    await bed.sync(tables)
    const before = await bed.rows(tables)
    const report = await stage.during(
      (_, asked) =>
        asked === recorded ? Response.json(response.body, { status: response.status }) : undefined,
      () => bed.sync(tables),
    )
    const fresh = freshRows(before, await bed.rows(tables))
    const reasons = reasonsIn(report)
    const sent = [response.body, own.map(({ request, response }) => [request.url, response.body])]
    const sources = JSON.stringify([
      ...sent,
      [...before.values()].map((rows) => [...rows.values()]),
    ]).toLowerCase()
    const wrong = [
      ...reasons.filter((reason) => /^unexpected|mapping failed/.test(reason)),
      ...fresh.flatMap(([table, row]) => madeUp(table, row, sources)),
      ...(response.status >= 400 ? lost(before, await bed.rows(tables)) : []),
    ]
    const isRead = fresh.length > 0 || (response.status < 300 && reasons.length === 0)
    trials.push({ file, outcome: isRead ? "read" : "reported", rows: fresh.length, reasons, wrong })
  }
  return trials
}

/** Which tables ask for a recording: seen by syncing each table alone. */
async function readersOf(
  stage: Stage,
  bed: Testbed,
  tables: readonly ResourceTableName[],
): Promise<Map<Recording, ResourceTableName[]>> {
  const readers = new Map<Recording, ResourceTableName[]>()
  for (const table of tables) {
    const seen = new Set<Recording>()
    const note: StandIn = (_, recorded) => {
      if (recorded) seen.add(recorded)
      return undefined
    }
    await stage.during(note, () => bed.sync([table]))
    for (const recorded of seen) readers.set(recorded, [...(readers.get(recorded) ?? []), table])
  }
  return readers
}

function fakeCredentials(dock: AnyDock): Record<string, string> {
  const fields = credentialFields(dock)
  const needed = fields.filter(({ isRequired }) => isRequired)
  const [first] = fields
  const asked = needed.length > 0 || !first ? needed : [first]
  return Object.fromEntries(asked.map(({ name }) => [name, "fake-secret-captured"]))
}

/** The same client, noting the templates of the paths that it is asked for. */
function noting(http: Http, templates: Set<string>): Http {
  const note = (path: string) => templates.add(path)
  const asking =
    (method: "get" | "post" | "put" | "patch" | "delete") => (path: string, options?: RequestOptions) => {
      note(path)
      return http[method](path, options)
    }
  return {
    base: (url) => noting(http.base(url), templates),
    bearer: (token) => noting(http.bearer(token), templates),
    basic: (user, password) => noting(http.basic(user, password), templates),
    header: (name, value) => noting(http.header(name, value), templates),
    get: asking("get"),
    post: asking("post"),
    put: asking("put"),
    patch: asking("patch"),
    delete: asking("delete"),
  }
}

/** Whatever the base is: captured answers are of the public API, whose address a dock knows best. */
function pattern(template: string): RegExp {
  const source = template
    .split("/")
    .map((segment) => (/\{.*\}/.test(segment) ? "[^/]+" : segment.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")))
    .join("/")
  return new RegExp(`^(?:/[\\w.]+){0,4}${source}/?$`)
}

function freshRows(before: Rows, after: Rows): [ResourceTableName, ResourceRow][] {
  return [...after].flatMap(([table, rows]) =>
    [...rows].flatMap(([id, row]): [ResourceTableName, ResourceRow][] =>
      before.get(table)?.get(id)?.contentHash === row.contentHash ? [] : [[table, row]],
    ),
  )
}

function lost(before: Rows, after: Rows): string[] {
  return [...before].flatMap(([table, rows]) =>
    [...rows.keys()].filter((id) => !after.get(table)?.has(id)).map((id) => `${table} ${id} was deleted`),
  )
}

function reasonsIn(report: DockReport): string[] {
  return [
    ...(report.error ? [`${report.error.code}: ${report.error.message}`] : []),
    ...report.scopes.flatMap(({ error, reasons }) => [
      ...(error ? [`${error.code}: ${error.message}`] : []),
      ...reasons.filter(({ kind }) => kind === "skipped").map(({ path, message }) => `${path} ${message}`),
    ]),
  ]
}

/** Texts of a row stand in what was sent. A dock's own words, such as `wordpress`, stand in its own rows as well. */
function madeUp(table: ResourceTableName, row: ResourceRow, sources: string): string[] {
  const values: Readonly<Record<string, unknown>> = row
  const told = columnsOf(resourceTables[table]).filter(
    ({ name, kind }) => kind === "text" && !AROUND.has(name),
  )
  return told.flatMap(({ name }) => {
    const value = values[name]
    if (typeof value !== "string") return []
    const parts = value
      .toLowerCase()
      .split(/[\s/:@,"]+/)
      .filter((part) => part !== "" && !part.includes("xn--"))
    const isThere = parts.every((part) => sources.includes(part))
    return isThere ? [] : [`${table} ${row.providerResourceId}: ${name} is ${JSON.stringify(value)}`]
  })
}

/** Columns that are not the provider's to fill, or put together by rule. */
const AROUND: ReadonlySet<string> = new Set(["id", "orgId", "dockId", "provider", "scope", "contentHash"])
