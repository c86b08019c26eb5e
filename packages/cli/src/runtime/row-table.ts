import type { ResourceRow, ResourceTableName } from "../../../../registry/schema/index.ts"
import type { Column, Output } from "../framework/output.ts"
import { ago, bytes, count, printable } from "./format.ts"
import { rowColumns } from "./row-columns.ts"
import type { RowNames } from "./row-names.ts"

const CELL = 44

/** The telling columns of a table, without those that no row fills. */
export function filledColumns(table: ResourceTableName, rows: readonly ResourceRow[]): string[] {
  return Object.keys(rowColumns[table]).filter((column) => rows.some((row) => valueIn(row, column) !== null))
}

export function printRows(
  table: ResourceTableName,
  rows: readonly ResourceRow[],
  names: RowNames,
  out: Output,
): void {
  const titles = new Map<string, string>(Object.entries(rowColumns[table]))
  const columns = filledColumns(table, rows)
  const severalDocks = new Set(rows.map((row) => row.dockId)).size > 1
  const head: Column[] = [
    { title: "Name" },
    { title: "Status" },
    ...columns.map((column) => ({ title: titles.get(column) ?? column, align: alignment(rows, column) })),
    ...(severalDocks ? [{ title: "Dock" }] : []),
    { title: "Id" },
  ]
  const body = rows.map((row) => [
    cut(displayName(row)),
    status(row, out),
    ...columns.map((column) => cell(row, column, names, out)),
    ...(severalDocks ? [out.style.dim(names.dock(row))] : []),
    out.style.dim(row.id),
  ])
  out.table(head, body)
}

const good = new Set([
  "active",
  "attached",
  "available",
  "enabled",
  "ok",
  "ready",
  "resolved",
  "running",
  "up",
])
const bad = new Set(["degraded", "down", "error", "expired", "failed", "misconfigured", "suspended"])

function status(row: ResourceRow, { style }: Output): string {
  if (row.deletedAt) return style.dim(`deleted ${ago(row.deletedAt)}`)
  if (row.status === "unknown") {
    return style.dim(row.providerStatus ? `unknown (${cut(row.providerStatus)})` : "unknown")
  }
  if (good.has(row.status)) return style.green(row.status)
  return bad.has(row.status) ? style.red(row.status) : style.yellow(row.status)
}

/** Domains have a name for machines and one for people. */
function displayName(row: ResourceRow): string {
  return "displayName" in row && row.displayName ? row.displayName : row.name
}

function cell(row: ResourceRow, column: string, names: RowNames, { style }: Output): string {
  const value = valueIn(row, column)
  if (value === null) return style.dim("–")
  if (column === "frequency") return when(row)
  if (column === "retainDays" && value === 0) return "no limit"
  if (typeof value === "boolean") return value ? "yes" : "no"
  if (typeof value === "number") return column === "sizeBytes" ? bytes(value) : count(value)
  if (column.endsWith("At")) return String(value).slice(0, 16).replace("T", " ")
  return cut(names.pointedTo(row, column, value) ?? (Array.isArray(value) ? value.join(", ") : String(value)))
}

const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

/** `daily 02:30`, `weekly Sun 05:00`, `hourly :15`: as much of a schedule as is known. */
function when(row: ResourceRow): string {
  if (!("frequency" in row)) return ""
  const two = (value: number) => String(value).padStart(2, "0")
  const day = row.dayOfWeek === null ? row.dayOfMonth && `day ${row.dayOfMonth}` : weekdays[row.dayOfWeek]
  const time = row.minute === null ? "" : `${row.hour === null ? "" : two(row.hour)}:${two(row.minute)}`
  return [row.frequency, day, time, row.timezone].filter(Boolean).join(" ")
}

function valueIn(row: ResourceRow, column: string): unknown {
  const values: Readonly<Record<string, unknown>> = row
  return values[column] ?? null
}

function alignment(rows: readonly ResourceRow[], column: string): "left" | "right" {
  return rows.some((row) => typeof valueIn(row, column) === "number") ? "right" : "left"
}

function cut(text: string): string {
  const clean = printable(text)
  return clean.length > CELL ? `${clean.slice(0, CELL - 1)}…` : clean
}
