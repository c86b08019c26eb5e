import { pascal } from "../../openapi/names.ts"
import { codeFor, keyCode } from "../path.ts"
import type { DockSpec, List, Paging, Resource } from "../spec.ts"
import { listShape, pagingShape } from "./envelopes-file.ts"
import { allLists, bindingsOf, listMethod, type Naming, placesIn, typeName, variable } from "./naming.ts"
import { type Pager, pagerOf, pagersOf, perPage, toldBeside } from "./pagers.ts"
import { usedTypes } from "./types-file.ts"

/** The client: one method an endpoint. */
export function apiFile(spec: DockSpec, naming: Naming): string {
  const lists = allLists(spec)
  const pagers = pagersOf(spec)
  const size = perPage(spec)
  const places = spec.places.map(({ name }) => name)
  const needsParams = pagers.some((pager) => takes(pager).params || takes(pager).query)
  return [
    ...importLines(spec, naming, pagers),
    "",
    ...(size === undefined ? [] : [`const PER_PAGE = ${size}`, ""]),
    ...(places.length > 0
      ? [
          "/** What no request tells: it comes with the credential. */",
          `interface ${naming.prefix}Place {`,
          ...places.map((name) => `  readonly ${name}: string`),
          "}",
          "",
        ]
      : []),
    `export class ${naming.client} {`,
    "  readonly #http: Http",
    ...(places.length > 0
      ? [
          `  readonly #place: ${naming.prefix}Place`,
          "",
          `  constructor(http: Http, place: ${naming.prefix}Place) {`,
          "    this.#http = http",
          "    this.#place = place",
          "  }",
        ]
      : ["", "  constructor(http: Http) {", "    this.#http = http", "  }"]),
    ...(spec.account ? ["", ...accountMethod(spec.account, naming)] : []),
    ...lists.flatMap(({ list, resource }) => [
      "",
      ...listMethodCode(list, pagerOf(pagers, list)),
      ...(resource?.making ? makingMethods(resource, naming) : []),
    ]),
    ...pagers.flatMap((pager) => ["", ...pagerMethod(pager)]),
    "}",
    "",
    ...(needsParams ? ["type Params = Readonly<Record<string, string>>", ""] : []),
  ].join("\n")
}

function importLines(spec: DockSpec, naming: Naming, pagers: readonly Pager[]): string[] {
  const made = spec.resources.filter(({ making }) => making)
  const shapes = [
    ...(spec.account ? ["AccountAnswer"] : []),
    ...allLists(spec).map(({ list }) => listShape(list)),
    ...pagers.flatMap((pager) => (toldBeside(pager.paging).length > 0 ? [pagingShape(pager)] : [])),
    ...made.flatMap(({ list }) => [`Made${pascal(list.noun)}`, `One${pascal(list.noun)}`]),
  ]
  const types = usedTypes(spec, naming)
  const readsHeader = pagers.some(({ paging }) => paging.kind === "links" && paging.next === undefined)
  const functions = pagers.map(({ paging }) => FUNCTIONS[paging.kind])
  return [
    'import { envelope } from "../../core/envelope.ts"',
    'import type { Answer, Http } from "../../core/http.ts"',
    ...(readsHeader ? ['import { nextLink } from "../../core/link-header.ts"'] : []),
    'import type { Listing } from "../../core/page.ts"',
    `import { ${sorted(functions).join(", ")} } from "../../core/paging.ts"`,
    `import {\n${sorted(shapes)
      .map((name) => `  ${name},\n`)
      .join("")}} from "./envelopes.ts"`,
    ...(types.length > 0 ? [`import type { ${types.join(", ")} } from "./types.ts"`] : []),
  ]
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort()
}

const FUNCTIONS: Readonly<Record<Paging["kind"], string>> = {
  whole: "single",
  numbers: "pageNumbers",
  offset: "offsets",
  cursor: "cursors",
  links: "cursors",
}

function accountMethod(account: NonNullable<DockSpec["account"]>, naming: Naming): string[] {
  const asked = `this.#http.get(${JSON.stringify(account.path)})`
  return [
    `  async getAccount(): Promise<${typeName(naming, account.noun)}> {`,
    `    return envelope(AccountAnswer, await ${asked})${account.within === "" ? "" : codeFor("", account.within)}`,
    "  }",
  ]
}

/** Whether any list of a pager has something to fill into its path or to add to its query. */
function takes({ lists }: Pager): { params: boolean; query: boolean } {
  const query = lists.some((list) => (list.query ?? []).length > 0)
  return { params: query || lists.some(({ path }) => path.includes("{")), query }
}

function listMethodCode(list: List, pager: Pager): string[] {
  const bindings = bindingsOf(list)
  const given = bindings.filter(({ from }) => from === "scope")
  const params = bindings.map(({ parameter, from, name }) => {
    const value = from === "scope" ? name : `this.#place.${name}`
    return parameter === value ? parameter : `${keyCode(parameter)}: ${value}`
  })
  const query = placesIn(list.query)
  const rest = [
    ...(params.length > 0 || query.length > 0 ? [params.length > 0 ? `{ ${params.join(", ")} }` : "{}"] : []),
    ...(query.length > 0 ? [`{ ${query.join(", ")} }`] : []),
  ]
  const signature = given.map(({ name }) => `${name}: string`).join(", ")
  return [
    ...(list.decide ? [`  // DECIDE: ${list.decide}`] : []),
    `  ${listMethod(list)}(${signature}): Listing {`,
    `    return this.#${pager.name}(${[JSON.stringify(list.path), `(answer) => ${itemsCode(list)}`, ...rest].join(", ")})`,
    "  }",
  ]
}

