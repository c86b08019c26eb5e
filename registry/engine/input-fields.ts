import { z } from "zod"
import { isResourceTable } from "../schema/index.ts"
import { formOf, itemsOf, type Schema, variantsOf, wordsOf } from "./field-form.ts"
import type { FieldDependence, FieldReference, InputField } from "./provision-report.ts"

/** The fields of an input, for help and forms. What is nested in objects is told with dots. */
export function inputFields(input: z.ZodType): InputField[] {
  const schema = z.toJSONSchema(input, { io: "input", unrepresentable: "any" })
  return [...fieldsOf(schema, "").values()]
}

function fieldsOf(schema: Schema, prefix: string): Map<string, InputField> {
  const fields = new Map<string, InputField>()
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (typeof property !== "object") continue
    const isRequired = schema.required?.includes(name) ?? false
    const inner = property.properties ? fieldsOf(property, `${prefix}${name}.`) : undefined
    if (!inner) fields.set(prefix + name, fieldOf(prefix + name, property, isRequired))
    else
      for (const [path, field] of inner)
        fields.set(path, { ...field, isRequired: isRequired && field.isRequired })
  }
  const shapes = variantsOf(schema)
  const variants = shapes.map((variant) => fieldsOf(variant, prefix))
  const decides = decidingField(shapes)
  for (const [name, field] of merged(variants)) {
    const dependsOn = decides && dependence(name, prefix + decides.name, decides.words, variants)
    fields.set(name, dependsOn ? { ...field, dependsOn } : field)
  }
  return fields
}

/** The field whose value tells several shapes apart, with its values in each. */
function decidingField(shapes: readonly Schema[]): { name: string; words: string[][] } | undefined {
  for (const name of Object.keys(shapes[0]?.properties ?? {})) {
    const words = shapes.map((shape) => {
      const property = shape.properties?.[name]
      return typeof property === "object" ? wordsOf(property) : []
    })
    const all = words.flat()
    if (words.every((ofShape) => ofShape.length > 0) && new Set(all).size === all.length)
      return { name, words }
  }
  return undefined
}

/** Undefined for a field that is the same in all shapes. */
function dependence(
  name: string,
  field: string,
  words: readonly string[][],
  variants: readonly Map<string, InputField>[],
): FieldDependence | undefined {
  const wordsWhere = (isSo: (field: InputField | undefined) => boolean) =>
    words.filter((_, index) => isSo(variants[index]?.get(name))).flat()
  const shownFor = wordsWhere((known) => known !== undefined)
  const requiredFor = wordsWhere((known) => known?.isRequired === true)
  const all = words.flat().length
  if (shownFor.length === all && (requiredFor.length === 0 || requiredFor.length === all)) return undefined
  return { field, shownFor, requiredFor }
}

/** One list for several shapes: a field is needed when all of them need it, and takes what any of them takes. */
function merged(variants: readonly Map<string, InputField>[]): Map<string, InputField> {
  const fields = new Map<string, InputField>()
  for (const name of new Set(variants.flatMap((variant) => [...variant.keys()]))) {
    const known = variants.flatMap((variant) => variant.get(name) ?? [])
    const [first] = known
    if (!first) continue
    fields.set(name, {
      ...first,
      takes: [...new Set(known.flatMap(({ takes }) => takes.split(" | ")))].join(" | "),
      typed: known.every((field) => field.typed === first.typed) ? first.typed : "text",
      input: known.every((field) => field.input === first.input) ? first.input : "text",
      choices: known.every(({ choices }) => choices)
        ? [...new Set(known.flatMap(({ choices }) => choices ?? []))]
        : null,
      isRequired: known.length === variants.length && known.every((field) => field.isRequired),
      isSecret: known.some((field) => field.isSecret),
    })
  }
  return fields
}

function fieldOf(name: string, schema: Schema, isRequired: boolean): InputField {
  return {
    name,
    title: schema.title ?? null,
    description: schema.description ?? null,
    takes: takes(schema),
    typed: typed(schema),
    ...formOf(schema),
    dependsOn: null,
    refersTo: refersTo(schema),
    isRequired,
    isSecret: schema.writeOnly === true,
    default: schema.default === undefined ? null : JSON.stringify(schema.default),
  }
}

const Reference = z.object({
  table: z.string().refine(isResourceTable),
  where: z.record(z.string(), z.string()).default({}),
})

/** As the dock names it beside title and description. */
function refersTo(schema: Schema): FieldReference | null {
  return Reference.safeParse(schema["refersTo"]).data ?? null
}

function takes(schema: Schema): string {
  if (schema.const !== undefined) return String(schema.const)
  if (schema.enum) return schema.enum.map(String).join(" | ")
  const variants = variantsOf(schema)
  if (variants.length > 0) return [...new Set(variants.map(takes))].join(" | ")
  const types = [schema.type ?? "anything"].flat()
  return types.map((type) => typeName(type, schema)).join(" | ")
}

function typed(schema: Schema): InputField["typed"] {
  const [first = schema, ...others] = variantsOf(schema)
  if (first !== schema) return others.every((other) => typed(other) === typed(first)) ? typed(first) : "text"
  const words = schema.const === undefined ? (schema.enum ?? []) : [schema.const]
  if (words.length > 0) return words.every((word) => typeof word === "string") ? "text" : "json"
  const items = itemsOf(schema)
  if (items && typed(items) === "text") return "list"
  return schema.type === "string" ? "text" : "json"
}

function typeName(type: string, schema: Schema): string {
  switch (type) {
    case "string":
      return schema.format && schema.format !== "password" ? schema.format : "text"
    case "integer":
      return `whole number${range(schema)}`
    case "number":
      return `number${range(schema)}`
    case "boolean":
      return "true | false"
    case "array":
      return `list of ${takesOfItems(schema)}`
    default:
      return type
  }
}

function takesOfItems(schema: Schema): string {
  const items = itemsOf(schema)
  return items ? takes(items) : "anything"
}

function range({ minimum, maximum }: Schema): string {
  const from = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? ` from ${minimum}` : ""
  const to = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? ` to ${maximum}` : ""
  return from + to
}
