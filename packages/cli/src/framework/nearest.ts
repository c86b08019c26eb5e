/** The names that someone who typed `typed` may have meant: the nearest, at most three. */
function nearest(typed: string, names: Iterable<string>): string[] {
  const wanted = typed.toLowerCase()
  const limit = Math.max(2, Math.floor(wanted.length / 3))
  const scored: { name: string; score: number }[] = []
  for (const name of names) {
    const candidate = name.toLowerCase()
    const contained = wanted.length > 1 && (candidate.includes(wanted) || wanted.includes(candidate))
    const score = contained ? 0.5 : distance(wanted, candidate)
    if (score <= limit) scored.push({ name, score })
  }
  scored.sort((a, b) => a.score - b.score || a.name.localeCompare(b.name))
  const best = scored[0]?.score
  return scored
    .filter(({ score }) => score === best)
    .slice(0, 3)
    .map(({ name }) => name)
}

/** "Did you mean gridpane or gridpane-ui?", or undefined when nothing is near. */
export function didYouMean(typed: string, names: Iterable<string>): string | undefined {
  const near = nearest(typed, names)
  if (near.length === 0) return undefined
  return `Did you mean ${near.length > 1 ? `${near.slice(0, -1).join(", ")} or ${near.at(-1)}` : near[0]}?`
}

/** Edit distance in which swapping two neighbours counts once: the commonest slip of the fingers. */
function distance(a: string, b: string): number {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const substitution = at(previous, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1)
      let best = Math.min(at(previous, column) + 1, at(current, column - 1) + 1, substitution)
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (row > 1 && column > 1 && swapped) best = Math.min(best, at(beforePrevious, column - 2) + 1)
      current.push(best)
    }
    beforePrevious = previous
    previous = current
  }
  return at(previous, b.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY
}
