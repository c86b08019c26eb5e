import { z } from "zod"
import type { InputField } from "./provision-report.ts"

type Schema = z.core.JSONSchema.BaseSchema

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
  const variants = variantsOf(schema).map((variant) => fieldsOf(variant, prefix))
  for (const [name, field] of merged(variants)) fields.set(name, field)
  return fields
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
    isRequired,
    isSecret: schema.writeOnly === true,
    default: schema.default === undefined ? null : JSON.stringify(schema.default),
  }
}

function takes(schema: Schema): string {
  if (schema.const !== undefined) return String(schema.const)
  if (schema.enum) return schema.enum.map(String).join(" | ")
  const variants = variantsOf(schema)
  if (variants.length > 0) return [...new Set(variants.map(takes))].join(" | ")
  const types = [schema.type ?? "anything"].flat()
  return types.map((type) => typeName(type, schema)).join(" | ")
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
      return `list of ${typeof schema.items === "object" && !Array.isArray(schema.items) ? takes(schema.items) : "anything"}`
    default:
      return type
  }
}

function range({ minimum, maximum }: Schema): string {
  const from = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? ` from ${minimum}` : ""
  const to = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? ` to ${maximum}` : ""
  return from + to
}

function variantsOf({ anyOf, oneOf }: Schema): Schema[] {
  return [...(anyOf ?? []), ...(oneOf ?? [])].filter((variant) => typeof variant === "object")
}
