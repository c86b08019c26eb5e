import type { SourceFile } from "ts-morph"

/** Where to cut a text, and what to put there. */
export interface Edit {
  start: number
  end: number
  text: string
}

/** After the last import, with that one's quotes and semicolon. */
export function newImport(file: SourceFile, line: string, newline: string): Edit {
  const last = file.getImportDeclarations().at(-1)
  if (!last) return { start: 0, end: 0, text: line + newline }
  const single = last.getModuleSpecifier().getText().startsWith("'")
  const styled = (single ? line.replaceAll('"', "'") : line) + (last.getText().endsWith(";") ? ";" : "")
  return insertAfterLine(file.getFullText(), last.getEnd(), styled, newline)
}

function insertAfterLine(source: string, position: number, line: string, newline: string): Edit {
  const end = source.indexOf("\n", position)
  return end === -1
    ? { start: source.length, end: source.length, text: newline + line }
    : { start: end + 1, end: end + 1, text: line + newline }
}

export function marginOf(source: string, position: number): string {
  return /^[ \t]*/.exec(source.slice(source.lastIndexOf("\n", position - 1) + 1))?.[0] ?? ""
}

export function insert(position: number, text: string): Edit {
  return { start: position, end: position, text }
}

export function apply(source: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end, text: added }) => text.slice(0, start) + added + text.slice(end), source)
}
