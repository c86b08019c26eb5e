import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { text } from "node:stream/consumers"
import type { InputField } from "../../../../registry/engine/provision-report.ts"
import type { Ask } from "../framework/ask.ts"
import { CliError, usageError } from "../framework/error.ts"
import { didYouMean } from "../framework/nearest.ts"

export const inputOptions = {
  set: { type: "string", value: "<field=value>", multiple: true, summary: "Fills a field; may be repeated" },
  file: {
    type: "string",
    value: "<spec.json>",
    summary: "Reads the fields from a file, or from stdin with -",
  },
} as const

interface Given {
  readonly set: readonly string[]
  readonly file: string | undefined
}

type Input = Record<string, unknown>

/** From the file, then from `--set`; secrets that are needed are asked for, because a command line can be read by others. */
export async function readInput(
  fields: readonly InputField[],
  { set, file }: Given,
  cwd: string,
  ask: Ask,
): Promise<Input> {
  const input = file === undefined ? {} : await fromFile(file, cwd)
  for (const assignment of set) assign(input, fields, assignment)
  for (const field of fields) {
    if (!field.isSecret || !field.isRequired || valueAt(input, field.name) !== undefined) continue
    const secret = await ask.secret(field.title ?? field.name, { answeredBy: "--file, or - for stdin" })
    put(input, field.name, secret)
  }
  return input
}

/** `name "web-1", size "large", password …`: what a question may show. Of what holds more than one value, too, only that it is given. */
export function inputInWords(fields: readonly InputField[], input: Input): string {
  const words = fields.flatMap(({ name, isSecret }) => {
    const value = valueAt(input, name)
    if (value === undefined) return []
    return `${name} ${isSecret || typeof value === "object" ? "…" : JSON.stringify(value)}`
  })
  return words.join(", ")
}

async function fromFile(file: string, cwd: string): Promise<Input> {
  const content = file === "-" ? await text(process.stdin) : contentOf(resolve(cwd, file), file)
  const value = parsed(content)
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value }
  throw usageError(`${file === "-" ? "stdin" : file} does not hold one JSON object.`)
}

function contentOf(path: string, shown: string): string {
  try {
    return readFileSync(path, "utf8")
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? ` (${error.code})` : ""
    throw new CliError({ code: "unreadable_file", message: `${shown} cannot be read${reason}.`, exitCode: 2 })
  }
}

function assign(input: Input, fields: readonly InputField[], assignment: string): void {
  const [name = "", ...rest] = assignment.split("=")
  if (name === "" || rest.length === 0) {
    throw usageError(`--set takes field=value, not "${name}".`, "For example: --set name=example")
  }
  const names = fields.map((field) => field.name)
  const field = fields.find((known) => known.name === name || name.startsWith(`${known.name}.`))
  if (!field) {
    throw usageError(
      `There is no field "${name}".`,
      didYouMean(name, names) ?? `The fields are ${names.join(", ")}.`,
    )
  }
  if (field.isSecret) {
    throw usageError(
      `${name} is secret, and others can read a command line.`,
      "Leave it out to be asked for it, or give it with --file (- for stdin).",
    )
  }
  put(input, name, read(rest.join("="), name === field.name ? field.typed : "json"))
}

function read(value: string, typed: InputField["typed"]): unknown {
  if (typed === "text") return value
  const json = parsed(value)
  if (typed === "json") return json ?? value
  return Array.isArray(json) ? json : value.split(",").map((part) => part.trim())
}

/** What is no JSON is left as it is: the dock says what it expects. */
function parsed(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}

function put(input: Input, name: string, value: unknown): void {
  const [first = "", ...rest] = name.split(".")
  if (rest.length === 0) {
    Object.defineProperty(input, first, { value, enumerable: true, writable: true, configurable: true })
    return
  }
  const inner: Input = { ...Object(Object.hasOwn(input, first) ? input[first] : {}) }
  put(inner, rest.join("."), value)
  put(input, first, inner)
}

function valueAt(input: Input, name: string): unknown {
  return name.split(".").reduce<unknown>((at, key) => (Object(at) as Input)[key], input)
}
