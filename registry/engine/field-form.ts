import type { z } from "zod"
import type { FieldInput, InputField } from "./provision-report.ts"

export type Schema = z.core.JSONSchema.BaseSchema

/** What a form asks for a field with. */
export function formOf(schema: Schema): Pick<InputField, "input" | "choices"> {
  const words = wordsOf(schema)
  if (words.length > 0) return { input: "choice", choices: words }
  const items = itemsOf(schema)
  if (items) {
    const ofItems = wordsOf(items)
    const isList = ofItems.length > 0 || inputOf(items) === "text"
    return { input: isList ? "list" : "json", choices: ofItems.length > 0 ? ofItems : null }
  }
  return { input: inputOf(schema), choices: null }
}

/** All that a field can be, where that is so few that they are named. */
export function wordsOf(schema: Schema): string[] {
  if (schema.const !== undefined) return [String(schema.const)]
  if (schema.enum) return schema.enum.map(String)
  const words = variantsOf(schema).map(wordsOf)
  return words.every((ofVariant) => ofVariant.length > 0) ? [...new Set(words.flat())] : []
}

export function variantsOf({ anyOf, oneOf }: Schema): Schema[] {
  return [...(anyOf ?? []), ...(oneOf ?? [])].filter((variant) => typeof variant === "object")
}

/** What is in a list. */
export function itemsOf({ type, items }: Schema): Schema | undefined {
  return type === "array" && typeof items === "object" && !Array.isArray(items) ? items : undefined
}

function inputOf(schema: Schema): FieldInput {
  const variants = [...new Set(variantsOf(schema).map(inputOf))]
  // A number or a text, as ids are taken: what is typed is taken as it stands.
  if (variants.length > 0) return variants.length === 1 ? (variants[0] ?? "json") : mixed(variants)
  switch (schema.type) {
    case "string":
      return schema["contentMediaType"] === undefined ? "text" : "multiline"
    case "integer":
    case "number":
      return "number"
    case "boolean":
      return "boolean"
    default:
      return "json"
  }
}

function mixed(inputs: readonly FieldInput[]): FieldInput {
  return inputs.every((input) => input === "text" || input === "number") ? "text" : "json"
}
