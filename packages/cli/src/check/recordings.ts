import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expectedRows, type Recording, recording } from "../../../../registry/contract/recording.ts"
import { scan } from "../../../../registry/contract/scan.ts"
import type { AnyDock } from "../../../../registry/core/dock.ts"
import { describeIssues } from "../registry/schema.ts"
import type { DockFiles } from "./dock-files.ts"
import { verdict } from "./shape.ts"
import type { Check } from "./show.ts"

export interface RecordedFiles {
  readonly recordings: readonly Recording[]
  /** Expected rows by file. */
  readonly rows: readonly { readonly file: string; readonly held: unknown }[]
  /** What is neither. */
  readonly unreadable: readonly string[]
}

export function readRecorded({ home, folder }: DockFiles): RecordedFiles {
  const root = join(home.dir, folder, "recordings")
  const recordings: Recording[] = []
  const rows: { file: string; held: unknown }[] = []
  const unreadable: string[] = []
  const files = existsSync(root) ? readdirSync(root, { recursive: true, encoding: "utf8" }) : []
  for (const file of files.map((path) => path.replaceAll("\\", "/")).sort()) {
    if (!file.endsWith(".json")) continue
    const held = parsed(readFileSync(join(root, file), "utf8"))
    const isRows = !file.includes("/")
    const read = isRows ? expectedRows.safeParse(held) : recording.safeParse(held)
    if (!read.success) unreadable.push(`${file}: ${describeIssues(read.error).slice(0, 2).join("; ")}`)
    else if (isRows) rows.push({ file, held })
    else recordings.push({ ...recording.parse(held), file })
  }
  return { recordings, rows, unreadable }
}

/** They say where they come from, or they are none. */
export function provenance({ recordings, unreadable }: RecordedFiles, today: string): Check {
  const future = recordings
    .filter(({ provenance }) => provenance.date > today)
    .map(({ file, provenance }) => `${file} is dated ${provenance.date}, which is still to come`)
  const problems = [...unreadable, ...future, ...(recordings.length === 0 ? ["there is no recording"] : [])]
  return verdict(
    `${recordings.length} recordings say where they come from: ${kindsOf(recordings)}`,
    problems,
    {
      title: "Recordings do not say where they come from",
      fix: 'Each names its "scenario" and its "provenance": kind, date, apiVersion',
    },
  )
}

/** Providers change. */
export function age({ recordings }: RecordedFiles, provider: string, today: string): Check {
  const yearAgo = `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`
  const old = recordings.filter(({ provenance }) => provenance.date < yearAgo)
  if (old.length === 0) return { title: "No recording is older than a year", state: "good", problems: [] }
  const [oldest = ""] = old.map(({ provenance }) => provenance.date).sort()
  return {
    title: `${old.length} recordings are older than a year`,
    state: "notice",
    problems: [`the oldest is of ${oldest}`],
    fix: `npx stackdock record ${provider}`,
  }
}

export function secrets({ recordings, rows }: RecordedFiles): Check {
  const held = [...recordings.map((recorded) => ({ file: recorded.file, held: recorded })), ...rows]
  const found = held.flatMap(({ file, held: content }) =>
    // What was found is not quoted: a report is read by many.
    scan(content).map(({ path, what }) => `${file}: ${path}: ${what.replace(/ (address) .*/s, " $1")}`),
  )
  return verdict("Recordings hold nobody's secret, machine or address", found, {
    title: "Recordings hold what nobody may see",
    fix: "Secrets start with fake-secret-, addresses are 192.0.2.1 or 2001:db8::1, names end in example.com or .example",
  })
}

export function hosts({ recordings }: RecordedFiles, definition: AnyDock): Check {
  const called = [...new Set(recordings.map(({ request }) => new URL(request.url).host))]
  const unnamed = called.filter((host) => !definition.hosts.includes(host))
  return verdict(
    "Only hosts that the dock names are called",
    unnamed.map((host) => `${host} is called by a recording`),
    { title: "The dock calls hosts that it does not name", fix: "Add them to hosts in index.ts" },
  )
}

/** Each endpoint that the client can call has to have been answered once. */
export function coverage({ files }: DockFiles, { recordings }: RecordedFiles): Check {
  const endpoints = [...files]
    .filter(([path]) => /^api(?:\/.*)?\.ts$/.test(path))
    .flatMap(([file, text]) => endpointsIn(text).map((endpoint) => ({ ...endpoint, file })))
  const asked = recordings.map(({ request }) => ({ ...request, path: new URL(request.url).pathname }))
  const unanswered = endpoints.filter(({ method, path }) => {
    const known = pattern(path)
    return !asked.some((request) => known.test(request.path) && (method ?? request.method) === request.method)
  })
  return verdict(
    `${endpoints.length} endpoints have a recording`,
    unanswered.map(({ method, path, file }) => `${method ? `${method} ` : ""}${path} (${file})`),
    {
      title: "Endpoints have no recording",
      fix: "Record or write an answer to each, or remove the method that calls it",
    },
  )
}

interface Endpoint {
  /** Undefined where a helper sends it. */
  readonly method: string | undefined
  readonly path: string
}

/** Templates of paths in the source of a client, with the method where the call itself tells it. */
export function endpointsIn(source: string): Endpoint[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "")
  const found = new Map<string, Endpoint>()
  const literal = /(?:\.(get|post|put|patch|delete)(?:<[^(]*>)?\(\s*)?(["`])(\/[A-Za-z{$][^"`\s]*?)\2/g
  for (const [, method, quote, text = ""] of code.matchAll(literal)) {
    // A path with an ending is a file's, and `${` within `${` is more than a name.
    if (/\.\w+$/.test(text) || (quote === "`" && /\$\{[^}]*[({]/.test(text))) continue
    const path = text.replace(/\$\{[^}]*\}/g, "{…}")
    found.set(`${method ?? ""} ${path}`, { method: method?.toUpperCase(), path })
  }
  return [...found.values()]
}

/** Below whichever base. A name in braces stands for one segment. */
function pattern(template: string): RegExp {
  const source = template
    .replace(/[?#].*$/, "")
    .split("/")
    .map((segment) => (/\{.*\}/.test(segment) ? "[^/]+" : segment.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")))
    .join("/")
  return new RegExp(`${source}/?$`)
}

function kindsOf(recordings: readonly Recording[]): string {
  const kinds = new Map<string, number>()
  for (const { provenance } of recordings) kinds.set(provenance.kind, (kinds.get(provenance.kind) ?? 0) + 1)
  return [...kinds].map(([kind, count]) => `${count} ${kind}`).join(", ")
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
