import type { InputField } from "../../engine/provision-report.ts"
import type { CredentialField } from "../../engine/stackdock.ts"

/** What a form can ask for: a field of a credential, or of what a dock makes or does. */
export type FormField = CredentialField | InputField

/**
 * - `several`: any number of `choices`.
 * - `list`: one text on each line.
 * - `pairs`: `NAME=value` on each line, or JSON.
 */
export type ControlKind =
  | "text"
  | "secret"
  | "number"
  | "yes-no"
  | "choice"
  | "several"
  | "list"
  | "pairs"
  | "json"

/** How one field is asked for. */
export interface Control {
  readonly name: string
  readonly label: string
  readonly help: string | null
  readonly kind: ControlKind
  readonly isRequired: boolean
  readonly choices: readonly Choice[]
  readonly limits: Limits
  /** What is in it before anybody has typed, as text. */
  readonly initial: string
}

export type Choice = string | number

export interface Limits {
  readonly isWhole: boolean
  readonly min?: number | undefined
  readonly max?: number | undefined
}

const ANY_NUMBER: Limits = { isWhole: false }

export function controlsOf(fields: readonly FormField[]): Control[] {
  return fields.map((field) => ("where" in field ? ofCredential(field) : ofInput(field)))
}

function ofCredential({ name, title, where, isSecret, isRequired }: CredentialField): Control {
  return {
    name,
    label: title,
    // Where it is found is told as a way through the provider's pages.
    help: where?.replaceAll(" > ", " › ") ?? null,
    kind: isSecret ? "secret" : "text",
    isRequired,
    choices: [],
    limits: ANY_NUMBER,
    initial: "",
  }
}

function ofInput(field: InputField): Control {
  const kind = kindOf(field)
  return {
    name: field.name,
    label: field.title ?? fromName(field.name),
    help: field.description,
    kind,
    isRequired: field.isRequired,
    choices: choicesOf(field, kind),
    limits: limitsOf(field.takes),
    initial: initialOf(field.default, kind),
  }
}

function kindOf({ takes, typed, isSecret }: InputField): ControlKind {
  if (isSecret) return "secret"
  if (takes === "true | false") return "yes-no"
  if (typed === "list") return isChoice(itemsOf(takes)) ? "several" : "list"
  if (typed === "text") return isChoice(takes) ? "choice" : "text"
  if (words(takes).every((word) => /^(whole )?number\b/.test(word))) return "number"
  if (words(takes).every((word) => /^-?[\d.]+$/.test(word))) return "choice"
  return takes === "object" ? "pairs" : "json"
}

/** Words that name what a text looks like, and not the text itself. */
const SHAPES =
  /^(text|anything|object|null|(whole )?number\b.*|list of .*|date(-time)?|time|e-?mail|ur[il]|ipv[46]|cidrv[46]|uuid|guid|hostname|base64|regex)$/

function choicesOf({ takes, typed }: InputField, kind: ControlKind): Choice[] {
  if (kind === "several") return words(itemsOf(takes))
  if (kind !== "choice") return []
  return typed === "json" ? words(takes).map(Number) : words(takes)
}

function isChoice(takes: string): boolean {
  return !words(takes).some((word) => SHAPES.test(word))
}

function words(takes: string): string[] {
  return takes.split(" | ")
}

function itemsOf(takes: string): string {
  return takes.replace(/^list of /, "")
}

/** Of several ranges, the one that holds them all. */
function limitsOf(takes: string): Limits {
  const ranges = words(takes).map((word) => /^(whole )?number(?: from (-?\d+))?(?: to (-?\d+))?$/.exec(word))
  const bounds = (group: number) => ranges.map((range) => (range?.[group] ? Number(range[group]) : undefined))
  const [least, most] = [bounds(2), bounds(3)]
  return {
    isWhole: ranges.every((range) => range?.[1] !== undefined),
    min: least.every((bound) => bound !== undefined) ? Math.min(...least) : undefined,
    max: most.every((bound) => bound !== undefined) ? Math.max(...most) : undefined,
  }
}

function initialOf(json: string | null, kind: ControlKind): string {
  return json === null ? "" : textOf(JSON.parse(json), kind)
}

/** A value as a control shows it; one that a control cannot show leaves it empty. */
export function textIn({ kind, choices }: Control, value: unknown): string {
  const text = textOf(value, kind)
  return kind === "choice" && !choices.some((choice) => String(choice) === text) ? "" : text
}

function textOf(value: unknown, kind: ControlKind): string {
  if (value === null || value === undefined || kind === "secret") return ""
  if (Array.isArray(value)) {
    if (value.length === 0) return ""
    return kind === "json" ? JSON.stringify(value, null, 2) : value.map(String).join("\n")
  }
  if (typeof value === "object") return JSON.stringify(value, null, 2)
  return String(value)
}

/** `repository.buildCommand` is a "Build command". */
function fromName(name: string): string {
  const spaced = (name.split(".").at(-1) ?? name).replace(/([a-z\d])([A-Z])/g, "$1 $2").toLowerCase()
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}
