import { linesOf, plain } from "./form.ts"

/** From 0 to 1: how much of two texts is the same lines, wherever they stand. */
export function similarity(one: string, other: string): number {
  return alikeness(weights(one), weights(other))
}

function alikeness(a: Weights, b: Weights): number {
  const total = a.total + b.total
  let shared = 0
  for (const [line, weight] of a.lines) shared += Math.min(weight, b.lines.get(line) ?? 0)
  return total === 0 ? 0 : (2 * shared) / total
}

interface Weights {
  readonly lines: ReadonlyMap<string, number>
  readonly total: number
}

/** Long lines say more than short ones; indentation and brackets say nothing. */
function weights(text: string): Weights {
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
  const weighed = ({ name, text }: Named) => ({ name, ending: ending(name), weights: weights(text) })
  const candidates = found.map(weighed)
  const scored = lost.map(weighed).flatMap((from) =>
    candidates
      .filter((to) => to.ending === from.ending && areAlikeInSize(from.weights, to.weights))
      .map((to) => ({ from: from.name, to: to.name, score: alikeness(from.weights, to.weights) }))
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

/** A short text and a long one need no closer look. */
function areAlikeInSize(a: Weights, b: Weights): boolean {
  return 2 * Math.min(a.total, b.total) >= ALIKE * (a.total + b.total)
}

function ending(name: string): string {
  return /\.[^./]*$/.exec(name)?.[0] ?? ""
}
