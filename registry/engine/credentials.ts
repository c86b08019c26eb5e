import { z } from "zod"
import type { AnyDock } from "../core/dock.ts"
import { DockError } from "../core/errors.ts"
import { formOf } from "./field-form.ts"
import type { CredentialField } from "./stackdock.ts"

/** What a dock's `connect` takes, out of what a person gave. Errors name the field at fault, never its value. */
export function readCredentials(definition: AnyDock, raw: unknown): unknown {
  const parsed = definition.credentials.safeParse(raw)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => describe(issue, raw))
  throw new DockError({
    code: "invalid_credentials",
    provider: definition.provider,
    message: `The ${definition.title} credentials are not usable: ${problems.join("; ")}.`,
    suggestion: `They are an object with ${credentialFields(definition).map(fieldName).join(", ")}.`,
    fields: Object.fromEntries(
      parsed.error.issues.map((issue) => [issue.path.map(String).join("."), shortly(issue, raw)]),
    ),
  })
}

/** The fields of a dock's credential, for a form or a prompt. */
export function credentialFields(definition: AnyDock): CredentialField[] {
  const { properties = {}, required = [] } = z.toJSONSchema(definition.credentials, { io: "input" })
  return Object.entries(properties).map(([name, property]) => {
    const schema = typeof property === "object" ? property : {}
    const { title, description, writeOnly } = schema
    return {
      name,
      title: title ?? name,
      where: description ?? null,
      isSecret: writeOnly === true,
      isRequired: required.includes(name),
      ...formOf(schema),
    }
  })
}

export function sealableCredentials(raw: unknown): string {
  return JSON.stringify(raw)
}

/** What `sealableCredentials` gave, once it was opened again. */
export function openedCredentials(definition: AnyDock, text: string): unknown {
  return readCredentials(definition, parseJson(text))
}

/** What is not secret (an address, a team) stays as it is unless it is given anew: for when only the secret is replaced. */
export function withOpenFields(definition: AnyDock, text: string, given: unknown): unknown {
  const before = parseJson(text)
  if (typeof given !== "object" || given === null || typeof before !== "object" || before === null)
    return given
  const isOpen = new Set(
    credentialFields(definition)
      .filter(({ isSecret }) => !isSecret)
      .map(({ name }) => name),
  )
  const open = Object.entries(before).filter(([name]) => isOpen.has(name))
  return { ...Object.fromEntries(open), ...given }
}

/** A parser's own message quotes the text. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function describe(issue: z.core.$ZodIssue, raw: unknown): string {
  const field = issue.path.map(String).join(".")
  if (!field) return issue.message
  return isAbsent(field, raw) ? `${field} is missing` : `${field}: ${issue.message}`
}

function shortly(issue: z.core.$ZodIssue, raw: unknown): string {
  return isAbsent(issue.path.map(String).join("."), raw) ? "is missing" : issue.message
}

function isAbsent(field: string, raw: unknown): boolean {
  return typeof raw === "object" && raw !== null && !Object.hasOwn(raw, field)
}

function fieldName({ name, isRequired }: CredentialField): string {
  return isRequired ? name : `${name} (optional)`
}
