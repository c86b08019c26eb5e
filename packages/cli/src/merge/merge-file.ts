import type { Formatter } from "../project/formatter.ts"
import { isTypeScript, restoreImports, rewriteImports } from "../project/imports.ts"
import { isSameButForLayout } from "../project/layout.ts"
import type { ImportExtension } from "../project/typescript.ts"
import { diffLines } from "./diff.ts"
import { formOf, inForm, linesOf, plain, textOf } from "./form.ts"
import { markConflict } from "./markers.ts"
import { hasConflict, mergeLines, type Piece } from "./merge-lines.ts"
import { cutParts, joinParts, orderOfParts } from "./split.ts"

/** A file as it would be installed now. */
export interface Part {
  readonly path: string
  readonly text: string
}

export interface MergeInput {
  /** Where the file lies in the project, which tells a formatter its language and settings. */
  readonly path: string
  /** As it was installed: the published text with the project's imports. */
  readonly base: string
  /** As it is now, byte for byte. */
  readonly yours: string
  /** What became of it upstream: one file, or several where it was split. */
  readonly theirs: readonly Part[]
  readonly importExtension: ImportExtension
  readonly formatters: readonly Formatter[]
  /** What stands behind the conflict markers. */
  readonly labels: { readonly yours: string; readonly theirs: string }
  /** Whose lines are taken where both sides changed the same ones. Without it they are a conflict. */
  readonly prefer?: "mine" | "theirs" | undefined
}

export interface Merged {
  /** One for each part, in the form of yours: its line ends, its formatting; with markers where there are conflicts. */
  readonly files: readonly { readonly text: string; readonly conflicts: number }[]
  /** `yours`: upstream has nothing that is not there. `theirs`: nothing was changed here but the form. */
  readonly from: "yours" | "theirs" | "both"
}

/** Merges what was made of a file here with what became of it upstream. */
export async function mergeFile(input: MergeInput): Promise<Merged> {
  const form = formOf(input.yours)
  const { base, yours, theirs, format } = await comparable(input)
  const isSame = (text: string, other: string) => isSameButForLayout(input.path, text, other)
  const [whole = ""] = theirs
  if (theirs.length === 1 && (base === whole || isSame(yours, whole))) {
    return { files: [{ text: input.yours, conflicts: 0 }], from: "yours" }
  }
  const parts = mergeParts(base, yours, theirs)
  const isReshaped = isSame(base, yours)
  // A layout that cannot be kept is no edit to ask about.
  if (yours === base || (isReshaped && parts.some(hasConflict))) {
    return { files: theirs.map((text) => ({ text: inForm(text, form), conflicts: 0 })), from: "theirs" }
  }
  const files = parts.map(async (pieces, index) => {
    const path = input.theirs[index]?.path ?? input.path
    const conflicts = input.prefer ? 0 : pieces.filter(({ kind }) => kind === "conflict").length
    const text = written(pieces, input)
    const formatted = conflicts === 0 ? await format(path, text) : undefined
    return { text: inForm(formatted ?? text, form), conflicts }
  })
  return { files: await Promise.all(files), from: isReshaped ? "theirs" : "both" }
}

function mergeParts(base: string, yours: string, theirs: readonly string[]): Piece[][] {
  const parts = theirs.map(linesOf)
  const lines = linesOf(base)
  const order = orderOfParts(lines, parts)
  const joined = joinParts(order.map((index) => parts[index] ?? []))
  const merged = cutParts(mergeLines(lines, linesOf(yours), joined))
  return theirs.map((_, index) => merged[order.indexOf(index)] ?? [])
}

interface Comparable {
  readonly base: string
  readonly yours: string
  readonly theirs: readonly string[]
  format(path: string, text: string): Promise<string | undefined>
}

/** The texts, with what is only form taken out of the way: line ends, import endings, the project's formatting. */
export async function comparable({
  path,
  base,
  yours,
  theirs,
  importExtension,
  formatters,
}: Omit<MergeInput, "labels" | "prefer">): Promise<Comparable> {
  const unformatted = {
    base: plain(base),
    yours: isTypeScript(path) ? withImports(plain(yours), plain(base), importExtension) : plain(yours),
    theirs: theirs.map(({ text }) => plain(text)),
    format: async () => undefined,
  }
  let nearest: Comparable = unformatted
  let least = distance(unformatted.base, unformatted.yours)
  for (const formatter of formatters) {
    if (least === 0) break
    const format = (at: string, text: string) => formatter.format(at, text)
    const pair = await all([format(path, unformatted.base), format(path, unformatted.yours)])
    if (pair === undefined) continue
    const [before = "", again = ""] = pair
    // Formatters do not always leave alone what they have formatted.
    const isFormatted = distance(before, unformatted.yours) <= distance(before, again)
    const now = isFormatted ? unformatted.yours : again
    if (distance(before, now) >= least) continue
    const next = await all(theirs.map((part) => format(part.path, plain(part.text))))
    if (next === undefined) continue
    nearest = { base: before, yours: now, theirs: next, format }
    least = distance(before, now)
  }
  return nearest
}

/** All of them, plain, or nothing. */
async function all(texts: readonly Promise<string | undefined>[]): Promise<string[] | undefined> {
  const found = (await Promise.all(texts)).flatMap((text) => (text === undefined ? [] : plain(text)))
  return found.length === texts.length ? found : undefined
}

/** The file's imports may have another ending than the project asks for now: its settings change, files stay. */
function withImports(yours: string, base: string, extension: ImportExtension): string {
  const read = ([".ts", ".js", ""] as const).map((ending) =>
    rewriteImports(restoreImports(yours, ending, base), extension),
  )
  const candidates = [...new Set([yours, ...read])]
  if (candidates.length === 1) return yours
  const distances = candidates.map((candidate) => distance(base, candidate))
  return candidates[distances.indexOf(Math.min(...distances))] ?? yours
}

/** How many lines differ. */
function distance(one: string, other: string): number {
  if (one === other) return 0
  return diffLines(linesOf(one), linesOf(other)).reduce(
    (sum, { start, end, otherStart, otherEnd }) => sum + (end - start) + (otherEnd - otherStart),
    0,
  )
}

function written(pieces: readonly Piece[], { labels, prefer }: MergeInput): string {
  return textOf(
    pieces.flatMap((piece) => {
      if (piece.kind === "settled") return piece.lines
      const { yours, theirs } = piece
      if (prefer) return prefer === "mine" ? yours : theirs
      return markConflict(yours, theirs, labels)
    }),
  )
}
