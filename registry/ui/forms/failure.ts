import { DataError } from "../data/port.ts"
import type { Control } from "./controls.ts"

/** What a form says when it could not be sent. */
export interface Failure {
  message: string
  suggestion: string | null
  /** By the controls' names; what concerns no control of this form is in `message`. */
  fields: Readonly<Record<string, string>>
}

export function invalid(fields: Readonly<Record<string, string>>): Failure {
  const count = Object.keys(fields).length
  return {
    message: count === 1 ? "One field needs another look." : `${count} fields need another look.`,
    suggestion: null,
    fields,
  }
}

/** A field was typed into: it is not wrong any more, as far as anybody knows. Nothing is left once that was all. */
export function mended(failure: Failure, name: string): Failure | undefined {
  if (failure.fields[name] === undefined) return failure
  const { [name]: _, ...fields } = failure.fields
  return Object.keys(fields).length > 0 ? { ...failure, fields } : undefined
}

export function failureOf(error: unknown, controls: readonly Control[]): Failure {
  if (!(error instanceof DataError)) {
    return { message: error instanceof Error ? error.message : String(error), suggestion: null, fields: {} }
  }
  const told = Object.entries(error.fields)
  const fields: Record<string, string> = {}
  for (const [name, problem] of told) {
    const control = controls.find((control) => isSame(control.name, name))
    if (control) fields[control.name] = sentence(problem)
  }
  const count = Object.keys(fields).length
  // Where every field says its own, the message and the help for a terminal would only say it again.
  if (count > 0 && count === told.length) return invalid(fields)
  return { message: error.message, suggestion: error.suggestion, fields }
}

function sentence(words: string): string {
  const capital = words.charAt(0).toUpperCase() + words.slice(1)
  return /[.!?]$/.test(capital) ? capital : `${capital}.`
}

/** Whoever answers may name a field within the whole request, `input.name`, and the form may hold it within something. */
function isSame(own: string, told: string): boolean {
  return own === told || own.endsWith(`.${told}`) || told.endsWith(`.${own}`)
}
