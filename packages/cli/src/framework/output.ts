import type { Writable } from "node:stream"
import { Live } from "./live.ts"
import { type Style, styleFor, width } from "./style.ts"

export interface Stream extends Writable {
  isTTY?: boolean
  columns?: number
}

export interface Column {
  title: string
  align?: "left" | "right"
}

/**
 * The answer goes to stdout, everything said on the way to stderr. With `--json` stdout carries one JSON document and
 * nothing else; `--quiet` silences what is said on the way.
 */
export class Output {
  readonly isJson: boolean
  readonly isQuiet: boolean
  /** For text given to `print` and `table`. */
  readonly style: Style
  /** For text given to `note`, `warn` and `live`. */
  readonly noteStyle: Style
  readonly #stdout: Stream
  readonly #stderr: Stream

  constructor(streams: { stdout: Stream; stderr: Stream }, options: { json: boolean; quiet: boolean }) {
    this.#stdout = streams.stdout
    this.#stderr = streams.stderr
    this.isJson = options.json
    this.isQuiet = options.quiet
    this.style = styleFor(streams.stdout)
    this.noteStyle = styleFor(streams.stderr)
  }

  /** A line of the answer, for people. Silent with `--json`. */
  print(line = ""): void {
    if (!this.isJson) this.#stdout.write(`${line}\n`)
  }

  /** A table of the answer, for people. Silent with `--json`. */
  table(columns: readonly Column[], rows: readonly (readonly string[])[]): void {
    for (const line of alignColumns(columns, rows, this.style)) this.print(line)
  }

  /** The answer, for programs. Silent without `--json`. */
  json(value: unknown): void {
    if (this.isJson) this.#stdout.write(`${JSON.stringify(value, null, 2)}\n`)
  }

  /** The answer as a JSON array whose items are written as they come. Silent without `--json`. */
  async jsonArray(items: AsyncIterable<unknown>): Promise<void> {
    if (!this.isJson) return
    let separator = "["
    for await (const item of items) {
      await this.#drained(`${separator}\n  ${JSON.stringify(item)}`)
      separator = ","
    }
    await this.#drained(separator === "[" ? "[]\n" : "\n]\n")
  }

  /** Something said on the way. Silent with `--quiet`. */
  note(line = ""): void {
    if (!this.isQuiet) this.#stderr.write(`${line}\n`)
  }

  /** Something that must be seen. */
  warn(line: string): void {
    this.#stderr.write(`${this.noteStyle.warn} ${line}\n`)
  }

  /** Lines that change while work goes on: redrawn in a terminal, printed once when finished elsewhere. */
  live(): Live {
    const redraw = this.#stderr.isTTY === true && !process.env["CI"] && process.env["TERM"] !== "dumb"
    return new Live(this.#stderr, { silent: this.isQuiet, redraw })
  }

  async #drained(text: string): Promise<void> {
    if (this.#stdout.write(text)) return
    await new Promise<void>((resolve) => this.#stdout.once("drain", () => resolve()))
  }
}

export function alignColumns(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  style: Style,
): string[] {
  const widths = columns.map((column, index) =>
    Math.max(width(column.title), ...rows.map((row) => width(row[index] ?? ""))),
  )
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, index) => {
        const cell = cells[index] ?? ""
        const padding = " ".repeat((widths[index] ?? 0) - width(cell))
        return align === "right" ? padding + cell : cell + padding
      })
      .join("  ")
      .trimEnd()
  const head = columns.some(({ title }) => title !== "") ? [line(columns.map((c) => style.dim(c.title)))] : []
  return [...head, ...rows.map(line)]
}
