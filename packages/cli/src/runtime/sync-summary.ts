import type {
  DockReport,
  Fact,
  ReportedError,
  ScopeReport,
  SyncReport,
} from "../../../../registry/engine/stackdock.ts"
import type { Column, Output } from "../framework/output.ts"
import { count, duration, printable } from "./format.ts"

const columns: readonly Column[] = [
  { title: "Table" },
  ...["Fetched", "Inserted", "Updated", "Unchanged", "Deleted", "Skipped", "Requests", "Waited"].map(
    (title) => ({ title, align: "right" }) as const,
  ),
  { title: "" },
]

/** The outcome, for people: a table per dock, and below it whatever needs their attention. */
export function printSummary(report: SyncReport, out: Output, dryRun: boolean): void {
  if (dryRun) out.print(out.style.yellow("A dry run: this is what would change; nothing was written."))
  for (const dock of report.docks) {
    out.print()
    printDock(dock, out)
  }
}

function printDock(dock: DockReport, out: Output): void {
  const { style } = out
  const mark = dock.status === "succeeded" ? style.tick : isBad(dock.status) ? style.cross : style.warn
  out.print(`${mark} ${style.bold(dock.name)}  ${style.dim(statusWords[dock.status])}`)
  const tables = byTable(dock.scopes)
  if (tables.size > 0) {
    out.table(
      columns,
      [...tables].map(([table, scopes]) => tableRow(table, scopes, out)),
    )
  }
  if (dock.error) printError(dock.error, "", out)
  for (const [table, scopes] of tables) {
    for (const { error, names } of sameErrors(scopes)) printError(error, `${table}${listed(names)}: `, out)
    for (const fact of sameFacts(scopes)) {
      const times = fact.count > 1 ? style.dim(` (${count(fact.count)} times)`) : ""
      const place = fact.path ? ` ${fact.path}:` : ""
      out.print(
        `  ${style.warn} ${table}: ${factWords[fact.kind]}${printable(`${place} ${fact.message}`)}${times}`,
      )
    }
    printMassDeletion(dock, table, scopes, out)
  }
}

const statusWords: Record<DockReport["status"], string> = {
  succeeded: "up to date",
  partial: "partly up to date: what failed keeps its rows",
  failed: "failed: its rows are as they were",
  stopped: "stopped before a mass deletion",
  canceled: "canceled: the rest keeps its rows",
  busy: "another sync is at work on it",
}

const factWords: Record<Fact["kind"], string> = {
  skipped: "skipped",
  dropped_field: "left out",
  unknown_status: "unknown status",
}

function isBad(status: DockReport["status"]): boolean {
  return status === "failed" || status === "busy"
}

function byTable(scopes: readonly ScopeReport[]): Map<string, ScopeReport[]> {
  const tables = new Map<string, ScopeReport[]>()
  for (const scope of scopes) tables.set(scope.table, [...(tables.get(scope.table) ?? []), scope])
  return tables
}

function tableRow(table: string, scopes: readonly ScopeReport[], out: Output): string[] {
  const { style } = out
  const sum = (of: (scope: ScopeReport) => number) => scopes.reduce((total, scope) => total + of(scope), 0)
  const quiet = (value: number) => (value === 0 ? style.dim("0") : count(value))
  const loud = (value: number, colour: (text: string) => string) =>
    value === 0 ? style.dim("0") : colour(count(value))
  const waited = sum((scope) => scope.waitedMs)
  return [
    table,
    quiet(sum((scope) => scope.fetched)),
    loud(
      sum((scope) => scope.inserted),
      style.green,
    ),
    loud(
      sum((scope) => scope.updated),
      style.cyan,
    ),
    quiet(sum((scope) => scope.unchanged)),
    loud(
      sum((scope) => scope.deleted),
      style.red,
    ),
    loud(
      sum((scope) => scope.skipped),
      style.yellow,
    ),
    quiet(sum((scope) => scope.requests)),
    waited < 50 ? style.dim("–") : duration(waited),
    outcome(scopes, out),
  ]
}

function outcome(scopes: readonly ScopeReport[], { style }: Output): string {
  const failed = scopes.filter(({ error }) => error && error.code !== "canceled").length
  if (failed > 0)
    return `${style.cross} ${scopes.length === 1 ? "failed" : `${failed} of ${scopes.length} failed`}`
  return scopes.some(({ error }) => error) ? style.yellow("canceled") : ""
}

/** The same failure in a hundred scopes is told once. */
function sameErrors(scopes: readonly ScopeReport[]): { error: ReportedError; names: string[] }[] {
  const found = new Map<string, { error: ReportedError; names: string[] }>()
  for (const { error, scope } of scopes) {
    if (!error || error.code === "canceled") continue
    const key = `${error.code} ${error.message}`
    const held = found.get(key)
    if (held) held.names.push(scope)
    else found.set(key, { error, names: [scope] })
  }
  return [...found.values()]
}

function sameFacts(scopes: readonly ScopeReport[]): Fact[] {
  const found = new Map<string, Fact>()
  for (const fact of scopes.flatMap((scope) => scope.reasons)) {
    const key = `${fact.kind} ${fact.path} ${fact.message}`
    found.set(key, { ...fact, count: fact.count + (found.get(key)?.count ?? 0) })
  }
  return [...found.values()]
}

/** ` (site/12, site/14 and 3 more)`; nothing where it was the whole table. */
function listed(scopes: readonly string[]): string {
  if (scopes.length === 1 && (scopes[0] === "account" || scopes[0] === "*")) return ""
  const more = scopes.length > 3 ? ` and ${count(scopes.length - 3)} more` : ""
  return ` (${scopes.slice(0, 3).map(printable).join(", ")}${more})`
}

function printError(error: ReportedError, where: string, out: Output): void {
  const { style } = out
  const request = error.requestId ? style.dim(` (request ${printable(error.requestId)})`) : ""
  out.print(`  ${style.cross} ${where}${printable(error.message)}${request}`)
  if (error.suggestion) out.print(`    ${style.dim("→")} ${printable(error.suggestion)}`)
}

function printMassDeletion(
  dock: DockReport,
  table: string,
  scopes: readonly ScopeReport[],
  out: Output,
): void {
  const stopped = scopes.filter((scope) => scope.massDeletion)
  if (stopped.length === 0) return
  const { style } = out
  const missing = stopped.reduce((total, { massDeletion }) => total + (massDeletion?.missing ?? 0), 0)
  const of = stopped.reduce((total, { massDeletion }) => total + (massDeletion?.of ?? 0), 0)
  out.print(
    `  ${style.warn} ${table}: ${count(missing)} of ${count(of)} rows are no longer at the provider; none of them was deleted.`,
  )
  out.print(
    `    ${style.dim("→")} If that is right, type: npx stackdock sync ${shellWord(dock.name)} --table ${table} --allow-mass-delete`,
  )
}

function shellWord(text: string): string {
  return /^[\w.@%+=:,/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
