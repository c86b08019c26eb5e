import { isObject } from "../project/files.ts"

type JsonType = "string" | "integer" | "number" | "boolean" | "object" | "array"

/** What a description says of a value, whichever dialect says it. Read on demand: descriptions refer in circles. */
export interface Shape {
  readonly types: ReadonlySet<JsonType>
  readonly format: string | undefined
  readonly description: string
  /** The words it may be, where they are told. */
  readonly words: readonly string[]
  readonly example: unknown
  readonly maximum: number | undefined
  readonly readOnly: boolean
  readonly required: ReadonlySet<string>
  properties(): ReadonlyMap<string, Shape>
  /** Of a list. */
  items(): Shape | undefined
}

/** Finds what a `$ref` points to. */
export type Lookup = (reference: string) => unknown

/** A part of a schema: itself, what it refers to, what it is composed of. */
interface Part {
  readonly node: Readonly<Record<string, unknown>>
  /** One of several that it may be: what it requires, others need not have. */
  readonly isVariant: boolean
}

/**
 * A schema of JSON Schema, OpenAPI, Swagger or a discovery document. Of alternatives all properties are taken together,
 * because an answer may be any of them; `alternatives: "first"` takes one of them alone, as a request has to.
 */
export function readShape(raw: unknown, lookup: Lookup, alternatives: "all" | "first" = "all"): Shape {
  const parts = partsOf(raw, lookup, alternatives, new Set(), false)
  const first = (key: string) => parts.map(({ node }) => node[key]).find((value) => value !== undefined)
  const text = (key: string) => {
    const found = parts.map(({ node }) => node[key]).find((value) => typeof value === "string")
    return typeof found === "string" ? found : undefined
  }
  const inner = (value: unknown) => readShape(value, lookup, alternatives)
  const maximum = first("maximum")
  return {
    types: typesOf(parts),
    format: text("format"),
    description: text("description") ?? text("title") ?? "",
    words: parts.flatMap(({ node }) => wordsOf(node)),
    example: exampleOf(parts),
    maximum: typeof maximum === "number" ? maximum : undefined,
    readOnly: first("readOnly") === true,
    required: new Set(parts.flatMap((part) => (part.isVariant ? [] : textsIn(part.node["required"])))),
    properties() {
      const declared = new Map<string, unknown[]>()
      for (const { node } of parts) {
        if (!isObject(node["properties"])) continue
        for (const [name, value] of Object.entries(node["properties"])) {
          declared.set(name, [...(declared.get(name) ?? []), value])
        }
      }
      return new Map(
        [...declared].map(([name, values]) => [
          name,
          inner(values.length === 1 ? values[0] : { allOf: values }),
        ]),
      )
    },
    items() {
      const items = first("items")
      return items === undefined ? undefined : inner(items)
    },
  }
}

function partsOf(
  raw: unknown,
  lookup: Lookup,
  alternatives: "all" | "first",
  seen: ReadonlySet<string>,
  isVariant: boolean,
): Part[] {
  if (!isObject(raw)) return []
  const reference = raw["$ref"]
  if (typeof reference === "string") {
    if (seen.has(reference)) return []
    return partsOf(lookup(reference), lookup, alternatives, new Set([...seen, reference]), isVariant)
  }
  const variants = [raw["oneOf"], raw["anyOf"]]
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .filter((variant) => !(isObject(variant) && variant["type"] === "null"))
  const chosen = alternatives === "first" ? variants.slice(0, 1) : variants
  const isOne = isVariant || (alternatives === "all" && variants.length > 1)
  const composed = Array.isArray(raw["allOf"]) ? raw["allOf"] : []
  return [
    { node: raw, isVariant },
    ...composed.flatMap((part) => partsOf(part, lookup, alternatives, seen, isVariant)),
    ...chosen.flatMap((part) => partsOf(part, lookup, alternatives, seen, isOne)),
  ]
}

const TYPES: ReadonlySet<string> = new Set(["string", "integer", "number", "boolean", "object", "array"])

function typesOf(parts: readonly Part[]): Set<JsonType> {
  const told = parts.flatMap(({ node }) => [node["type"]].flat()).filter(isType)
  const implied: JsonType[] = parts.flatMap(({ node }) => [
    ...(isObject(node["properties"]) ? (["object"] as const) : []),
    ...(node["items"] === undefined ? [] : (["array"] as const)),
    ...(Array.isArray(node["enum"]) ? (["string"] as const) : []),
  ])
  return new Set(told.length > 0 ? told : implied)
}

function isType(value: unknown): value is JsonType {
  return typeof value === "string" && TYPES.has(value)
}

/** An enum; or the list that a description gives, as in "* active\n* pending". */
function wordsOf(node: Part["node"]): string[] {
  const listed = [node["enum"], node["const"]].flat().filter((word) => typeof word === "string")
  if (listed.length > 0) return listed
  const { description } = node
  if (typeof description !== "string" || node["type"] !== "string") return []
  const bullets = [...description.matchAll(/^\s*[*-]\s+`?"?([\w-]{2,30})"?`?\s*(?:$|[:–(-])/gm)]
  return bullets.map(([, word = ""]) => word)
}

function exampleOf(parts: readonly Part[]): unknown {
  for (const { node } of parts) {
    const { example, examples, const: constant, default: fallback } = node
    const [first] = Array.isArray(examples) ? examples : []
    const told = example ?? first ?? constant ?? fallback
    if (told !== undefined && told !== null) return told
  }
  return undefined
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : []
}
