import { camel, kebab } from "../../openapi/names.ts"
import { kindOf } from "../files/naming.ts"
import { markOf } from "../files/provision-files.ts"
import { watchWords } from "../files/sync-files.ts"
import { valueAt } from "../path.ts"
import { expectedRow } from "../rows.ts"
import { put, sampleItem } from "../sample.ts"
import type { DockSpec, Making, MakingInput, Resource } from "../spec.ts"
import { type Exchange, filled, type Json, wrap } from "./exchange.ts"
import { asked, pagedBodies } from "./pages.ts"

/** What is asked and answered while one thing is made, watched and removed. */
export function cycles(spec: DockSpec): Exchange[] {
  return spec.resources.flatMap((resource) => (resource.making ? cycle(spec, resource, resource.making) : []))
}

function cycle(spec: DockSpec, resource: Resource, making: Making): Exchange[] {
  const { list } = resource
  const kind = kindOf(resource)
  const { order, id, inState, readyWord, pendingWord } = orderOf(resource, making)
  const one = filled(making.path, [id])
  const refused = { status: 422, body: { message: "This is not possible" } }
  const query = making.query && asked(spec, making.query)
  const post = { method: "POST", path: list.path, ...(query ? { query } : {}), body: order }
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

/** What is asked for, and what comes of it. */
function orderOf(resource: Resource, making: Making) {
  const { status, columns } = resource
  const order: Json = Object.fromEntries(
    making.inputs.map((input) => [input.name, orderValue(input, resource)]),
  )
  const made = madeItem(resource, order)
  const { pending, failed } = watchWords(resource)
  const wordFor = (fits: (meaning: string) => boolean) =>
    Object.entries(status.words).find(([, meaning]) => fits(meaning))?.[0]
  const isReady = (meaning: string) =>
    ![...pending, ...failed].includes(meaning) && !/delet|stop/.test(meaning)
  return {
    order,
    id: String(valueAt(made, columns["providerResourceId"]?.from ?? "id")),
    readyWord: wordFor(isReady) ?? status.open[0],
    pendingWord: wordFor((meaning) => pending.includes(meaning)),
    inState(word: string | undefined) {
      const item = structuredClone(made)
      if (word !== undefined && status.from) put(item, status.from, word)
      return item
    },
  }
}

/** An item like any other, with the name that was asked for. */
function madeItem(resource: Resource, order: Json): Json {
  const item = sampleItem(resource.list, resource, 9)
  const mark = markOf(resource)
  const input = mark && Object.entries(order).find(([name]) => camel(name) === mark.input)
  if (mark && input) put(item, mark.path, input[1])
  return item
}

/** What the contract test asks for, by the names of the inputs, and the row that it must become. */
export function sampleMakes({ resources }: DockSpec): Record<string, { input: Json; row: Json }> {
  return Object.fromEntries(
    resources.flatMap((resource) => {
      if (!resource.making) return []
      const { order, inState, readyWord } = orderOf(resource, resource.making)
      const input = Object.fromEntries(Object.entries(order).map(([name, value]) => [camel(name), value]))
      return [[kindOf(resource), { input, row: expectedRow(resource, inState(readyWord), undefined) }]]
    }),
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
