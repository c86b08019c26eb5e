import { camel, kebab, plural } from "../openapi/names.ts"
import { isObject } from "../project/files.ts"
import { firstList } from "./files/index-file.ts"
import { allLists, bindingsOf, kindOf, scopeWord } from "./files/naming.ts"
import { perPage } from "./files/pagers.ts"
import { markOf } from "./files/provision-files.ts"
import { watchWords } from "./files/sync-files.ts"
import { valueAt } from "./path.ts"
import { columnOrder, expectedRow, type SampleScope } from "./rows.ts"
import { put, sampleItem, sampleItems } from "./sample.ts"
import type { DockSpec, List, Making, MakingInput, Resource } from "./spec.ts"

type Json = Record<string, unknown>

interface Exchange {
  readonly file: string
  readonly scenario: string
  readonly request: { method: string; path: string; query?: Record<string, string>; body?: Json }
  readonly response: { status: number; headers?: Record<string, string>; body?: unknown }
}

/** Answers in the form that the document tells, made up, and the rows that they must become. */
export function recordingFiles(spec: DockSpec, date: string): Map<string, string> {
  const { exchanges, rows } = account(spec)
  const files = new Map<string, string>()
  for (const exchange of [...exchanges, ...refusals(spec, exchanges), ...cycles(spec)]) {
    const { file, scenario, request, response } = exchange
    const { method, path, ...asked } = request
    files.set(
      `recordings/${file}`,
      json({
        scenario,
        provenance: provenance(spec, date),
        request: { method, url: spec.baseUrl.url + path, ...asked },
        response,
      }),
    )
  }
  for (const [table, found] of Object.entries(rows)) files.set(`recordings/${table}.rows.json`, json(found))
  return files
}

function provenance({ source, version }: DockSpec, date: string) {
  const kind = source === "document" ? "specification" : "written"
  const note = {
    document: "Values are made up in the form that the provider's document describes.",
    traffic: "Values are made up in the form of captured answers.",
    nothing: "Made up before the provider's API was looked at.",
  }[source]
  return { kind, date, apiVersion: version, note }
}

/** What a test signs in with. */
export function sampleCredentials({ authentication, places }: DockSpec): Record<string, string> {
  return {
    ...(authentication.kind === "basic"
      ? { user: "acme", password: "fake-secret-password" }
      : { token: "fake-secret-token" }),
    ...Object.fromEntries(places.map(({ name }) => [name, kebab(name)])),
  }
}

/** One place of a listing: the parameters that lead there, and the scope that rows get. */
interface Spot {
  readonly params: readonly string[]
  readonly scope: SampleScope | undefined
  readonly scopePath: string
}

interface Listed {
  readonly spot: Spot
  readonly items: readonly unknown[]
}

function account(spec: DockSpec): { exchanges: Exchange[]; rows: Record<string, Json[]> } {
  const exchanges: Exchange[] = spec.account ? [accountExchange(spec.account)] : []
  const rows: Record<string, Json[]> = {}
  const done = new Map<string, Listed[]>()
  const resourceAt = new Map(allLists(spec).map(({ list, resource }) => [list.path, resource]))
  const listAll = (list: List): Listed[] => {
    const known = done.get(list.path)
    if (known) return known
    const resource = resourceAt.get(list.path)
    const spots = spotsOf(list, list.within ? listAll(list.within.of) : [])
    const listed: Listed[] = []
    let number = 1
    for (const [index, spot] of spots.entries()) {
      const count = index === 0 ? (list.within ? 2 : 3) : 1
      const items = sampleItems(list, resource, number, count)
      number += count
      listed.push({ spot, items })
      exchanges.push(...pagesOf(spec, list, spot, items, spots.length > 1))
    }
    done.set(list.path, listed)
    return listed
  }
  for (const resource of spec.resources) {
    rows[resource.table] = listAll(resource.list).flatMap(({ spot, items }) =>
      items.map((item) => ordered(resource.table, expectedRow(resource, item, spot.scope))),
    )
  }
  return { exchanges, rows }
}

function ordered(table: string, row: Json): Json {
  return Object.fromEntries(
    columnOrder(table).flatMap((column) => (column in row ? [[column, row[column]]] : [])),
  )
}