function itemsCode(list: List): string {
  const keys = list.items === "" ? [] : list.items.split(".")
  const items = `envelope(${listShape(list)}, answer)${keys.map((key) => codeFor("", key)).join("")}`
  if (list.item === undefined) return items
  const item = codeFor("one", list.item)
  const isCursor = list.paging.kind === "cursor" && list.paging.ofItem
  return isCursor
    ? `${items}.map((one) => ({ cursor: one.cursor, item: ${item} }))`
    : `${items}.map((one) => ${item})`
}

function makingMethods({ list, making, columns }: Resource, naming: Naming): string[] {
  if (!making) return []
  const name = pascal(list.noun)
  const type = typeName(naming, list.noun)
  const idName = variable(`${list.noun} id`)
  const idCode = (columns["providerResourceId"]?.from ?? "")
    .split(".")
    .map((key) => codeFor("", key))
    .join("")
  const path = JSON.stringify(making.path)
  const params = `{ params: { ${keyCode(making.parameter)}: ${idName} } }`
  const within = (key: string) => (key === "" ? "" : codeFor("", key))
  const query = making.query ? `query: { ${placesIn(making.query).join(", ")} }, ` : ""
  return [
    "",
    `  async get${name}(${idName}: string): Promise<${type}> {`,
    `    const answer = await this.#http.get(${path}, ${params})`,
    `    return envelope(One${name}, answer)${within(making.one)}`,
    "  }",
    "",
    "  /** Gives the id of what it makes. */",
    `  async create${name}(order: Readonly<Record<string, unknown>>): Promise<string> {`,
    `    const answer = await this.#http.post(${JSON.stringify(list.path)}, { ${query}json: order })`,
    `    return envelope(Made${name}, answer)${within(making.made)}${idCode}`,
    "  }",
    "",
    `  async delete${name}(${idName}: string): Promise<void> {`,
    `    await this.#http.delete(${path}, ${params})`,
    "  }",
  ]
}

/** How lists of one kind are read. */
function pagerMethod(pager: Pager): string[] {
  const { name, paging } = pager
  const { params, query } = takes(pager)
  const ofItem = paging.kind === "cursor" && paging.ofItem === true
  const item = ofItem ? "{ cursor: string; item: unknown }" : "unknown"
  const size = paging.kind !== "whole" && paging.size ? [`${keyCode(paging.size.name)}: PER_PAGE`] : []
  const position = positionOf(paging)
  const asked = [...(query ? ["...query"] : []), ...(position ? [position.query] : []), ...size].filter(
    Boolean,
  )
  const options = [
    ...(params ? ["params"] : []),
    ...(asked.length > 0 ? [`query: { ${asked.join(", ")} }`] : []),
    ...(paging.kind === "links" ? ["url"] : []),
  ]
  const given = [
    "path: string",
    `read: (answer: Answer) => readonly ${item}[]`,
    ...(params ? ["params: Params = {}"] : []),
    ...(query ? ["query: Params = {}"] : []),
  ]
  const beside = toldBeside(paging)
  return [
    `  #${name}(`,
    ...given.map((one) => `    ${one},`),
    "  ): Listing {",
    `    return ${FUNCTIONS[paging.kind]}(async (${position?.argument ?? ""}) => {`,
    `      const answer = await this.#http.get(path${options.length > 0 ? `, { ${options.join(", ")} }` : ""})`,
    `      const items = read(answer)`,
    ...(beside.length > 0 ? [`      const paging = envelope(${pagingShape(pager)}, answer)`] : []),
    `      return { ${[ofItem ? "items: items.map(({ item }) => item)" : "items", ...toldParts(paging), "answer"].join(", ")} }`,
    "    })",
    "  }",
  ]
}

function positionOf(paging: Paging): { argument: string; query: string } | undefined {
  const named = (key: string, argument: string) => ({
    argument,
    query: key === argument ? argument : `${keyCode(key)}: ${argument}`,
  })
  switch (paging.kind) {
    case "whole":
      return undefined
    case "numbers":
      return named(paging.page, "page")
    case "offset":
      return named(paging.offset, "offset")
    case "cursor":
      return named(paging.cursor, "cursor")
    case "links":
      return { argument: "url", query: "" }
  }
}

function toldParts(paging: Paging): string[] {
  if (paging.kind === "whole") return []
  const total = paging.total === undefined ? [] : [`total: ${codeFor("paging", paging.total)} ?? undefined`]
  switch (paging.kind) {
    case "numbers":
      if (paging.lastPage) return [...total, `lastPage: ${codeFor("paging", paging.lastPage)} ?? undefined`]
      return [
        ...total,
        paging.next ? `isLast: !${codeFor("paging", paging.next)}` : "isLast: items.length === 0",
      ]
    case "offset":
      return paging.total ? total : ["isLast: items.length === 0"]
    case "cursor":
      return [
        ...total,
        paging.ofItem ? "next: items.at(-1)?.cursor" : `next: ${codeFor("paging", paging.next)}`,
      ]
    case "links":
      return [
        ...total,
        `next: items.length === 0 ? null : ${paging.next ? codeFor("paging", paging.next) : "nextLink(answer.headers)"}`,
      ]
  }
}
