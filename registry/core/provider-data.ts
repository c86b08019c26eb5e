import { cleanText, REDACTED } from "./redact.ts"
import { judgeName } from "./secret-names.ts"

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

const MAX_BYTES = 64 * 1024
const MAX_DEPTH = 24

/**
 * A provider's answer as a row keeps it: without secrets and bounded in size. `redact` names keys, at any depth, whose
 * values are secret though their names do not say so. `raw` is not changed.
 */
export function providerData(raw: unknown, redact: readonly string[] = []): JsonObject {
  const copy = copyOf(raw, new Set(redact), 0)
  return bounded(isJsonObject(copy) ? copy : { value: copy })
}

function copyOf(value: unknown, redact: ReadonlySet<string>, depth: number): Json {
  switch (typeof value) {
    case "string":
      return copyText(value, redact, depth)
    case "number":
      // JSON has no -0.
      return Number.isFinite(value) ? value + 0 : null
    case "boolean":
      return value
    case "bigint":
      return value.toString()
    case "object":
      if (value === null) return null
      if (depth >= MAX_DEPTH) return "[omitted: nested too deep]"
      return Array.isArray(value)
        ? value.map((member) => copyOf(member, redact, depth + 1))
        : copyObject(value, redact, depth)
    default:
      return null
  }
}

function copyObject(source: object, redact: ReadonlySet<string>, depth: number): JsonObject {
  const members: Readonly<Record<string, unknown>> = Object(source)
  const copy: JsonObject = {}
  const namesSecret = isNamedSecret(source)
  for (const key of Object.keys(members)) {
    const value = members[key]
    if (value === undefined || key === "__proto__") continue
    const secret = redact.has(key) || isSecret(key, value) || (namesSecret && key === "value")
    copy[key] = secret && !saysNothing(value) ? REDACTED : copyOf(value, redact, depth + 1)
  }
  return copy
}

/** A plural name with a number is a count: `max_tokens: 4096`. */
function isSecret(key: string, value: unknown): boolean {
  const verdict = judgeName(key)
  return verdict === "secret" || (verdict === "secrets" && typeof value !== "number")
}

/** Environment variables come as `{ key: "DB_PASSWORD", value: "…" }`. */
function isNamedSecret(source: object): boolean {
  if (!("value" in source)) return false
  const name = "key" in source ? source.key : "name" in source ? source.name : undefined
  return typeof name === "string" && judgeName(name) !== "open"
}

/** Not told, empty, or a flag (some providers write 0 and 1): worth keeping, and no secret. */
function saysNothing(value: unknown): boolean {
  return value === null || value === "" || typeof value === "boolean" || value === 0 || value === 1
}

/** Some providers put JSON into strings; the keys in there count as well. */
function copyText(text: string, redact: ReadonlySet<string>, depth: number): string {
  if (text.length > MAX_BYTES) return `[omitted: ${text.length} characters]`
  if (depth < MAX_DEPTH && /^\s*[{["]/.test(text)) {
    const inner = parsed(text)
    if (inner !== undefined) {
      const before = JSON.stringify(inner)
      const after = JSON.stringify(copyOf(inner, redact, depth + 1))
      return before === after ? text : after
    }
  }
  return cleanText(text)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Leaves out the largest values first. */
function bounded(data: JsonObject): JsonObject {
  if (mostBytes(data) <= MAX_BYTES) return data
  let total = bytesOf(data)
  if (total <= MAX_BYTES) return data
  const copy = { ...data }
  const sizes = Object.entries(data).map(([key, value]) => ({ key, bytes: bytesOf(value) }))
  for (const { key, bytes } of sizes.sort((a, b) => b.bytes - a.bytes)) {
    if (total <= MAX_BYTES) return copy
    const note = `[omitted: ${bytes} bytes]`
    if (bytes <= note.length + 2) break
    copy[key] = note
    total -= bytes - note.length - 2
  }
  return total <= MAX_BYTES ? copy : { "[omitted]": `${bytesOf(data)} bytes in ${sizes.length} keys` }
}

/** At least what it takes as JSON, told without writing the JSON: nearly every item is far below the limit. */
function mostBytes(value: Json): number {
  if (typeof value === "string") return value.length * MOST_OF_A_UNIT + 2
  if (typeof value !== "object" || value === null) return MOST_OF_A_NUMBER
  let sum = 2
  if (Array.isArray(value)) for (const member of value) sum += mostBytes(member) + 1
  else for (const key of Object.keys(value)) sum += mostBytes(key) + mostBytes(value[key] ?? null) + 2
  return sum
}

/** The longest that a UTF-16 unit becomes is `\u0000`. */
const MOST_OF_A_UNIT = 6
const MOST_OF_A_NUMBER = 25

function bytesOf(value: Json): number {
  const text = JSON.stringify(value)
  return text.length * 3 <= MAX_BYTES ? text.length : new TextEncoder().encode(text).length
}

function isJsonObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
