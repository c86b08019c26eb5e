import type { ImportExtension } from "./typescript.ts"

/** Whether a file's imports are rewritten at all. */
export function isTypeScript(path: string): boolean {
  return /\.[cm]?tsx?$/.test(path)
}

/** A file's published text in the form that the project's imports have. */
export function installedForm(path: string, text: string, extension: ImportExtension): string {
  return isTypeScript(path) ? rewriteImports(text, extension) : text
}

/** Registry code writes `./http.ts`; this gives it the form of the project: `./http.js` or `./http`. */
export function rewriteImports(source: string, extension: ImportExtension): string {
  if (extension === ".ts") return source
  return replaceSpecifiers(source, (specifier) => specifier.replace(sourceEnding, extension))
}

/**
 * The inverse, to compare an installed file with a published one. Nothing in `./table.js` tells whether it was a `.tsx`:
 * that is looked up in a text of the same file that has the endings of the registry.
 */
export function restoreImports(source: string, extension: ImportExtension, registryForm = ""): string {
  if (extension === ".ts") return source
  const components = new Set(importsOf(registryForm).filter((specifier) => specifier.endsWith(".tsx")))
  const restored = (bare: string) => (components.has(`${bare}.tsx`) ? `${bare}.tsx` : `${bare}.ts`)
  return replaceSpecifiers(source, (specifier) => {
    if (extension === ".js") return specifier.replace(/^(.*)\.js$/, (_, bare: string) => restored(bare))
    return otherFile.test(specifier) ? specifier : restored(specifier)
  })
}

/** Without any ending that names source code, whatever the form of the project was. */
export function bareImports(source: string): string {
  return replaceSpecifiers(source, (specifier) => specifier.replace(sourceEnding, "").replace(/\.js$/, ""))
}

/** The module specifiers of a source file, types and `import(…)` included; or only those up to some place in it. */
export function importsOf(source: string, last = source.length - 1): string[] {
  return [...specifiers(source, last)].map(({ start, end }) => source.slice(start, end))
}

/** Those that are still there once the types are gone: all but `import type` and `export type`. */
export function runningImportsOf(source: string): string[] {
  return [...specifiers(source, source.length - 1)]
    .filter(({ isType }) => !isType)
    .map(({ start, end }) => source.slice(start, end))
}

