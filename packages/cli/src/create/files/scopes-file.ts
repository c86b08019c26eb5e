import { pascal } from "../../openapi/names.ts"
import { codeFor, keyCode } from "../path.ts"
import type { DockSpec, List } from "../spec.ts"
import {
  listMethod,
  type Naming,
  scopeData,
  scopeKey,
  scopesFunction,
  scopeWord,
  typeName,
} from "./naming.ts"

/** Where the lists of a dock look, level by level; undefined when all of them list the account. */
export function scopesFile(spec: DockSpec, naming: Naming): string | undefined {
  const levels = levelsOf(spec)
  if (levels.length === 0) return undefined
  const types = [...new Set(levels.map(({ within }) => typeName(naming, within?.of.noun ?? "")))].sort()
  return [
    'import type { z } from "zod"',
    'import { envelope } from "../../../core/envelope.ts"',
    'import type { Listing } from "../../../core/page.ts"',
    'import type { Scope } from "../../../core/resource.ts"',
    `import type { ${naming.client} } from "../api.ts"`,
    `import { ${types.join(", ")} } from "../types.ts"`,
    "",
    ...levels.flatMap((list) => [...level(list, naming), ""]),
    "/**",
    " * Reads an item that other rows hang on. It may not be skipped like an odd row: what hangs on it would seem to be gone.",
    " * So it throws, and the rows stay.",
    " */",
    "function needed<Shape extends z.ZodType>(shape: Shape, raw: unknown, endpoint: string): z.output<Shape> {",
    `  return envelope(shape, { provider: "${spec.provider}", endpoint, status: 200, requestId: undefined, body: raw })`,
    "}",
    "",
  ].join("\n")
}

/** Lists within others, the outer ones first, each way of looking once. */
function levelsOf({ resources }: DockSpec): List[] {
  const found = new Map<string, List>()
  const visit = (list: List) => {
    if (!list.within) return
    visit(list.within.of)
    found.set(scopesFunction(list), found.get(scopesFunction(list)) ?? list)
  }
  for (const { list } of resources) visit(list)
  return [...found.values()]
}

function level(list: List, naming: Naming): string[] {
  const { within } = list
  if (!within) return []
  const { of, id, name } = within
  const type = typeName(naming, of.noun)
  const shape = pascal(`known ${of.noun}`)
  const data = scopeData(list)
  const key = scopeKey(list)
  const outer = of.within ? scopeData(of) : undefined
  const picked = [...new Set([id, ...(name ? [name] : [])].map((path) => path.replace(/[.[].*$/, "")))]
  const item = "one"
  const read = `needed(${shape}, raw, "GET ${of.path}")`
  const told = codeFor(item, id)
  const label = name ? `${codeFor(item, name)} || ${told}` : told
  const value = outer ? `{ ...within, ${key}: ${told} }` : `{ ${key}: ${told} }`
  const scopeId = outer
    ? `\`\${scope}/${scopeWord(list)}/\${${told}}\``
    : `\`${scopeWord(list)}/\${${told}}\``
  const make = [
    `function ${scopesFunction(list).replace(/Scopes$/, "Scope")}(raw: unknown${outer ? `, scope: string, within: ${outer}` : ""}): Scope<${data}> {`,
    `  const ${item} = ${read}`,
    `  return { id: ${scopeId}, name: ${label}, data: ${value} }`,
    "}",
  ]
  const one = scopesFunction(list).replace(/Scopes$/, "Scope")
  const call = `api.${listMethod(of)}`
  const pages = outer
    ? [
        `  for await (const outer of ${scopesFunction(of)}(api)) {`,
        "    for (const { id, data } of outer.items) {",
        "      if (!data) continue",
        `      for await (const page of ${call}(${outerArguments(of)})) {`,
        `        yield { items: page.items.map((raw) => ${one}(raw, id, data)) }`,
        "      }",
        "    }",
        "  }",
      ]
    : [`  for await (const page of ${call}()) yield { items: page.items.map((raw) => ${one}(raw)) }`]
  return [
    `interface ${data}${outer ? ` extends ${outer}` : ""} {`,
    `  readonly ${key}: string`,
    "}",
    "",
    `const ${shape} = ${type}.pick({ ${picked.map((path) => `${keyCode(path)}: true`).join(", ")} })`,
    "",
    `export async function* ${scopesFunction(list)}(api: ${naming.client}): Listing<Scope<${data}>> {`,
    ...pages,
    "}",
    "",
    ...make,
  ]
}

function outerArguments(of: List): string {
  const keys: string[] = []
  for (let list: List | undefined = of; list?.within; list = list.within.of)
    keys.unshift(`data.${scopeKey(list)}`)
  return keys.join(", ")
}
