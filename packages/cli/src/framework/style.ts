import { stripVTControlCharacters, styleText } from "node:util"

export interface Style {
  bold(text: string): string
  dim(text: string): string
  green(text: string): string
  red(text: string): string
  yellow(text: string): string
  cyan(text: string): string
  readonly tick: string
  readonly cross: string
  readonly warn: string
}

/** Colour for a terminal that wants it: https://no-color.org and https://force-color.org. */
export function styleFor(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): Style {
  const forced = env["FORCE_COLOR"] !== undefined && env["FORCE_COLOR"] !== "0"
  const wanted = forced || (stream.isTTY === true && !env["NO_COLOR"] && env["TERM"] !== "dumb")
  const paint = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    wanted ? styleText(format, text, { validateStream: false }) : text
  const green = paint("green")
  const red = paint("red")
  const yellow = paint("yellow")
  return {
    bold: paint("bold"),
    dim: paint("dim"),
    green,
    red,
    yellow,
    cyan: paint("cyan"),
    tick: green("✓"),
    cross: red("✗"),
    warn: yellow("!"),
  }
}

/** How many columns a text takes, colours aside. */
export function width(text: string): number {
  return [...stripVTControlCharacters(text)].length
}
