const WIDTH = 110

/** JSON as formatters write it: indented, and short lists of plain values on one line. */
export function jsonText(value: unknown): string {
  return `${written(value, "", 0)}\n`
}

function written(value: unknown, indent: string, column: number): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value)
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    const isPlain = value.every((held) => typeof held !== "object" || held === null)
    const line = `[${value.map((held) => JSON.stringify(held)).join(", ")}]`
    // One more for the comma after it.
    if (isPlain && column + line.length + 1 <= WIDTH) return line
    return `[\n${value.map((held) => inner + written(held, inner, inner.length)).join(",\n")}\n${indent}]`
  }
  const entries = Object.entries(value).filter(([, held]) => held !== undefined)
  if (entries.length === 0) return "{}"
  const lines = entries.map(([key, held]) => {
    const start = `${inner}${JSON.stringify(key)}: `
    return start + written(held, inner, start.length)
  })
  return `{\n${lines.join(",\n")}\n${indent}}`
}
