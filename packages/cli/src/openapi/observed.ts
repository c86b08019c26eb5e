import { isObject } from "../project/files.ts"
import type { Operation, Parameter } from "./description.ts"
import { singular, wordsIn } from "./names.ts"
import { readShape } from "./shape.ts"

/** One request and its answer, seen and not described. */
export interface Observed {
  readonly method: string
  /** Without the query. What varies may be named already: `{site}`. */
  readonly path: string
  readonly query: readonly string[]
  readonly requestBody: unknown
  readonly status: number
  /** Lower-case names. */
  readonly headers: readonly string[]
  readonly body: unknown
}

/**
 * Operations as they can be told from what was seen. No value is kept, for it may be somebody's: only the names and kinds of
 * fields, and the words of those that say a state.
 */
export function operationsFrom(observed: readonly Observed[]): Operation[] {
  const ids = idsIn(observed)
  const groups = new Map<string, Observed[]>()
  for (const one of observed) {
    const key = `${one.method} ${templateOf(one.path, ids)}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups].map(([key, group]): Operation => {
    const [method = "", path = ""] = key.split(" ")
    const bodies = group.flatMap(({ requestBody }) => (isObject(requestBody) ? [requestBody] : []))
    const answers = group.flatMap(({ body }) => (body === undefined ? [] : [body]))
    return {
      method,
      path,
      id: "",
      tags: [],
      summary: "",
      parameters: parametersOf(path, group),
      body: bodies.length > 0 ? readShape(required(schemaOf(bodies), bodies), () => undefined) : undefined,
      answer: answers.length > 0 ? readShape(schemaOf(answers), () => undefined) : undefined,
      status: group[0]?.status ?? 200,
      headers: [...new Set(group.flatMap(({ headers }) => headers))],
    }
  })
}

function parametersOf(path: string, group: readonly Observed[]): Parameter[] {
  const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = ""]) => ({
    name,
    in: "path" as const,
    required: true,
  }))
  const names = [...new Set(group.flatMap(({ query }) => query))]
  const inQuery = names.map((name) => ({ name, in: "query" as const, required: false }))
  return [...inPath, ...inQuery].map((one) => ({
    ...one,
    shape: readShape({ type: "string" }, () => undefined),
  }))
}

/** What every body had has to be there; what only some had does not. */
function required(schema: Schema, bodies: readonly Record<string, unknown>[]): Schema {
  const always = Object.keys(schema["properties"] ?? {}).filter((key) => bodies.every((body) => key in body))
  return { ...schema, required: always }
}

type Schema = Record<string, unknown>

const DEEPEST = 8
/** Fields whose values are a provider's words, and nobody's. */
const VOCABULARY = /(^|_)(status|state|phase|type|kind|engine)$/

/** The schema that all of these values follow. */
function schemaOf(values: readonly unknown[], key = "", depth = 0): Schema {
  const objects = values.filter(isObject)
  if (objects.length > 0) {
    const held = new Map<string, unknown[]>()
    for (const object of objects) {
      for (const [name, value] of Object.entries(object)) held.set(name, [...(held.get(name) ?? []), value])
    }
    const properties = [...held].map(([name, found]) => [
      name,
      depth < DEEPEST ? schemaOf(found, name, depth + 1) : {},
    ])
    return { type: "object", properties: Object.fromEntries(properties) }
  }
  const lists = values.filter(Array.isArray)
  if (lists.length > 0) return { type: "array", items: schemaOf(lists.flat(), key, depth + 1) }
  const texts = values.filter((value) => typeof value === "string")
  if (texts.length > 0) return textSchema(texts, key)
  const numbers = values.filter((value) => typeof value === "number")
  if (numbers.length > 0) {
    const milliseconds = numbers.every((number) => number > 1e11)
    return {
      type: numbers.every(Number.isInteger) ? "integer" : "number",
      ...(milliseconds ? { description: "In milliseconds" } : {}),
    }
  }
  return values.some((value) => typeof value === "boolean") ? { type: "boolean" } : {}
}

function textSchema(texts: readonly string[], key: string): Schema {
  const isWord = texts.every((text) => /^[A-Za-z][A-Za-z_ -]{1,30}$/.test(text))
  if (isWord && VOCABULARY.test(wordsIn(key).join("_"))) return { type: "string", enum: [...new Set(texts)] }
  if (texts.every((text) => /^https?:\/\//.test(text))) return { type: "string", format: "uri" }
  if (texts.every((text) => UUID.test(text))) return { type: "string", format: "uuid" }
  return { type: "string" }
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** Texts and numbers that stand for one thing: where one is in a path, the path varies there. */
function idsIn(observed: readonly Observed[]): Set<string> {
  const ids = new Set<string>()
  const walk = (value: unknown, depth: number) => {
    if (Array.isArray(value)) for (const one of value) walk(one, depth + 1)
    else if (isObject(value) && depth < DEEPEST) {
      for (const [key, held] of Object.entries(value)) {
        const isId = /^(id|uuid|guid|name|slug|domain|hostname)$/.test(key) || /(_id|Id)$/.test(key)
        if (isId && (typeof held === "string" || typeof held === "number")) ids.add(String(held))
        else walk(held, depth + 1)
      }
    }
  }
  for (const { body } of observed) walk(body, 0)
  return ids
}

/** `/v2/droplets/3164444` becomes `/v2/droplets/{droplet_id}`. */
function templateOf(path: string, ids: ReadonlySet<string>): string {
  const segments = path.split("/")
  return segments
    .map((segment, index) => {
      if (/^\{.*\}$/.test(segment) || !varies(decodeURIComponent(segment), index, ids)) return segment
      const before =
        segments
          .slice(0, index)
          .filter((one) => one !== "" && !/^\{/.test(one))
          .at(-1) ?? "item"
      const words = wordsIn(before)
      return `{${[...words.slice(0, -1), singular(words.at(-1) ?? "item"), "id"].join("_")}}`
    })
    .join("/")
}

function varies(segment: string, index: number, ids: ReadonlySet<string>): boolean {
  if (index < 2 || segment === "" || /^v\d+(\.\d+)*$/.test(segment)) return false
  if (/^\d+$/.test(segment) || UUID.test(segment) || /^[\da-f]{16,}$/i.test(segment)) return true
  // A word alone may as well be a part of the API: it varies only where it cannot be one.
  return ids.has(segment) && /[\d.]/.test(segment)
}
