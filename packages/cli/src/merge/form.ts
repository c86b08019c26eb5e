/** How a file is stored, whatever it says. */
export interface Form {
  readonly newline: "\n" | "\r\n"
  readonly endsWithNewline: boolean
  readonly hasByteOrderMark: boolean
}

export function formOf(text: string): Form {
  const lines = text.split("\n").length - 1
  const carriageReturns = text.split("\r\n").length - 1
  return {
    newline: carriageReturns > lines / 2 ? "\r\n" : "\n",
    endsWithNewline: text === "" || text.endsWith("\n"),
    hasByteOrderMark: text.startsWith("\uFEFF"),
  }
}

/** The text in the form that the registry publishes: what is compared and merged. */
export function plain(text: string): string {
  const bare = text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n")
  return bare === "" || bare.endsWith("\n") ? bare : `${bare}\n`
}

export function inForm(text: string, { newline, endsWithNewline, hasByteOrderMark }: Form): string {
  const bare = endsWithNewline ? text : text.replace(/\n$/, "")
  return (hasByteOrderMark ? "\uFEFF" : "") + bare.replaceAll("\n", newline)
}

/** The lines of a plain text. */
export function linesOf(text: string): string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n")
}

export function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("")
}