/** The source with spaces in place of its comments, and of its strings too unless they are kept. */
export function codeOf(source: string, { strings }: { strings: boolean }): string {
  const templates: number[] = []
  let previous: string | undefined
  let code = ""
  for (let at = 0; at < source.length; ) {
    const token = tokenAt(source, at, previous, templates)
    at += token.length
    const isComment = /^\/[/*]/.test(token)
    const isString = /^["'`]/.test(token) || (token.startsWith("}") && token.length > 1)
    code += isComment || (isString && !strings) ? token.replace(/[^\n]/g, " ") : token
    if (!isComment && !/^\s/.test(token)) previous = token
  }
  return code
}

/** A declaration file keeps its whole name. */
const sourceEnding = /(?<!\.d)\.tsx?$/

/** Endings that name a file as it is. `./gridpane.contract` is not among them: it stands for `gridpane.contract.ts`. */
const otherFile = /\.(?:json|css|md|txt|sql|svg|png|wasm|node|[cm]?[jt]sx?)$|\/$|(?:^|\/)\.\.?$/

/** Replaces the relative specifiers of imports, exports, `import(…)` and vitest's `vi.mock(…)`, and nothing else. */
export function replaceSpecifiers(source: string, replace: (specifier: string) => string): string {
  return replaceSome(source, ["./", "../"], /^\.\.?(?:\/|$)/, replace)
}

/** The same for those that lead from the folder of all source: `@/components/ui/button`. */
export function replaceFromTop(source: string, replace: (specifier: string) => string): string {
  return replaceSome(source, ["@/"], /^@\//, replace)
}

function replaceSome(
  source: string,
  starts: readonly string[],
  wanted: RegExp,
  replace: (specifier: string) => string,
): string {
  let result = ""
  let copied = 0
  // Imports stand at the top: what comes after the last such path need not be read.
  const last = Math.max(
    ...starts.flatMap((start) => [`"${start}`, `'${start}`].map((q) => source.lastIndexOf(q))),
  )
  for (const { start, end } of specifiers(source, last)) {
    const specifier = source.slice(start, end)
    if (!wanted.test(specifier)) continue
    result += source.slice(copied, start) + replace(specifier)
    copied = end
  }
  return result + source.slice(copied)
}

/**
 * Where the specifiers stand, without their quotes. A scan over the tokens: it knows strings, comments, templates and
 * regular expressions, so that text which merely looks like an import is left alone.
 */
function* specifiers(
  source: string,
  last: number,
): Generator<{ start: number; end: number; isType: boolean }> {
  // The tokens before the current one, nearest first: `(`, `mock`, `.`, `vi`.
  let before: readonly string[] = []
  let isType = false
  for (const { token, at } of tokens(source, last)) {
    if (/^(?:\/\/|\/\*)/.test(token)) continue
    // `import type from "…"` would be a value of that name; nobody calls one so.
    if (/^(?:import|export)$/.test(before[0] ?? "")) isType = token === "type"
    if (/^["']./.test(token) && takesSpecifier(before))
      yield { start: at + 1, end: at + token.length - 1, isType: isType && before[0] === "from" }
    before = [token, ...before.slice(0, 3)]
  }
}

/** Words, strings, comments, and of all else single characters, up to the one at `last`. Blanks are left out. */
export function* tokens(source: string, last = source.length - 1): Generator<{ token: string; at: number }> {
  // One entry for each `${` that is open: how many braces are open inside it.
  const templates: number[] = []
  let previous: string | undefined
  let at = 0
  while (at <= last) {
    const token = tokenAt(source, at, previous, templates)
    if (!/^\s/.test(token)) {
      yield { token, at }
      if (!/^(?:\/\/|\/\*)/.test(token)) previous = token
    }
    at += token.length
  }
}

/** Blanks, comments, words and numbers, strings: what stands for itself wherever it comes. */
const plain =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[\p{ID_Continue}$#]+|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'/uy
const expression = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/\w*/y
/** From a backtick, or from the brace that ends a `${…}`, to the next `${` or the closing backtick. */
const templatePart = /[`}](?:\\[\s\S]|\$(?!\{)|[^\\`$])*(?:\$\{|`|$)/y

function tokenAt(source: string, at: number, previous: string | undefined, templates: number[]): string {
  const char = source[at] ?? ""
  const depth = templates.at(-1)
  if (char === "`" || (char === "}" && depth === 0)) {
    const part = match(templatePart, source, at) ?? char
    const opens = part.endsWith("${")
    if (char === "`" && opens) templates.push(0)
    if (char === "}" && !opens) templates.pop()
    return part
  }
  if (depth !== undefined && char === "{") templates[templates.length - 1] = depth + 1
  if (depth !== undefined && char === "}") templates[templates.length - 1] = depth - 1
  const slash = char === "/" && startsExpression(previous) ? match(expression, source, at) : undefined
  return match(plain, source, at) ?? slash ?? char
}

function match(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0]
}

/** After a value a slash divides; `</` closes a tag. */
function startsExpression(previous: string | undefined): boolean {
  if (previous === undefined) return true
  if (/^(?:return|typeof|case|in|of|void|delete|throw|new|await|yield|else|do)$/.test(previous)) return true
  return !/^[\p{ID_Continue}$#"'`)\]}<]/u.test(previous)
}

function takesSpecifier([first, second, third, fourth]: readonly string[]): boolean {
  // `object.from "…"` is no JavaScript, but `from` may also be a property's name: `{ from: "…" }` has a colon between.
  if (first === "from" || (first === "import" && second !== ".")) return true
  if (first !== "(") return false
  if (second === "import") return third !== "."
  return (
    third === "." &&
    fourth === "vi" &&
    /^(?:mock|doMock|unmock|doUnmock|importActual|importMock)$/.test(second ?? "")
  )
}
