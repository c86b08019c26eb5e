/** A column of an export: what it is called, and what a row has there. */
export interface ExportColumn<Row> {
  title: string
  value(row: Row): unknown
}

/** Spreadsheets take what begins so for a formula, and run it. */
const formula = /^[=+\-@\t\r]/

/** One line for the titles and one a row, as RFC 4180 has it, safe to open in a spreadsheet. */
export function csvOf<Row>(columns: readonly ExportColumn<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map(({ title }) => cell(title)),
    ...rows.map((row) => columns.map(({ value }) => cell(value(row)))),
  ]
  return lines.map((line) => `${line.join(",")}\r\n`).join("")
}

function cell(value: unknown): string {
  const text = plainText(value)
  // A number below zero is no formula, and would be no number with a sign before it.
  const safe = typeof value !== "number" && formula.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A value as a person would type it; nothing for what is not told. */
export function plainText(value: unknown): string {
  if (value === null || value === undefined) return ""
  if (Array.isArray(value)) return value.map(plainText).join(", ")
  return typeof value === "object" ? JSON.stringify(value) : String(value)
}
