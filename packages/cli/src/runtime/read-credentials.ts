import type { Readable } from "node:stream"
import { text } from "node:stream/consumers"
import type { CredentialField } from "../../../../registry/engine/stackdock.ts"
import type { Ask } from "../framework/ask.ts"
import { CliError, usageError } from "../framework/error.ts"

export type Credentials = Record<string, unknown>

/** One JSON object on stdin. Errors never quote it. */
export async function credentialsFromStdin(stdin: Readable & { isTTY?: boolean }): Promise<Credentials> {
  if (stdin.isTTY) {
    throw usageError(
      "--credentials-stdin reads from a pipe; in a terminal, what you type would be shown.",
      "Leave it out to be asked, or pipe the JSON object in.",
    )
  }
  const value = parse(await text(stdin))
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value }
  throw usageError('stdin does not hold one JSON object such as {"apiKey":"..."}.')
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined // the parser's own message quotes the text
  }
}

/** From the environment where it is set; what else is needed is asked for. */
export async function credentialsFromPerson(
  provider: string,
  fields: readonly CredentialField[],
  given: Credentials,
  ask: Ask,
): Promise<Credentials> {
  const credentials: Credentials = {}
  for (const field of fields) {
    const value = process.env[variableName(provider, field.name)]
    if (value) credentials[field.name] = value
  }
  Object.assign(credentials, given)

  const missing = neededOf(fields, credentials)
  if (missing.length > 0 && !ask.isPossible) throw nobodyToAsk(provider, missing)
  for (const field of missing) {
    const message = field.where ? `${field.title} (${field.where})` : field.title
    const question = { answeredBy: "--credentials-stdin" }
    credentials[field.name] = field.isSecret
      ? await ask.secret(message, question)
      : await ask.text(message, question)
  }
  return credentials
}

/** Where a provider takes one thing or another, none is required: then the first is asked for, unless there is one already. */
function neededOf(fields: readonly CredentialField[], given: Credentials): readonly CredentialField[] {
  const required = fields.filter(({ isRequired }) => isRequired)
  if (required.length > 0) return required.filter(({ name }) => given[name] === undefined)
  return fields.some(({ name, isSecret }) => isSecret && given[name] !== undefined) ? [] : fields.slice(0, 1)
}

/** `STACKDOCK_GRIDPANE_API_KEY` */
export function variableName(provider: string, field: string): string {
  const snake = field.replace(/[A-Z]/g, (letter) => `_${letter}`)
  return `STACKDOCK_${provider}_${snake}`.replaceAll("-", "_").toUpperCase()
}

function nobodyToAsk(provider: string, missing: readonly CredentialField[]): CliError {
  const variables = missing.map((field) => variableName(provider, field.name)).join(" and ")
  const example = JSON.stringify(Object.fromEntries(missing.map((field) => [field.name, "..."])))
  return new CliError({
    code: "needs_answer",
    message: `There is no terminal to ask in for: ${missing.map((field) => field.title).join(", ")}.`,
    hint: `Pipe ${example} into --credentials-stdin, or set ${variables}.`,
    exitCode: 2,
  })
}
