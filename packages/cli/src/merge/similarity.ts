import { linesOf, plain } from "./form.ts"

/** From 0 to 1: how much of two texts is the same lines, wherever they stand. */
export function similarity(one: string, other: string): number {
  const [a, b] = [weights(one), weights(other)]
  let shared = 0
  for (const [line, weight] of a.lines) shared += Math.min(weight, b.lines.get(line) ?? 0)
  const total = a.total + b.total
  return total === 0 ? 0 : (2 * shared) / total
}

/** Long lines say more than short ones; indentation and brackets say nothing. */
function weights(text: string): { lines: Map<string, number>; total: number } {
  const lines = new Map<string, number>()
  let total = 0
  for (const line of linesOf(plain(text))) {
    const words = line.replaceAll(/[^\p{L}\p{N}]/gu, "")
    if (words === "") continue
    lines.set(words, (lines.get(words) ?? 0) + words.length)
    total += words.length
  }
  return { lines, total }
}

export interface Named {
  readonly name: string
  readonly text: string
}

/** Below it two files are two files, as for git. */
const ALIKE = 0.5

/** Which of `found` each of `lost` has become: the most alike first, each once, never of another type of file. */
export function pairAlike(lost: readonly Named[], found: readonly Named[]): Map<string, string> {
  const scored = lost.flatMap((from) =>
    found
      .filter((to) => ending(to.name) === ending(from.name))
      .map((to) => ({ from: from.name, to: to.name, score: similarity(from.text, to.text) }))
      .filter(({ score }) => score >= ALIKE),
  )
  const pairs = new Map<string, string>()
  const taken = new Set<string>()
  for (const { from, to } of scored.sort((a, b) => b.score - a.score)) {
    if (pairs.has(from) || taken.has(to)) continue
    pairs.set(from, to)
    taken.add(to)
  }
  return pairs
}

function ending(name: string): string {
  return /\.[^./]*$/.exec(name)?.[0] ?? ""
}
