import { diffLines, type Hunk } from "./diff.ts"
import { linesOf } from "./form.ts"

/** Lines around each change, as `diff -u` and git have it. */
const CONTEXT = 3

/** The unified diff of two texts, without the lines that name the files; empty when there is nothing to tell. */
export function unifiedDiff(before: string, after: string): string[] {
  const [a, b] = [linesOf(before), linesOf(after)]
  const hunks = diffLines(a, b).flatMap((hunk) => trimmed(hunk, a, b))
  return together(hunks).flatMap((group) => section(group, a, b))
}

/** The comparison counts a line as changed when it could belong to either side. For a reader only what differs does. */
function trimmed(
  { start, end, otherStart, otherEnd }: Hunk,
  a: readonly string[],
  b: readonly string[],
): Hunk[] {
  let head = 0
  const shorter = Math.min(end - start, otherEnd - otherStart)
  while (head < shorter && a[start + head] === b[otherStart + head]) head++
  let tail = 0
  while (tail < shorter - head && a[end - 1 - tail] === b[otherEnd - 1 - tail]) tail++
  const hunk = {
    start: start + head,
    end: end - tail,
    otherStart: otherStart + head,
    otherEnd: otherEnd - tail,
  }
  return hunk.start === hunk.end && hunk.otherStart === hunk.otherEnd ? [] : [hunk]
}

/** Changes whose surroundings touch are shown as one. */
function together(hunks: readonly Hunk[]): Hunk[][] {
  const groups: Hunk[][] = []
  for (const hunk of hunks) {
    const last = groups.at(-1)
    const end = last?.at(-1)?.end
    if (last !== undefined && end !== undefined && hunk.start - end <= 2 * CONTEXT) last.push(hunk)
    else groups.push([hunk])
  }
  return groups
}

function section(hunks: readonly Hunk[], a: readonly string[], b: readonly string[]): string[] {
  const [first, last] = [hunks[0], hunks.at(-1)]
  if (first === undefined || last === undefined) return []
  const lead = Math.min(CONTEXT, first.start)
  const trail = Math.min(CONTEXT, a.length - last.end)
  const [start, end] = [first.start - lead, last.end + trail]
  const [otherStart, otherEnd] = [first.otherStart - lead, last.otherEnd + trail]
  const lines: string[] = [`@@ -${range(start, end)} +${range(otherStart, otherEnd)} @@`]
  let at = start
  const same = (to: number) => {
    for (; at < to; at++) lines.push(` ${a[at]}`)
  }
  for (const hunk of hunks) {
    same(hunk.start)
    for (; at < hunk.end; at++) lines.push(`-${a[at]}`)
    for (const line of b.slice(hunk.otherStart, hunk.otherEnd)) lines.push(`+${line}`)
  }
  same(end)
  return lines
}

/** Lines count from one; of none, the line before is named. */
function range(start: number, end: number): string {
  const count = end - start
  const first = count === 0 ? start : start + 1
  return count === 1 ? `${first}` : `${first},${count}`
}