function spotsOf(list: List, outer: readonly Listed[]): Spot[] {
  const { within } = list
  if (!within) {
    const params = bindingsOf(list).map(({ name }) => kebab(name))
    return [{ params, scope: undefined, scopePath: "" }]
  }
  return outer.flatMap(({ spot, items }) =>
    items.map((item) => {
      const id = String(valueAt(item, within.id))
      const name = within.name ? valueAt(item, within.name) : undefined
      const scopePath = `${spot.scopePath === "" ? "" : `${spot.scopePath}/`}${scopeWord(list)}/${id}`
      return {
        params: [...spot.params, id],
        scope: { id, name: typeof name === "string" && name !== "" ? name : id },
        scopePath,
      }
    }),
  )
}

function accountExchange(told: NonNullable<DockSpec["account"]>): Exchange {
  const item: Json = {}
  for (const [path, { is }] of Object.entries(told.fields)) {
    put(
      item,
      path,
      is === "number-id"
        ? 1001
        : /email/i.test(path)
          ? "ada@example.com"
          : path === told.id
            ? "account-1"
            : "Acme",
    )
  }
  return {
    file: "account/get.json",
    scenario: "the account of the credential",
    request: { method: "GET", path: told.path },
    response: { status: 200, body: wrap(told.within, item) },
  }
}

function wrap(path: string, inner: unknown): unknown {
  return path === "" ? inner : path.split(".").reduceRight((held: unknown, key) => ({ [key]: held }), inner)
}

/** A list as it comes, page after page. */
function pagesOf(
  spec: DockSpec,
  list: List,
  spot: Spot,
  items: readonly unknown[],
  severalSpots: boolean,
): Exchange[] {
  const folder = kebab(plural(list.noun))
  const prefix = severalSpots ? spot.params.at(-1)?.replace(/[^\w.-]+/g, "-") : undefined
  const path = filled(list.path, spot.params)
  const pages = pagedBodies(spec, list, path, items)
  const places = new Map(spec.places.map(({ name }) => [name, kebab(name)]))
  const asked = Object.fromEntries((list.query ?? []).map((name) => [name, places.get(camel(name)) ?? ""]))
  return pages.map(({ query, headers, body, held }, index): Exchange => {
    const name = pages.length === 1 ? (prefix ?? "list") : `${prefix ? `${prefix}-` : ""}page-${index + 1}`
    const whole = { ...asked, ...query }
    return {
      file: `${folder}/${name}.json`,
      scenario:
        pages.length === 1
          ? "all in one answer"
          : held === 0
            ? "an empty page is the end"
            : `page ${index + 1} of ${pages.length}`,
      request: { method: "GET", path, ...(Object.keys(whole).length > 0 ? { query: whole } : {}) },
      response: { status: 200, ...(headers ? { headers } : {}), body },
    }
  })
}

function filled(path: string, params: readonly string[]): string {
  let index = 0
  return path.replace(/\{[^}]*\}/g, () => encodeURIComponent(params[index++] ?? ""))
}

interface PageBody {
  readonly query: Record<string, string>
  readonly headers?: Record<string, string>
  readonly body: unknown
  readonly held: number
}

function pagedBodies(spec: DockSpec, list: List, path: string, items: readonly unknown[]): PageBody[] {
  const { paging } = list
  const size = paging.kind !== "whole" && paging.size ? { [paging.size.name]: String(perPage(spec)) } : {}
  if (paging.kind === "whole") return [{ query: {}, body: bodyOf(list, items), held: items.length }]
  const total = paging.total
  // What only says that there is more, and not how much, must not be lost on its way unnoticed: then the second page is empty.
  const isCounted =
    total !== undefined ||
    (paging.kind === "links" && !paging.next) ||
    (paging.kind === "numbers" && paging.lastPage !== undefined)
  const at = isCounted && items.length > 1 && !endsEmpty(list) ? items.length - 1 : items.length
  const halves = [items.slice(0, at), items.slice(at)]
  const isOnly = isCounted && items.length === 1 && !endsEmpty(list)
  const parts = isOnly ? [items] : halves
  return parts.map((part, index): PageBody => {
    const isLast = index === parts.length - 1
    const told: Json = {}
    if (total) put(told, total, items.length)
    const next = nextOf(spec, list, path, size, items, at)
    if (paging.kind === "numbers" && paging.lastPage) put(told, paging.lastPage, parts.length)
    const token = "next" in paging && !(paging.kind === "cursor" && paging.ofItem) ? paging.next : undefined
    if (token && !isLast) put(told, token, next.value)
    const body = bodyOf(list, part, told, paging.kind === "cursor" && paging.ofItem ? next.value : undefined)
    const query = index === 0 ? next.first : next.query
    const headers =
      paging.kind === "links" && !paging.next && !isLast
        ? { link: `<${String(next.value)}>; rel="next"` }
        : undefined
    return { query, ...(headers ? { headers } : {}), body, held: part.length }
  })
}

