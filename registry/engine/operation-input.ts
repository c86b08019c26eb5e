import type { z } from "zod"
import type { Json, JsonObject } from "../core/provider-data.ts"
import { Secret } from "../core/secret.ts"
import { judgeName } from "../core/secret-names.ts"
import { StackdockError } from "./errors.ts"
import { inputFields } from "./input-fields.ts"

/** What was asked for, checked. */
export interface OperationInput {
  /** As the dock's code takes it. Its secrets are `Secret`s. */
  readonly value: unknown
  /** As it is kept: without the secrets, and with the places where they were. */
  readonly kept: JsonObject
  readonly withheld: readonly (readonly string[])[]
  /** False when the secrets are stand-ins, because they were kept nowhere: then nothing may be made of it. */
  readonly isWhole: boolean
}

/** Nothing is sent before this has passed. Errors name the field, what was expected and what is allowed, never a value. */
export function readInput(schema: z.ZodType, raw: unknown, help: string): OperationInput {
  const json = asJsonObject(raw ?? {})
  if (!json) throw new StackdockError("invalid_input", "What is asked for has to be one JSON object.", help)
  const parsed = schema.safeParse(json)
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, schema, json))
    throw new StackdockError(
      "invalid_input",
      `What was asked for is not usable: ${problems.map(({ said }) => said).join("; ")}.`,
      help,
      Object.fromEntries(problems.map(({ field, short }) => [field, short])),
    )
  }
  const secrets = new Set(secretsIn(parsed.data))
  const withheld: string[][] = []
  const kept = without(json, [], (path, key, value) => {
    const isSecret = secrets.has(value.trim()) || judgeName(key) !== "open"
    if (isSecret) withheld.push([...path, key])
    return isSecret
  })
  return { value: parsed.data, kept, withheld, isWhole: true }
}

/** What was kept, read again. Undefined when it cannot be, because the dock has changed or asks more of a secret. */
export function readKeptInput(
  schema: z.ZodType,
  kept: JsonObject,
  withheld: OperationInput["withheld"],
): OperationInput | undefined {
  const filled: JsonObject = structuredClone(kept)
  for (const path of withheld) fill(filled, path)
  const parsed = schema.safeParse(filled)
  return parsed.success ? { value: parsed.data, kept, withheld, isWhole: withheld.length === 0 } : undefined
}

/** In the place of a secret, where it is not needed: to look for what was made, and to wait for it. */
const STAND_IN = "Withheld-0-withheld-0"

function fill(into: JsonObject, path: readonly string[]): void {
  let at: Json = into
  for (const [index, key] of path.entries()) {
    if (typeof at !== "object" || at === null) return
    const isLast = index === path.length - 1
    if (Array.isArray(at)) {
      if (isLast) at[Number(key)] = STAND_IN
      else at = at[Number(key)] ?? null
    } else if (isLast) at[key] = STAND_IN
    else at = at[key] ?? null
  }
}

/** A copy without the texts that `isSecret` says. In an array they leave a null, so that the others keep their places. */
function without(
  value: JsonObject,
  path: readonly string[],
  isSecret: (path: readonly string[], key: string, value: string) => boolean,
): JsonObject {
  const copy: JsonObject = {}
  for (const [key, member] of Object.entries(value)) {
    const kept = withoutIn(member, path, key, isSecret)
    if (kept !== undefined) copy[key] = kept
  }
  return copy
}

function withoutIn(
  value: Json,
  path: readonly string[],
  key: string,
  isSecret: (path: readonly string[], key: string, value: string) => boolean,
): Json | undefined {
  if (typeof value === "string") return value !== "" && isSecret(path, key, value) ? undefined : value
  if (Array.isArray(value)) {
    return value.map((member, index) => withoutIn(member, [...path, key], String(index), isSecret) ?? null)
  }
  return typeof value === "object" && value !== null ? without(value, [...path, key], isSecret) : value
}

function secretsIn(value: unknown): string[] {
  if (value instanceof Secret) return [value.reveal()]
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(secretsIn) : []
}

function asJsonObject(raw: unknown): JsonObject | undefined {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return undefined
  return JSON.parse(JSON.stringify(raw))
}

/** What is wrong with one field: in a sentence with others, and beside the field. */
interface FieldProblem {
  field: string
  said: string
  short: string
}

/** zod's own words say what was expected and what is allowed. */
function problemsOf(issue: z.core.$ZodIssue, schema: z.ZodType, raw: JsonObject): FieldProblem[] {
  const field = issue.path.map(String).join(".")
  if (issue.code === "unrecognized_keys") {
    const inside = field ? `${field}.` : ""
    const known = inputFields(schema).map(({ name }) => name)
    const there = known.filter((name) => name.startsWith(inside)).join(", ")
    return issue.keys.map((key) => {
      const short = `there is no such field, only ${there || "none"}`
      return { field: inside + key, said: `${inside}${key}: ${short}`, short }
    })
  }
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    // Of several shapes, the one that fits best says what is wrong.
    const [nearest = []] = [...issue.errors].sort((a, b) => a.length - b.length)
    return nearest.flatMap((inner) =>
      problemsOf({ ...inner, path: [...issue.path, ...inner.path] }, schema, raw),
    )
  }
  const expected = issue.message
    .replace(/^Invalid (input|option|discriminator value)[:.] /, "")
    .replace(/, received undefined$/, "")
  if (!field) return [{ field, said: expected, short: expected }]
  if (!isAbsent(raw, issue.path)) return [{ field, said: `${field}: ${expected}`, short: expected }]
  return [{ field, said: `${field} is missing: ${expected}`, short: `is missing: ${expected}` }]
}

function isAbsent(raw: JsonObject, path: readonly PropertyKey[]): boolean {
  let at: Json | undefined = raw
  for (const key of path) {
    if (typeof at !== "object" || at === null) return true
    at = Object.entries(at).find(([name]) => name === String(key))?.[1]
  }
  return at === undefined
}
