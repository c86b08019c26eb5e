import { diffLines, type Hunk } from "./diff.ts"

/** A stretch of a merged text: settled, or what the two sides made of the same lines. */
export type Piece =
  | { readonly kind: "settled"; readonly lines: readonly string[] }
  | {
      readonly kind: "conflict"
      readonly base: readonly string[]
      readonly yours: readonly string[]
      readonly theirs: readonly string[]
    }

/** Three-way merge by lines. Changes of the two sides that overlap or touch are a conflict unless they are the same, as for git. */
export function mergeLines(
  base: readonly string[],
  yours: readonly string[],
  theirs: readonly string[],
): Piece[] {
  const sides = { yours: changesOf(base, yours), theirs: changesOf(base, theirs) }
  const pieces: Piece[] = []
  let copied = 0
  for (const { start, end, mine, others } of regions(sides.yours, sides.theirs)) {
    settle(pieces, base.slice(copied, start))
    const [left, right] = [after(yours, mine, start, end), after(theirs, others, start, end)]
    const before = base.slice(start, end)
    if (mine.length === 0) settle(pieces, right)
    else if (others.length === 0 || equal(left, right)) settle(pieces, left)
    else conflict(pieces, before, left, right)
    copied = end
  }
  settle(pieces, base.slice(copied))
  return pieces
}

export function hasConflict(pieces: readonly Piece[]): boolean {
  return pieces.some(({ kind }) => kind === "conflict")
}

/** A change with the lines of the base that it touches. */
interface Change extends Hunk {
  readonly low: number
  readonly high: number
}

/**
 * Where a change stands can be ambiguous: a new function may begin at its own first line or at the brace before it. So a
 * change touches the lines beside it, too, as long as they are also among its own: whether it meets a change of the other
 * side must not hang on which of the possible places the comparison found.
 */
function changesOf(base: readonly string[], other: readonly string[]): Change[] {
  const hunks = joinSwapped(joinNear(diffLines(base, other), base), base, other)
  return hunks.map((hunk, index) => {
    const above = hunks[index - 1]?.end ?? 0
    const below = hunks[index + 1]?.start ?? base.length
    const lines = new Set([...removed(hunk, base), ...added(hunk, other)])
    let { start: low, end: high } = hunk
    while (low > above && lines.has(base[low - 1] ?? "")) low--
    while (high < below && lines.has(base[high] ?? "")) high++
    return { ...hunk, low, high }
  })
}

/** Lines of nothing but blanks and brackets are equal by chance: they do not hold two changes apart. */
function joinNear(hunks: readonly Hunk[], base: readonly string[]): Hunk[] {
  const joined: Hunk[] = []
  for (const hunk of hunks) {
    const last = joined.at(-1)
    const isNear = last && base.slice(last.end, hunk.start).every((line) => !/[\p{L}\p{N}]/u.test(line))
    if (isNear) joined[joined.length - 1] = { ...last, end: hunk.end, otherEnd: hunk.otherEnd }
    else joined.push(hunk)
  }
  return joined
}

/** Where A B became B A, either may have moved: then both are changed. */
function joinSwapped(hunks: readonly Hunk[], base: readonly string[], other: readonly string[]): Hunk[] {
  const joined: Hunk[] = []
  for (const hunk of hunks) {
    let whole = hunk
    const at = joined.findIndex((earlier) => {
      const between = hunk.start - earlier.end
      if (between > Math.max(size(earlier), size(hunk))) return false
      const moved = Math.max(
        common(removed(earlier, base), added(hunk, other)),
        common(removed(hunk, base), added(earlier, other)),
      )
      return moved > 0 && between <= moved
    })
    const first = joined[at]
    if (first) {
      whole = { ...first, end: hunk.end, otherEnd: hunk.otherEnd }
      joined.length = at
    }
    joined.push(whole)
  }
  return joined
}

function size({ start, end, otherStart, otherEnd }: Hunk): number {
  return Math.max(end - start, otherEnd - otherStart)
}

function removed({ start, end }: Hunk, base: readonly string[]): readonly string[] {
  return base.slice(start, end)
}

function added({ otherStart, otherEnd }: Hunk, other: readonly string[]): readonly string[] {
  return other.slice(otherStart, otherEnd)
}

function common(some: readonly string[], others: readonly string[]): number {
  const among = new Set(others)
  return some.filter((line) => among.has(line)).length
}

interface Region {
  readonly start: number
  readonly end: number
  readonly mine: readonly Change[]
  readonly others: readonly Change[]
}

/** Changes of both sides in the order of the base, those together that touch one of the other side. */
function regions(yours: readonly Change[], theirs: readonly Change[]): Region[] {
  const found: Region[] = []
  let [mineAt, othersAt] = [0, 0]
  for (;;) {
    const [mine, other] = [yours[mineAt], theirs[othersAt]]
    if (mine === undefined && other === undefined) return found
    const group: { mine: Change[]; others: Change[] } = { mine: [], others: [] }
    const isMineFirst = other === undefined || (mine !== undefined && mine.low <= other.low)
    if (isMineFirst && mine) group.mine.push(mine)
    else if (other) group.others.push(other)
    for (;;) {
      const [nextMine, nextOther] = [
        yours[mineAt + group.mine.length],
        theirs[othersAt + group.others.length],
      ]
      if (nextMine && touches(nextMine, group.others)) group.mine.push(nextMine)
      else if (nextOther && touches(nextOther, group.mine)) group.others.push(nextOther)
      else break
    }
    mineAt += group.mine.length
    othersAt += group.others.length
    const all = [...group.mine, ...group.others]
    found.push({
      ...group,
      start: Math.min(...all.map(({ start }) => start)),
      end: Math.max(...all.map(({ end }) => end)),
    })
  }
}

function touches(change: Change, others: readonly Change[]): boolean {
  return others.some(({ low, high }) => change.low <= high && low <= change.high)
}

/** What one side made of the base's lines `start` to `end`. */
function after(
  other: readonly string[],
  changes: readonly Change[],
  start: number,
  end: number,
): readonly string[] {
  const [first, last] = [changes[0], changes.at(-1)]
  if (first === undefined || last === undefined) return []
  return other.slice(first.otherStart - (first.start - start), last.otherEnd + (end - last.end))
}

function settle(pieces: Piece[], lines: readonly string[]): void {
  if (lines.length === 0) return
  const last = pieces.at(-1)
  if (last?.kind === "settled")
    pieces[pieces.length - 1] = { kind: "settled", lines: [...last.lines, ...lines] }
  else pieces.push({ kind: "settled", lines })
}

/** Lines on which both sides agree at the edges are no part of the question. */
function conflict(
  pieces: Piece[],
  base: readonly string[],
  yours: readonly string[],
  theirs: readonly string[],
): void {
  const shorter = Math.min(yours.length, theirs.length)
  let head = 0
  while (head < shorter && yours[head] === theirs[head]) head++
  let tail = 0
  while (tail < shorter - head && yours.at(-1 - tail) === theirs.at(-1 - tail)) tail++
  const inner = (lines: readonly string[]) => lines.slice(head, lines.length - tail)
  settle(pieces, yours.slice(0, head))
  pieces.push({ kind: "conflict", base, yours: inner(yours), theirs: inner(theirs) })
  settle(pieces, yours.slice(yours.length - tail))
}

function equal(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index])
}