/** Lists that say neither how many pages there are nor that this is the last one. */
function endsEmpty({ paging }: List): boolean {
  if (paging.kind === "numbers") return paging.lastPage === undefined && paging.next === undefined
  return paging.kind === "cursor" && paging.ofItem === true
}

function nextOf(
  spec: DockSpec,
  { paging }: List,
  path: string,
  size: Record<string, string>,
  items: readonly unknown[],
  at: number,
): { first: Record<string, string>; query: Record<string, string>; value: unknown } {
  const address = (query: Record<string, string>) =>
    `${spec.baseUrl.url}${path}?${new URLSearchParams(query).toString()}`
  switch (paging.kind) {
    case "numbers": {
      const query = { [paging.page]: "2", ...size }
      const isNumber =
        paging.next !== undefined && /page$/i.test(paging.next) && !/url|link/i.test(paging.next)
      return { first: { [paging.page]: "1", ...size }, query, value: isNumber ? 2 : address(query) }
    }
    case "offset":
      return {
        first: { [paging.offset]: "0", ...size },
        query: { [paging.offset]: String(at), ...size },
        value: items.length,
      }
    case "cursor": {
      const value = paging.ofItem ? `after-${items.length}` : "after-page-1"
      return { first: { ...size }, query: { [paging.cursor]: value, ...size }, value }
    }
    case "links": {
      const query = { after: "page-1", ...size }
      return { first: { ...size }, query, value: address(query) }
    }
    default:
      return { first: {}, query: {}, value: undefined }
  }
}

function bodyOf(
  { items, item, paging }: List,
  part: readonly unknown[],
  told: Json = {},
  cursor?: unknown,
): unknown {
  const held = part.map((one, index) => {
    if (item === undefined) return one
    const isOwn = paging.kind === "cursor" && paging.ofItem
    const own = isOwn ? { [paging.next]: index === part.length - 1 ? cursor : `after-${index + 1}` } : {}
    return { ...own, [item]: one }
  })
  return items === "" ? held : merged(wrap(items, held), told)
}

function merged(one: unknown, other: Json): Json {
  const all: Json = isObject(one) ? { ...one } : {}
  for (const [key, value] of Object.entries(other)) {
    all[key] = isObject(all[key]) && isObject(value) ? merged(all[key], value) : value
  }
  return all
}

function refusals(spec: DockSpec, exchanges: readonly Exchange[]): Exchange[] {
  const list = firstList(spec.resources)
  const folder = kebab(plural(list.noun))
  const listed = exchanges.find(({ file }) => file.startsWith(`${folder}/`))
  const verified = spec.account ? exchanges[0] : listed
  if (!listed || !verified) return []
  return [
    {
      file: "errors/unauthorized.json",
      scenario: "a credential that is refused",
      request: verified.request,
      response: { status: 401, body: { message: "Unauthorized" } },
    },
    {
      file: "errors/too-fast.json",
      scenario: "too many requests",
      request: listed.request,
      response: { status: 429, headers: { "retry-after": "7" }, body: { message: "Too Many Requests" } },
    },
  ]
}

function cycles(spec: DockSpec): Exchange[] {
  return spec.resources.flatMap((resource) => (resource.making ? cycle(spec, resource, resource.making) : []))
}

