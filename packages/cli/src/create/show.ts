import { alignColumns, type Output } from "../framework/output.ts"
import type { Change } from "../transaction/change.ts"
import type { Place } from "./place.ts"
import type { DockSpec, Paging, Resource } from "./spec.ts"

/** What was understood and what will be written: read before it is approved. */
export function showSpec(spec: DockSpec, place: Place, changes: readonly Change[], out: Output): void {
  const style = out.noteStyle
  const rows = spec.resources.map((resource) => [
    `  ${style.bold(resource.table)}`,
    `GET ${resource.list.path}`,
    pagingWords(resource.list.paging),
    `${Object.keys(resource.columns).length + 1} columns`,
    style.dim(spec.source === "nothing" ? "assumed" : resource.making ? "made and removed" : ""),
  ])
  out.note()
  for (const line of alignColumns(
    Array.from({ length: 5 }, () => ({ title: "" })),
    rows,
    style,
  ))
    out.note(line)
  out.note()
  const own = changes.filter(({ path }) => path.startsWith(`${place.folder}/`))
  const others = changes.filter((change) => !own.includes(change))
  const facts: [string, string][] = [
    ["calls", spec.baseUrl.url],
    ["signs", signature(spec)],
    [
      "verifies",
      spec.account
        ? `GET ${spec.account.path}`
        : `GET ${spec.resources[0]?.list.path ?? ""} (nothing tells the account)`,
    ],
    ["asks for", spec.places.map(({ name }) => name).join(", ")],
    ["redacts", [...new Set(spec.resources.flatMap(secrets))].join(", ")],
    ["writes", `${own.length} files in ${place.folder}`],
    ["changes", listed(others.map(({ path }) => path))],
  ]
  for (const [name, value] of facts) if (value) out.note(`  ${style.dim(name.padEnd(8))}  ${value}`)
  out.note()
  for (const resource of spec.resources) {
    out.note(`  ${resource.table} ${style.dim(`of ${resource.list.path}`)}`)
    for (const line of mappingLines(resource)) out.note(`    ${line}`)
  }
  out.note()
}

function mappingLines({ columns, status }: Resource): string[] {
  const told = Object.entries(columns).map(([column, { from, as }]) => {
    const source = as === "scope" ? "the list that it is in" : as === "as it is" ? from : `${from} (${as})`
    return `${column} ← ${source}`
  })
  const words = Object.entries(status.words).map(([word, meaning]) => `${word} → ${meaning}`)
  const open = status.open.map((word) => `${word} → ?`)
  const line = status.from
    ? `status ← ${status.from}: ${[...words, ...open].join(", ") || "no words are told"}`
    : `status: ${status.always ?? "nothing tells it"}`
  return [...told, line]
}

function secrets({ list, redact }: Resource): string[] {
  const named = Object.entries(list.fields).flatMap(([path, { is }]) => (is === "secret" ? [path] : []))
  return [...named, ...redact.filter((key) => !named.some((path) => path.endsWith(key)))]
}

function signature({ authentication: { kind, header } }: DockSpec): string {
  if (kind === "basic") return "with user and password"
  return kind === "header" ? `with the header ${header ?? ""}` : "with a bearer token"
}

function pagingWords(paging: Paging): string {
  switch (paging.kind) {
    case "whole":
      return "in one answer"
    case "numbers":
      return `pages by ${paging.page}`
    case "offset":
      return `pages by ${paging.offset}`
    case "cursor":
      return `pages by ${paging.cursor}`
    case "links":
      return paging.next ? `pages by ${paging.next}` : "pages by the Link header"
  }
}

const MOST_PATHS = 4

function listed(paths: readonly string[]): string {
  if (paths.length <= MOST_PATHS) return paths.join(", ")
  return `${paths.slice(0, MOST_PATHS).join(", ")} and ${paths.length - MOST_PATHS} more`
}
