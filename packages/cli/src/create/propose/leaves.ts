import { wordsIn } from "../../openapi/names.ts"
import type { Shape } from "../../openapi/shape.ts"

/** A value somewhere in an item. */
export interface Leaf {
  /** `networks.v4[].ip_address` */
  readonly path: string
  /** The same in snake case, without what only wraps: `properties.`, `attributes.`. */
  readonly plain: string
  readonly kind: "text" | "texts" | "integer" | "number" | "flag"
  readonly shape: Shape
}

const DEEPEST = 4
const MOST = 2_000

export function leavesOf(item: Shape): Leaf[] {
  const leaves: Leaf[] = []
  const walk = (shape: Shape, path: string, depth: number) => {
    for (const [key, held] of shape.properties()) {
      if (leaves.length >= MOST || !/^[\w$@-]+$/.test(key)) continue
      visit(held, path === "" ? key : `${path}.${key}`, depth)
    }
  }
  const visit = (shape: Shape, path: string, depth: number) => {
    const { types } = shape
    if (types.has("object")) {
      if (depth < DEEPEST) walk(shape, path, depth + 1)
      return
    }
    if (types.has("array")) {
      const items = shape.items()
      if (items?.types.has("object")) visit(items, `${path}[]`, depth)
      else if (items?.types.has("string")) leaves.push(leaf(path, "texts", items))
      return
    }
    const kind = kindOf(shape)
    if (kind) leaves.push(leaf(path, kind, shape))
  }
  walk(item, "", 0)
  return leaves
}

function leaf(path: string, kind: Leaf["kind"], shape: Shape): Leaf {
  const segments = path.split(".").map((segment) => {
    const key = segment.replace("[]", "")
    return wordsIn(key).join("_") + (segment.endsWith("[]") ? "[]" : "")
  })
  const plain = segments.join(".").replace(/^(properties|attributes|spec|details)\.(?=.)/, "")
  return { path, plain, kind, shape }
}

function kindOf({ types, words }: Shape): Leaf["kind"] | undefined {
  if (types.has("string")) return "text"
  if (types.has("integer")) return "integer"
  if (types.has("number")) return "number"
  if (types.has("boolean")) return "flag"
  return words.length > 0 ? "text" : undefined
}