function cycle(spec: DockSpec, resource: Resource, making: Making): Exchange[] {
  const { list, status, columns } = resource
  const kind = kindOf(resource)
  const order = Object.fromEntries(making.inputs.map((input) => [input.name, orderValue(input, resource)]))
  const ready = madeItem(resource, order)
  const id = String(valueAt(ready, columns["providerResourceId"]?.from ?? "id"))
  const one = filled(making.path, [id])
  const { pending, failed } = watchWords(resource)
  const wordFor = (fits: (meaning: string) => boolean) =>
    Object.entries(status.words).find(([, meaning]) => fits(meaning))?.[0]
  const isReady = (meaning: string) =>
    ![...pending, ...failed].includes(meaning) && !/delet|stop/.test(meaning)
  const readyWord = wordFor(isReady) ?? status.open[0]
  const pendingWord = wordFor((meaning) => pending.includes(meaning))
  const inState = (word: string | undefined) => {
    const item = structuredClone(ready)
    if (word !== undefined && status.from) put(item, status.from, word)
    return item
  }
  const refused = { status: 422, body: { message: "This is not possible" } }
  const post = { method: "POST", path: list.path, body: order }
  const get = { method: "GET", path: one }
  const steps: Omit<Exchange, "file">[] = [
    {
      scenario: "it is asked for",
      request: post,
      response: { status: making.status, body: wrap(making.made, inState(pendingWord ?? readyWord)) },
    },
    ...(pendingWord
      ? [
          {
            scenario: "it is being made",
            request: get,
            response: { status: 200, body: wrap(making.one, inState(pendingWord)) },
          },
        ]
      : []),
    {
      scenario: "it is ready",
      request: get,
      response: { status: 200, body: wrap(making.one, inState(readyWord)) },
    },
    { scenario: "it is removed", request: { method: "DELETE", path: one }, response: { status: 204 } },
    { scenario: "it is gone", request: get, response: { status: 404, body: { message: "Not Found" } } },
  ]
  const found = markOf(resource) ? pagedBodies(spec, list, list.path, [inState(readyWord)]) : []
  return [
    ...steps.map((step, index) => ({ file: `cycles/${kind}/${index + 1}-${stepName(step)}.json`, ...step })),
    {
      file: `cycles/${kind}-refused/1-create.json`,
      scenario: "it is refused",
      request: post,
      response: refused,
    },
    ...found.map(({ query, headers, body }, index) => ({
      file: `cycles/${kind}-interrupted/${index + 1}-page.json`,
      scenario: "an interrupted try has made it",
      request: { method: "GET", path: list.path, ...(Object.keys(query).length > 0 ? { query } : {}) },
      response: { status: 200, ...(headers ? { headers } : {}), body },
    })),
  ]
}

function stepName({ request, response }: Omit<Exchange, "file">): string {
  if (request.method === "POST") return "create"
  if (request.method === "DELETE") return "delete"
  return response.status === 404 ? "gone" : "look"
}

/** What comes of an order: an item like any other, with the name that was asked for. */
function madeItem(resource: Resource, order: Json): Json {
  const item = sampleItem(resource.list, resource, 9)
  const mark = markOf(resource)
  const input = mark && Object.entries(order).find(([name]) => camel(name) === mark.input)
  if (mark && input) put(item, mark.path, input[1])
  return item
}

/** What the contract test asks for, by the names of the inputs. */
export function sampleInputs({ resources }: DockSpec): Record<string, Json> {
  return Object.fromEntries(
    resources.flatMap((resource) =>
      resource.making
        ? [
            [
              kindOf(resource),
              Object.fromEntries(
                resource.making.inputs.map((input) => [camel(input.name), orderValue(input, resource)]),
              ),
            ],
          ]
        : [],
    ),
  )
}

function orderValue({ name, is, words = [], example }: MakingInput, { list, columns }: Resource): unknown {
  switch (is) {
    case "words":
      return words.includes(String(example)) ? example : words[0]
    case "texts":
      return [`${kebab(name)}-1`]
    case "integer":
      return typeof example === "number" && Number.isInteger(example) ? example : 1
    case "number":
      return typeof example === "number" ? example : 1
    case "flag":
      return true
    case "secret":
      return `fake-secret-${kebab(name)}`
    case "text":
      if (columns["name"]?.as === "host name" && columns["name"].from === name) return "new.example"
      return name === columns["name"]?.from ? `new-${kebab(list.noun)}` : `${kebab(name)}-1`
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
