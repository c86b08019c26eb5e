import type { DockErrorCode } from "./errors.ts"

/** What a provider says went wrong, in its own words. */
export interface Problem {
  readonly message?: string | undefined
  readonly code?: string | undefined
  /** When the status alone would be read wrongly: a quota that answers 429, an error inside a 200. */
  readonly means?: DockErrorCode | undefined
  readonly suggestion?: string | undefined
}

/**
 * Reads the shapes that most providers use for errors: `{ message }`, `{ error: "…" }`, `{ error: { code, message } }`,
 * `{ errors: [{ code, message }] }`, `{ message, errors: { field: ["…"] } }`, `{ code, message }`.
 */
export function errorFromBody(body: unknown): Problem | undefined {
  if (!isObject(body)) return undefined
  const parts = [body, body["error"], ...inErrors(body["errors"])].map(problemOf)
  const message = [...new Set(parts.map((part) => part.message))].filter((text) => text !== undefined)
  const code = parts.map((part) => part.code).find((text) => text !== undefined)
  return message.length > 0 || code !== undefined
    ? { message: message.join("; ") || undefined, code }
    : undefined
}

const MOST_ERRORS = 5

/** A list of problems, or Laravel's and Rails' lists of texts by field. */
function inErrors(errors: unknown): unknown[] {
  if (Array.isArray(errors)) return errors.slice(0, MOST_ERRORS)
  if (!isObject(errors)) return [errors]
  return Object.entries(errors)
    .slice(0, MOST_ERRORS)
    .map(([field, texts]) => `${field}: ${[texts].flat().filter(isText).join(" ")}`)
}

function problemOf(part: unknown): { message?: string | undefined; code?: string | undefined } {
  if (isText(part)) return { message: part }
  if (!isObject(part)) return {}
  const code = [part["code"], part["type"]].find((value) => isText(value) || typeof value === "number")
  return {
    message: [part["message"], part["error_description"], part["detail"], part["reason"]].find(isText),
    code: code === undefined ? undefined : String(code),
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== ""
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
