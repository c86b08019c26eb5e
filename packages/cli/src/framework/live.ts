import type { Stream } from "./output.ts"
import { width } from "./style.ts"

/** A block of lines, each under a key, redrawn in place. Finished lines scroll away above the block. */
export class Live {
  readonly #stream: Stream
  readonly #silent: boolean
  readonly #redraw: boolean
  readonly #lines = new Map<string, string>()
  #drawn = 0

  constructor(stream: Stream, options: { silent: boolean; redraw: boolean }) {
    this.#stream = stream
    this.#silent = options.silent
    this.#redraw = options.redraw
  }

  /** Shows or changes a line. Outside a terminal this prints nothing. */
  set(key: string, line: string): void {
    this.#lines.set(key, line)
    this.#draw("")
  }

  /** Prints a line for good and drops the changing one of that key. */
  finish(key: string, line: string): void {
    this.#lines.delete(key)
    this.#draw(`${line}\n`)
  }

  /** Takes away what is still changing. */
  stop(): void {
    this.#lines.clear()
    this.#draw("")
  }

  #draw(above: string): void {
    if (this.#silent) return
    if (!this.#redraw) {
      if (above) this.#stream.write(above)
      return
    }
    const columns = this.#stream.columns ?? 80
    // A line that wraps would throw the count of drawn lines off.
    const block = [...this.#lines.values()].filter((line) => width(line) < columns)
    const up = this.#drawn > 0 ? `\u001b[${this.#drawn}A\r\u001b[J` : ""
    this.#stream.write(up + above + block.map((line) => `${line}\n`).join(""))
    this.#drawn = block.length
  }
}
