import type { Description, Operation } from "../../openapi/description.ts"
import { singular, wordsIn } from "../../openapi/names.ts"
import type { Shape } from "../../openapi/shape.ts"
import { type Leaf, leavesOf } from "./leaves.ts"

/** An operation that answers with a list of things. */
export interface ListOperation {
  readonly operation: Operation
  /** Where the items are: `droplets`, `data.items`; empty when the answer is the list. */
  readonly items: string
  /** What wraps each item. */
  readonly item: string | undefined
  readonly leaves: readonly Leaf[]
  /** What one is called, in words: `dns record`. */
  readonly noun: string
  /** The last word of its path for it: `record`. */
  readonly last: string
}

export function listsIn({ operations }: Description): ListOperation[] {
  return operations.flatMap((operation) => {
    if (operation.method !== "GET" || !operation.answer || /\}$/.test(operation.path)) return []
    const segments = namedSegments(operation)
    const last = segments.at(-1) ?? "item"
    const found = findList(operation.answer, wordsIn(last))
    if (!found) return []
    const { item, shape } = unwrapped(found.shape)
    const leaves = leavesOf(shape)
    return leaves.length === 0
      ? []
      : [{ operation, items: found.items, item, leaves, noun: nounOf(segments), last }]
  })
}

/** The path's segments that do not vary. */
export function fixedSegments(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "" && !/[{}]/.test(segment) && !/^v\d/.test(segment))
}

/** The path in words, one thing each. Where it abbreviates (`/b`), the operation's own name may say what it is. */
function namedSegments({ path, id }: Operation): string[] {
  const segments = fixedSegments(path).map((one) => singularWords(one.replace(/\.(json|list|all)$/, "")))
  const last = segments.at(-1) ?? ""
  const [, named] = /(\w+)\.\w+$/.exec(id) ?? []
  return last.length <= 2 && named ? [...segments.slice(0, -1), singularWords(named)] : segments
}

/** `/v2/droplets` lists droplets. What says little is told with the segment before it: `databases/instances`. */
function nounOf(segments: readonly string[]): string {
  const last = segments.at(-1) ?? "item"
  const before = segments.at(-2)
  const saysLittle = /^(instance|item|record|cluster|all|list|entry|resource)$/.test(last)
  return saysLittle && before && before !== last ? `${before} ${last}` : last
}

export function singularWords(name: string): string {
  const words = wordsIn(name)
  return [...words.slice(0, -1), singular(words.at(-1) ?? "")].join(" ").trim()
}

const USUAL_KEYS =
  /^(data|items|results?|value|values|records|list|rows|objects|entries|content|nodes|resources)$/
/** Lists that stand beside the items. */
const BESIDE = /^(errors?|messages|warnings|links|meta|included|unreachable|pages|failures)$/

function findList(answer: Shape, words: readonly string[]): { items: string; shape: Shape } | undefined {
  if (answer.types.has("array")) {
    const shape = answer.items()
    return shape?.types.has("object") ? { items: "", shape } : undefined
  }
  const found = listsWithin(answer, "", 0)
  const last = words.at(-1)
  return (
    found.find(({ items }) => wordsIn(items).at(-1) === last) ??
    found.find(({ items }) => USUAL_KEYS.test(items.replace(/^.*\./, ""))) ??
    (found.length === 1 ? found[0] : undefined)
  )
}

function listsWithin(shape: Shape, path: string, depth: number): { items: string; shape: Shape }[] {
  return [...shape.properties()].flatMap(([key, held]) => {
    const at = path === "" ? key : `${path}.${key}`
    if (BESIDE.test(key) || !/^\w+$/.test(key)) return []
    const inner = held.types.has("array") ? held.items() : undefined
    if (inner?.types.has("object")) return [{ items: at, shape: inner }]
    const wraps = depth === 0 && held.types.has("object") && /^(data|result|response|_embedded)$/.test(key)
    return wraps ? listsWithin(held, at, depth + 1) : []
  })
}

/** `[{ cursor, service }]`: the cursor stands beside each thing. */
function unwrapped(shape: Shape): { item: string | undefined; shape: Shape } {
  const properties = [...shape.properties()]
  if (properties.length !== 2 || !shape.properties().has("cursor")) return { item: undefined, shape }
  const [inner] = properties.filter(([key, held]) => key !== "cursor" && held.types.has("object"))
  return inner ? { item: inner[0], shape: inner[1] } : { item: undefined, shape }
}
