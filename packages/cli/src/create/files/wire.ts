import { keyCode, stepsOf } from "../path.ts"
import type { Field } from "../spec.ts"

interface Node {
  readonly children: Map<string, Node>
  /** A list of what is in it. */
  isList: boolean
  isRequired: boolean
  field: Field | undefined
}

/** The zod shape of these fields; those in `required` identify the item, the others may be missing. */
export function shapeCode(
  fields: Readonly<Record<string, Field>>,
  required: ReadonlySet<string>,
): { code: string; kinds: ReadonlySet<Field["is"]> } {
  const root = node()
  const kinds = new Set<Field["is"]>()
  for (const [path, field] of Object.entries(fields)) {
    if (field.is === "secret") continue
    kinds.add(field.is)
    let at = root
    for (const { key, take } of stepsOf(path)) {
      const child = at.children.get(key) ?? node()
      at.children.set(key, child)
      if (take) child.isList = true
      if (required.has(path)) child.isRequired = true
      at = child
    }
    at.field = field
  }
  return { code: objectCode(root, ""), kinds }
}

function node(): Node {
  return { children: new Map(), isList: false, isRequired: false, field: undefined }
}

function objectCode({ children }: Node, indent: string): string {
  const inner = `${indent}  `
  const lines = [...children].map(([key, child]) => `${inner}${keyCode(key)}: ${valueCode(child, inner)},`)
  return `z.looseObject({\n${lines.join("\n")}\n${indent}})`
}

function valueCode(child: Node, indent: string): string {
  const one = child.field ? scalarCode(child.field) : objectCode(child, indent)
  const code = child.isList ? `z.array(${one})` : one
  return child.isRequired ? code : `${code}.nullish()`
}

function scalarCode({ is }: Field): string {
  switch (is) {
    case "id":
      return "wireId"
    case "number-id":
      return "numberId()"
    case "texts":
      return "z.array(z.string())"
    case "integer":
      return "z.int()"
    case "number":
      return "z.number()"
    case "flag":
      return "z.boolean()"
    default:
      return "z.string()"
  }
}
