import type { ResourceRow, ResourceTableName } from "../../../../registry/schema/index.ts"
import type { Column, Output } from "../framework/output.ts"
import { ago, bytes, count, printable } from "./format.ts"
import { rowColumns } from "./row-columns.ts"

/** A person reads no more than this; a table's widths are known only once its rows are. */
const SHOWN = 1000
const CELL = 44

/** Rows for people: a few telling columns, without those that no row fills. */
export async function printRows(
  table: ResourceTableName,
  rows: AsyncIterable<ResourceRow>,
  dockNames: ReadonlyMap<string, string>,
  out: Output,
): Promise<number> {
  const shown: ResourceRow[] = []
  let total = 0
  for await (const row of rows) {
    if (total < SHOWN) shown.push(row)
    total += 1
  }
  if (total === 0) return 0

  const cells = shown.map((row) => new Map<string, unknown>(Object.entries(row)))
  const own = Object.entries(rowColumns[table]).filter(([column]) =>
    cells.some((row) => row.get(column) != null),
  )
  const severalDocks = new Set(shown.map((row) => row.dockId)).size > 1
  const columns: Column[] = [
    { title: "Name" },
    { title: "Status" },
    ...own.map(([column, title]) => ({ title, align: alignment(cells, column) })),
    ...(severalDocks ? [{ title: "Dock" }] : []),
  ]
  out.table(
    columns,
    shown.map((row, index) => [
      cut(displayName(row)),
      status(row, out),
      ...own.map(([column]) => cell(column, cells[index]?.get(column), out)),
      ...(severalDocks ? [out.style.dim(dockNames.get(row.dockId) ?? row.dockId)] : []),
    ]),
  )
  const more = total > shown.length ? ` The first ${count(SHOWN)} are shown; --json gives all.` : ""
  out.note(out.noteStyle.dim(`${count(total)} ${total === 1 ? "row" : "rows"}.${more}`))
  return total
}

const good = new Set([
  "running",
  "active",
  "up",
  "ready",
  "available",
  "succeeded",
  "completed",
  "connected",
  "resolved",
])
const bad = new Set(["error", "failed", "down", "expired", "suspended", "misconfigured"])

function status(row: ResourceRow, out: Output): string {
  const { style } = out
  if (row.deletedAt) return style.dim(`deleted ${ago(row.deletedAt)}`)
  if (row.status === "unknown")
    return style.dim(row.providerStatus ? `unknown (${cut(row.providerStatus)})` : "unknown")
  if (good.has(row.status)) return style.green(row.status)
  return bad.has(row.status) ? style.red(row.status) : style.yellow(row.status)
}

/** Domains have a name for machines and one for people. */
function displayName(row: ResourceRow): string {
  return "displayName" in row && row.displayName ? row.displayName : row.name
}

function cell(column: string, value: unknown, out: Output): string {
  if (value === null || value === undefined) return out.style.dim("–")
  if (typeof value === "boolean") return value ? "yes" : "no"
  if (typeof value === "number") return column === "sizeBytes" ? bytes(value) : count(value)
  if (typeof value === "string" && column.endsWith("At")) return value.slice(0, 16).replace("T", " ")
  return cut(Array.isArray(value) ? value.join(", ") : String(value))
}

function alignment(rows: readonly Map<string, unknown>[], column: string): "left" | "right" {
  return rows.some((row) => typeof row.get(column) === "number") ? "right" : "left"
}

function cut(text: string): string {
  const clean = printable(text)
  return clean.length > CELL ? `${clean.slice(0, CELL - 1)}…` : clean
}
