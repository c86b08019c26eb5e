import type { Piece } from "./merge-lines.ts"

/** A line that no text file holds. */
const BOUNDARY = "\u0000"

/** The files that one was split into, one below the other, so that each line of it is found where it went. */
export function joinParts(parts: readonly (readonly string[])[]): string[] {
  return parts.flatMap((lines, index) => (index === 0 ? lines : [BOUNDARY, ...lines]))
}

/** Takes a merge apart again. A conflict that spans two files goes into the first, its upstream lines each where they belong. */
export function cutParts(pieces: readonly Piece[]): Piece[][] {
  const parts: Piece[][] = [[]]
  for (const piece of pieces) {
    const [lines = [], ...further] = cut(piece.kind === "settled" ? piece.lines : piece.theirs)
    parts.at(-1)?.push(piece.kind === "settled" ? { kind: "settled", lines } : { ...piece, theirs: lines })
    for (const next of further) parts.push([{ kind: "settled", lines: next }])
  }
  return parts
}

function cut(lines: readonly string[]): string[][] {
  const found: string[][] = [[]]
  for (const line of lines) {
    if (line === BOUNDARY) found.push([])
    else found.at(-1)?.push(line)
  }
  return found
}

/** The order in which the parts stand in the file that they come from: of a line's first place, the mean. */
export function orderOfParts(base: readonly string[], parts: readonly (readonly string[])[]): number[] {
  const place = new Map<string, number>()
  for (const [index, line] of base.entries()) if (!place.has(line) && line.trim()) place.set(line, index)
  const means = parts.map((lines) => {
    const places = lines.flatMap((line) => place.get(line) ?? [])
    return places.length === 0 ? base.length : places.reduce((sum, at) => sum + at, 0) / places.length
  })
  return [...parts.keys()].sort((a, b) => (means[a] ?? 0) - (means[b] ?? 0) || a - b)
}
