import { type Control, textIn } from "./controls.ts"

/** What stands in a form: the text of each control, by its name. */
export type Draft = Readonly<Record<string, string>>

/** What comes out of a form, as the field's schema takes it. */
export type InputValues = Record<string, unknown>

/** A form before anybody has typed. `initial` is nested as the values will be. */
export function draftOf(
  controls: readonly Control[],
  initial: Readonly<Record<string, unknown>> = {},
): Draft {
  return Object.fromEntries(
    controls.map((control) => {
      const known = valueAt(initial, control.name)
      return [control.name, known === undefined ? control.initial : textIn(control, known)]
    }),
  )
}

/** Values only without errors: each error says, by the field's name, what is needed. */
export function readDraft(
  controls: readonly Control[],
  draft: Draft,
): { values: InputValues; errors: Record<string, string> } {
  const values: InputValues = {}
  const errors: Record<string, string> = {}
  for (const control of controls) {
    const text = (draft[control.name] ?? "").trim()
    if (text === "") {
      if (control.isRequired) errors[control.name] = missing(control)
      continue
    }
    const read = readText(control, text)
    if ("error" in read) errors[control.name] = read.error
    else put(values, control.name.split("."), read.value)
  }
  return { values, errors }
}

type Read = { value: unknown } | { error: string }

function readText({ kind, choices, limits }: Control, text: string): Read {
  switch (kind) {
    case "number":
      return readNumber(text, limits)
    case "yes-no":
      return { value: text === "true" }
    case "choice":
      return { value: choices.find((choice) => String(choice) === text) ?? text }
    case "several":
    case "list":
      return { value: lines(text) }
    case "pairs":
      return text.startsWith("{") ? readJson(text) : readPairs(text)
    case "json":
      return readJson(text)
    default:
      return { value: text }
  }
}

function readNumber(text: string, { isWhole, min, max }: Control["limits"]): Read {
  const number = Number(text)
  const isFitting =
    Number.isFinite(number) &&
    (!isWhole || Number.isSafeInteger(number)) &&
    number >= (min ?? Number.NEGATIVE_INFINITY) &&
    number <= (max ?? Number.POSITIVE_INFINITY)
  return isFitting ? { value: number } : { error: `Needs ${rangeWords({ isWhole, min, max })}.` }
}

export function rangeWords({ isWhole, min, max }: Control["limits"]): string {
  const from = min === undefined ? "" : max === undefined ? ` from ${min} up` : ` from ${min}`
  const to = max === undefined ? "" : min === undefined ? ` up to ${max}` : ` to ${max}`
  return `a ${isWhole ? "whole " : ""}number${from}${to}`
}

function readPairs(text: string): Read {
  const pairs: [string, string][] = []
  for (const line of lines(text)) {
    const [, name, value] = /^([^=\s]+)\s*=\s*(.*)$/.exec(line) ?? []
    // The line itself may hold a secret: it is not repeated.
    if (name === undefined) return { error: "Needs NAME=value on each line, or one JSON object." }
    pairs.push([name, unquoted(value ?? "")])
  }
  return { value: Object.fromEntries(pairs) }
}

function unquoted(value: string): string {
  return /^(["'])(.*)\1$/.exec(value)?.[2] ?? value
}

function readJson(text: string): Read {
  try {
    return { value: JSON.parse(text) }
  } catch {
    // The parser's own words quote what was typed.
    return { error: "This is not valid JSON: look for a missing quote, comma or bracket." }
  }
}

function missing({ kind }: Control): string {
  if (kind === "choice" || kind === "yes-no") return "Choose one."
  if (kind === "several") return "Choose at least one."
  return "This is needed."
}

function lines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
}

function valueAt(values: Readonly<Record<string, unknown>>, name: string): unknown {
  let at: unknown = values
  for (const key of name.split(".")) at = isObject(at) ? at[key] : undefined
  return at
}

function put(into: InputValues, [key = "", ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    into[key] = value
    return
  }
  const inner = into[key]
  const next: InputValues = isObject(inner) ? inner : {}
  into[key] = next
  put(next, rest, value)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null
}
