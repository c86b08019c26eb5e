import { bareImports, tokens } from "./imports.ts"

/**
 * Whether two texts of a file say the same, and differ only as formatters, editors and module settings make them differ:
 * blanks and line ends, quotes, semicolons, trailing commas, brackets around a lone parameter, import extensions.
 */
export function isSameButForLayout(path: string, one: string, other: string): boolean {
  if (plain(one) === plain(other)) return true
  const normal = normalizer(path)
  return normal(one) === normal(other)
}

function normalizer(path: string): (text: string) => string {
  if (/\.(?:[cm]?[jt]sx?|json)$/.test(path)) return normalCode
  if (/\.md$/.test(path)) return normalProse
  return (text) => plain(text).trimEnd()
}

function plain(text: string): string {
  return text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n")
}

/** Formatters align tables, choose the marks of lists and of emphasis, and break no lines. */
function normalProse(text: string): string {
  return plain(text)
    .split("\n")
    .map((line) =>
      line
        .trim()
        .replace(/^[*+-](?=\s)/, "-")
        .replace(/(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])/g, "_")
        .replace(/(?<=\|\s*):?-+:?(?=\s*\|)/g, "---")
        .replace(/\s+/g, " ")
        .replace(/ ?\| ?/g, "|"),
    )
    .filter((line) => line !== "")
    .join("\n")
}

/** No relative import has an ending then, whatever the project's form is and was. */
function normalCode(text: string): string {
  const source = bareImports(plain(text))
  const all = [...tokens(source)].map(({ token }) => normalToken(token)).filter((token) => token !== ";")
  const dropped = needlessBrackets(all)
  const kept: string[] = []
  for (const [at, token] of all.entries()) {
    const [previous = "", next = "", after = ""] = [kept.at(-1), all[at + 1], all[at + 2]]
    if (dropped.has(at)) continue
    if (token === "," && /^[)\]}>]$/.test(next)) continue
    // A type that was broken over lines has a bar at its head.
    if (/^[|&]$/.test(token) && /^[=:(<,[]$/.test(previous) && next !== token) continue
    // `{ "a": 1 }` and `{ a: 1 }`
    const isKey = /^[{,]$/.test(previous) && (next === ":" || (next === "?" && after === ":"))
    const bare = /^"/.test(token) ? token.slice(1, -1) : token
    kept.push(isKey && isWord(bare) ? bare : token)
  }
  return kept.join("\n")
}

/** Brackets around a lone parameter, and around a whole expression, where they can change nothing. */
function needlessBrackets(all: readonly string[]): Set<number> {
  const found = new Set<number>()
  const open: { at: number; hasComma: boolean }[] = []
  for (const [at, token] of all.entries()) {
    // Between two parts of a template: one closes, and another opens.
    if (/^\}.*\$\{$/s.test(token)) continue
    const innermost = open.at(-1)
    if (/^[([{]$|\$\{$/.test(token)) open.push({ at, hasComma: false })
    else if (token === "," && innermost) innermost.hasComma = true
    else if (/^[)\]}]/.test(token)) {
      open.pop()
      if (token !== ")" || innermost === undefined || all[innermost.at] !== "(") continue
      const { at: start, hasComma } = innermost
      const [before = "", first = "", next = ""] = [all[start - 1], all[start + 1], all[at + 1]]
      const isArrow = next === "=" && all[at + 2] === ">"
      const isLone = isArrow && at === start + 2 && isWord(first)
      const isWhole =
        !hasComma && first !== "{" && startsExpression(all, start, before) && endsExpression(next)
      if (isLone || isWhole) found.add(start).add(at)
    }
  }
  return found
}

function startsExpression(all: readonly string[], at: number, before: string): boolean {
  if (before === ">") return all[at - 2] === "="
  return /^(?:return|[=?:([,])$/.test(before)
}

function endsExpression(next: string): boolean {
  return /^(?:[)\]},:]|)$/.test(next) || (isWord(next) && !/^(?:instanceof|in|of|as|satisfies)$/.test(next))
}

function isWord(token: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(token)
}

function normalToken(token: string): string {
  if (/^["']/.test(token)) return `"${token.slice(1, -1).replace(/\\(["'])|"/g, (_, quote = '"') => quote)}"`
  if (/^\/[/*]/.test(token)) {
    return token
      .split("\n")
      .map((line) => line.trim())
      .join(" ")
  }
  return token
}
