/** Random numbers that are the same on every run (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Edit {
  readonly lines: string[]
  readonly random: () => number
  /** What this edit writes bears it, so that it is told from everything else. */
  readonly tag: string
}

type EditKind = (edit: Edit) => void

/** Whatever people do to a file, sensible or not. */
export const anyEdits: readonly EditKind[] = [
  ({ lines, random, tag }) =>
    insert(lines, place(lines, random), `  const ${tag} = 1`, `  const ${tag}b = 2`),
  ({ lines, random }) => lines.splice(place(lines, random), 1 + Math.floor(random() * 4)),
  ({ lines, random, tag }) => {
    const at = place(lines, random)
    lines[at] = `${lines[at]} // ${tag}`
  },
  ({ lines, random }) => {
    const block = lines.splice(place(lines, random), 1 + Math.floor(random() * 15))
    insert(lines, place(lines, random), ...block)
  },
  ({ lines, random, tag }) => {
    const words = lines.join("\n").match(/\b[a-z]\w{3,}\b/g) ?? []
    rename(lines, words[Math.floor(random() * words.length)] ?? "", tag)
  },
  ({ lines, random }) => {
    const at = place(lines, random)
    const block = lines.slice(at, at + 1 + Math.floor(random() * 10))
    insert(lines, at + block.length, ...block)
  },
  ({ lines, random, tag }) =>
    insert(lines, place(lines, random), "", "}", `function ${tag}() {`, "  return 1", "}", ""),
]

/** Edits of TypeScript after which a file is as right as before, and others find in it what they import. */
export const typeKeepingEdits: readonly EditKind[] = [
  ({ lines, random, tag }) => insert(lines, pick(topLevel(lines), random), `// ${tag}`),
  ({ lines, random, tag }) => insert(lines, pick(topLevel(lines), random), `export const ${tag} = 1`, ""),
  ({ lines, random, tag }) => {
    const starts = indices(lines, /^(export )?(async )?function .*\).*\{$/)
    if (starts.length > 0) insert(lines, pick(starts, random) + 1, `  void "${tag}"`)
  },
  ({ lines, random }) => {
    const comments = indices(lines, /^\s*(\/\/|\/\*\*.*\*\/$)/)
    if (comments.length > 0) lines.splice(pick(comments, random), 1)
  },
  ({ lines, random, tag }) => {
    const comments = indices(lines, /^\s*\/\/ /)
    const at = pick(comments, random)
    if (comments.length > 0) lines[at] = `${lines[at]} ${tag}`
  },
  ({ lines, random }) => {
    const starts = indices(lines, /^(export )?(async )?function /)
    if (starts.length === 0) return
    const start = pick(starts, random)
    const end = lines.indexOf("}", start)
    if (end !== -1) lines.push("", ...lines.splice(start, end + 1 - start))
  },
  ({ lines, random, tag }) => {
    const names = lines.flatMap((line) => /^(?:async )?function (\w+)/.exec(line)?.[1] ?? [])
    const name = names[Math.floor(random() * names.length)]
    // Only what is called and nothing else: a property of that name would have to keep it.
    if (name !== undefined && !new RegExp(`\\.${name}\\b|\\b${name}\\b(?!\\()`).test(lines.join("\n")))
      rename(lines, name, tag)
  },
  ({ lines, random, tag }) => {
    const imports = indices(lines, /^import /)
    const from = lines.join("\n").match(/"(\.\.?\/[\w./-]+\.ts)"/)?.[1]
    if (imports.length > 0 && from)
      insert(lines, pick(imports, random), `export type * as ${tag} from "${from}"`)
  },
]

/** One to four edits. */
export function edited(text: string, kinds: readonly EditKind[], random: () => number, tag: string): string {
  const lines = text.split("\n").slice(0, -1)
  const count = 1 + Math.floor(random() * 4)
  for (let index = 0; index < count; index++)
    kinds[Math.floor(random() * kinds.length)]?.({ lines, random, tag: `${tag}${index}` })
  return lines.map((line) => `${line}\n`).join("")
}

function place(lines: readonly string[], random: () => number): number {
  return Math.floor(random() * lines.length)
}

function insert(lines: string[], at: number, ...added: string[]): void {
  lines.splice(at, 0, ...added)
}

function rename(lines: string[], word: string, tag: string): void {
  if (word === "") return
  for (const [index, line] of lines.entries())
    lines[index] = line.replaceAll(new RegExp(`\\b${word}\\b`, "g"), `${word}${tag}`)
}

function indices(lines: readonly string[], pattern: RegExp): number[] {
  return lines.flatMap((line, index) => (pattern.test(line) ? [index] : []))
}

/** Between statements: where something begins at the margin after a blank line, or at the end. */
function topLevel(lines: readonly string[]): number[] {
  const starts = lines.flatMap((line, index) =>
    lines[index - 1] === "" && /^[a-z/]/.test(line) ? [index] : [],
  )
  return [...starts, lines.length]
}

function pick(from: readonly number[], random: () => number): number {
  return from[Math.floor(random() * from.length)] ?? 0
}
