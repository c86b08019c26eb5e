import { codeOf, importsOf } from "../project/imports.ts"

/** What the text of a source file tells about it. Types, the way of writing and the names in it do not matter. */
export interface Scan {
  /** Hosts of addresses in its strings, but for those of this machine. */
  readonly hosts: readonly string[]
  /** Environment variables that it reads. */
  readonly variables: readonly string[]
  /** Whether it gives up on types somewhere. */
  readonly usesAny: boolean
}

export function isSource(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path) && !/\.d\.[cm]?ts$/.test(path)
}

const IMPORT =
  /\b(?:from|import)[\s(]*["']([^"'\n]+)["']|\b(?:mock|doMock|importActual|importMock)\(\s*["']([^"'\n]+)["']/g
/** Where an address is, rather than where it goes: fields that no request is made to. */
const DOCUMENTATION = /\b(?:website|documentedAt)\s*:\s*["'][^"']*["']/g
const ADDRESS = /\bhttps?:\/\/([A-Za-z0-9][A-Za-z0-9.-]*\.[A-Za-z]{2,})(?![A-Za-z0-9.-]*\$\{)/g
const VARIABLE = /\b(?:process\.env|import\.meta\.env|Bun\.env)(?:\.([A-Z]\w*)|\[["'](\w+)["']\])/g
const ANY = /(?:[:|&<]|\b(?:as|is|extends)\b|[^=!<>]=)\s*any\b(?!\s*[(.:])|,\s*any\s*(?:\[\]\s*)*>/

/**
 * Looks at the raw text first, which costs next to nothing, and reads the tokens only of what seems to have something:
 * a registry of hundreds of items is built in the time that reading and hashing it takes.
 */
export function scan(source: string): Scan {
  const seemsToAddress = source.includes("://") && matches(source, ADDRESS).length > 0
  const seemsToRead = source.includes(".env") && matches(source, VARIABLE).length > 0
  const code = seemsToAddress || seemsToRead ? codeOf(source, { strings: true }) : ""
  return {
    hosts: matches(code.replace(DOCUMENTATION, ""), ADDRESS).map((host) => host.toLowerCase()),
    variables: matches(code, VARIABLE),
    usesAny: source.includes("any") && ANY.test(source) && ANY.test(codeOf(source, { strings: false })),
  }
}

/**
 * The modules that a source file imports. Tokens are read only as far as the raw text seems to import something that is
 * not expected: that is worth being sure of.
 */
export function scanImports(source: string, isExpected: (specifier: string) => boolean): string[] {
  const expected: string[] = []
  let last = -1
  for (const { 1: one, 2: other, index } of source.matchAll(IMPORT)) {
    const specifier = one ?? other ?? ""
    if (isExpected(specifier)) expected.push(specifier)
    else last = source.indexOf(specifier, index)
  }
  return [...new Set([...expected, ...(last === -1 ? [] : importsOf(source, last))])]
}

function matches(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].flatMap(([, one, other]) => one ?? other ?? []))]
}
