import type { ResourceTableName } from "../../../../../registry/schema/index.ts"
import type { Description, Operation } from "../../openapi/description.ts"
import type { Shape } from "../../openapi/shape.ts"
import type { List, Making, MakingInput } from "../spec.ts"
import { leavesOf } from "./leaves.ts"
import type { ListOperation } from "./lists.ts"
import { parametersIn } from "./within.ts"

/**
 * What creates and deletes: a POST to the list, a GET and a DELETE of one. Undefined when one of the three is missing, when
 * the answer does not tell the id, or when something has to be given that cannot be typed.
 */
export function proposeMaking(
  description: Description,
  { operation, leaves, noun }: ListOperation,
  { query: places = [] }: List,
  table: ResourceTableName,
  idPath: string,
): Making | undefined {
  if (parametersIn(operation.path).length > 0 || idPath.includes("[")) return undefined
  const post = at(description, "POST", operation.path)
  const item = itemPath(description, operation.path)
  if (!post?.body || !item) return undefined
  const look = at(description, "GET", item.path)
  const removal = at(description, "DELETE", item.path)
  const query = askedOf(post)
  if ([...askedOf(look), ...askedOf(removal)].length > 0) return undefined
  if (query.some((name) => !places.includes(name))) return undefined
  const made = wrapOf(post.answer, noun, idPath)
  const one = wrapOf(look?.answer, noun, idPath)
  const inputs = inputsOf(post.body)
  if (made === undefined || one === undefined || !inputs) return undefined
  if (inputs.length === 0) return undefined
  const isNamed = inputs.some(({ name }) => /^(name|label|hostname|domain)$/.test(name))
  return {
    path: item.path,
    ...(query.length > 0 ? { query } : {}),
    status: post.status,
    made,
    one,
    parameter: item.parameter,
    inputs: isNamed
      ? inputs
      : [
          ...nameInput(
            post.body,
            leaves.map(({ path }) => path),
          ),
          ...inputs,
        ],
    ...(table === "servers"
      ? { decide: "is a name unique here? If not, what an interrupted try has made needs another mark." }
      : {}),
  }
}

function itemPath(description: Description, path: string): { path: string; parameter: string } | undefined {
  for (const { method, path: other } of description.operations) {
    if (method !== "DELETE" || !other.startsWith(`${path}/`)) continue
    const [, parameter] = /^\/\{([^}/]+)\}$/.exec(other.slice(path.length)) ?? []
    if (parameter !== undefined) return { path: other, parameter }
  }
  return undefined
}

/** What has to be said in the query. */
function askedOf(operation: Operation | undefined): string[] {
  return (operation?.parameters ?? [])
    .filter((one) => one.in === "query" && one.required)
    .map(({ name }) => name)
}

function at({ operations }: Description, method: string, path: string): Operation | undefined {
  return operations.find((one) => one.method === method && one.path === path)
}

/** The key that wraps one thing in an answer; "" for none. */
function wrapOf(answer: Shape | undefined, noun: string, idPath: string): string | undefined {
  if (!answer) return undefined
  const has = (shape: Shape) => leavesOf(shape).some(({ path }) => path === idPath)
  const wraps = [...answer.properties()].filter(([, held]) => held.types.has("object") && has(held))
  const last = noun.split(" ").at(-1) ?? noun
  const found =
    wraps.find(([key]) => key.toLowerCase().includes(last)) ??
    wraps.find(([key]) => /^(data|result)$/.test(key))
  if (found) return found[0]
  return has(answer) ? "" : wraps.length === 1 ? wraps[0]?.[0] : undefined
}

const MOST_INPUTS = 12
/** What people set most, beside what is needed. */
const USEFUL =
  /^(name|label|hostname|region|location|plan|size|type|image|os|tags|description|branch|repo|engine|version)$/

function inputsOf(body: Shape): MakingInput[] | undefined {
  const inputs: MakingInput[] = []
  for (const [name, shape] of body.properties()) {
    const required = body.required.has(name)
    if (shape.readOnly || (!required && !USEFUL.test(name))) continue
    const is = kindOf(name, shape)
    if (is) inputs.push(inputOf(name, is, shape, required))
    else if (required) return undefined
  }
  const needed = inputs.filter(({ required }) => required)
  if (needed.length > MOST_INPUTS) return undefined
  return [...needed, ...inputs.filter(({ required }) => !required)].slice(0, MOST_INPUTS)
}

function nameInput(body: Shape, paths: readonly string[]): MakingInput[] {
  const found = [...body.properties()].find(
    ([name]) => /(^|_)(name|label)$/i.test(name) && paths.includes(name),
  )
  return found ? [inputOf(found[0], "text", found[1], false)] : []
}

function kindOf(name: string, { types, words, format, items }: Shape): MakingInput["is"] | undefined {
  if (types.has("array") && !types.has("string")) return items()?.types.has("string") ? "texts" : undefined
  if (types.has("object")) return undefined
  if (words.length > 0) return "words"
  if (types.has("string"))
    return format === "password" || /password|secret|token/i.test(name) ? "secret" : "text"
  if (types.has("integer")) return "integer"
  if (types.has("number")) return "number"
  return types.has("boolean") ? "flag" : undefined
}

function inputOf(name: string, is: MakingInput["is"], shape: Shape, required: boolean): MakingInput {
  const description = firstSentence(shape.description)
  const { example, words } = shape
  const isPlain = ["string", "number", "boolean"].includes(typeof example)
  return {
    name,
    is,
    ...(is === "words" ? { words: [...new Set(words)] } : {}),
    required,
    ...(description ? { description } : {}),
    ...(isPlain && is !== "secret" ? { example: example as string | number | boolean } : {}),
  }
}

/** Without markup, which help cannot show. */
function firstSentence(text: string): string {
  const plain = text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/<[^>]*>|[*_]{2}/g, "")
    .replace(/\s+/g, " ")
    .trim()
  const [sentence = ""] = plain.split(/(?<=[a-z)])\. /)
  return sentence.length <= 140 ? sentence.replace(/\.$/, "") : ""
}
