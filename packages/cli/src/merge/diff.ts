/** One change: the lines `start` to `end` of the one text became the lines `otherStart` to `otherEnd` of the other. */
export interface Hunk {
  readonly start: number
  readonly end: number
  readonly otherStart: number
  readonly otherEnd: number
}

/** Beyond this many differing lines the rest counts as rewritten: nobody merges that, and it would take minutes. */
const MOST_EDITS = 6000

/**
 * Where two texts differ, by the shortest edit script (E. W. Myers, "An O(ND) Difference Algorithm", 1986), looked for
 * from the start and from the end. Often there are several shortest: what they do not agree on counts as changed.
 */
export function diffLines(one: readonly string[], other: readonly string[]): Hunk[] {
  const [a, b] = numbered(one, other)
  const fromStart = matches(a, b)
  const fromEnd = matches(Int32Array.from(a).reverse(), Int32Array.from(b).reverse()).reverse()
  const hunks: Hunk[] = []
  let [start, otherStart] = [0, 0]
  for (let at = 0; at <= a.length; at++) {
    const isEnd = at === a.length
    const match = isEnd ? b.length : (fromStart[at] ?? -1)
    if (match === -1 || (!isEnd && b.length - 1 - (fromEnd[at] ?? 0) !== match)) continue
    if (at > start || match > otherStart) hunks.push({ start, end: at, otherStart, otherEnd: match })
    start = at + 1
    otherStart = match + 1
  }
  return hunks
}

/** For each line of `a` the line of `b` that it became, or -1. */
function matches(a: Int32Array, b: Int32Array): Int32Array {
  const work = { a, b, removed: new Uint8Array(a.length), added: new Uint8Array(b.length) }
  compare(work, 0, a.length, 0, b.length)
  let otherAt = 0
  return Int32Array.from(a, (_, at) => {
    if (work.removed[at]) return -1
    while (work.added[otherAt]) otherAt++
    return otherAt++
  })
}

/** Equal lines as equal numbers, which compare faster. */
function numbered(...texts: readonly (readonly string[])[]): [Int32Array, Int32Array] {
  const numbers = new Map<string, number>()
  const number = (line: string) => {
    const known = numbers.get(line)
    if (known !== undefined) return known
    numbers.set(line, numbers.size)
    return numbers.size - 1
  }
  const [a = [], b = []] = texts.map((lines) => lines.map(number))
  return [Int32Array.from(a), Int32Array.from(b)]
}

interface Work {
  readonly a: Int32Array
  readonly b: Int32Array
  readonly removed: Uint8Array
  readonly added: Uint8Array
}

function compare(work: Work, aFrom: number, aTo: number, bFrom: number, bTo: number): void {
  const { a, b, removed, added } = work
  let [aLow, aHigh, bLow, bHigh] = [aFrom, aTo, bFrom, bTo]
  while (aLow < aHigh && bLow < bHigh && a[aLow] === b[bLow]) {
    aLow++
    bLow++
  }
  while (aLow < aHigh && bLow < bHigh && a[aHigh - 1] === b[bHigh - 1]) {
    aHigh--
    bHigh--
  }
  const middle = aLow < aHigh && bLow < bHigh ? middleOf(work, aLow, aHigh, bLow, bHigh) : undefined
  if (middle === undefined) {
    removed.fill(1, aLow, aHigh)
    added.fill(1, bLow, bHigh)
    return
  }
  compare(work, aLow, middle.a, bLow, middle.b)
  compare(work, middle.a, aHigh, middle.b, bHigh)
}

/** Where the shortest path from the top left and the one from the bottom right meet. Undefined when that is too far. */
function middleOf(
  { a, b }: Work,
  aLow: number,
  aHigh: number,
  bLow: number,
  bHigh: number,
): { a: number; b: number } | undefined {
  const [width, height] = [aHigh - aLow, bHigh - bLow]
  const delta = width - height
  const most = Math.min(Math.ceil((width + height) / 2), MOST_EDITS)
  const centre = most + 1
  const forward = new Int32Array(2 * most + 3)
  const backward = new Int32Array(2 * most + 3)
  const start = (furthest: Int32Array, edits: number, diagonal: number) => {
    const [left, right] = [furthest[centre + diagonal - 1] ?? 0, furthest[centre + diagonal + 1] ?? 0]
    const isDown = diagonal === -edits || (diagonal !== edits && left < right)
    return isDown ? right : left + 1
  }
  for (let edits = 0; edits <= most; edits++) {
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = start(forward, edits, diagonal)
      while (x < width && x - diagonal < height && a[aLow + x] === b[bLow + x - diagonal]) x++
      forward[centre + diagonal] = x
      const y = x - diagonal
      const opposite = delta - diagonal
      if (delta % 2 === 0 || Math.abs(opposite) > edits - 1 || x > width || y > height) continue
      if (x + (backward[centre + opposite] ?? 0) >= width) return { a: aLow + x, b: bLow + y }
    }
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = start(backward, edits, diagonal)
      while (x < width && x - diagonal < height && a[aHigh - 1 - x] === b[bHigh - 1 - x + diagonal]) x++
      backward[centre + diagonal] = x
      const y = x - diagonal
      const opposite = delta - diagonal
      if (delta % 2 !== 0 || Math.abs(opposite) > edits || x > width || y > height) continue
      if (x + (forward[centre + opposite] ?? 0) >= width) return { a: aHigh - x, b: bHigh - y }
    }
  }
  return undefined
}
