import type { FieldDependence, FieldReference, InputField } from "../../engine/provision-report.ts"
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
  | "multiline"
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
  /** Another control that decides whether this one is there, and needed. */
  readonly dependsOn: FieldDependence | null
  readonly choices: readonly Choice[]
  /** The rows whose ids it takes. */
  readonly refersTo: FieldReference | null
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

function ofCredential({ name, title, where, ...field }: CredentialField): Control {
  const kind = kindOf({ ...field, takes: "" })
  return {
    name,
    label: title,
    // Where it is found is told as a way through the provider's pages.
    help: where?.replaceAll(" > ", " › ") ?? null,
    kind,
    isRequired: field.isRequired,
    dependsOn: null,
    refersTo: null,
    choices: field.choices ?? [],
    limits: ANY_NUMBER,
    initial: "",
  }
}

function ofInput(field: InputField): Control {
  const kind = kindOf(field)
  const choices = field.choices ?? []
  return {
    name: field.name,
    label: field.title ?? fromName(field.name),
    help: field.description,
    kind,
    isRequired: field.isRequired,
    dependsOn: field.dependsOn,
    refersTo: field.refersTo,
    choices: kind === "choice" && field.typed === "json" ? choices.map(Number) : choices,
    limits: limitsOf(field.takes),
    initial: initialOf(field.default, kind),
  }
}

type Told = Pick<InputField, "input" | "isSecret" | "choices" | "takes">

function kindOf({ input, isSecret, choices, takes }: Told): ControlKind {
  if (isSecret) return "secret"
  if (input === "boolean") return "yes-no"
  if (input === "list") return choices ? "several" : "list"
  if (input === "json") return takes === "object" ? "pairs" : "json"
  return input
}

/** What is asked for as far as the form is filled in: a field may depend on what another says. */
export function controlsFor(
  controls: readonly Control[],
  draft: Readonly<Record<string, string>>,
): readonly Control[] {
  return controls.flatMap((control) => {
    const { dependsOn } = control
    if (!dependsOn) return control
    const said = draft[dependsOn.field] ?? ""
    if (!dependsOn.shownFor.includes(said)) return []
    return { ...control, isRequired: dependsOn.requiredFor.includes(said) }
  })
}

/** Of several ranges, the one that holds them all. */
function limitsOf(takes: string): Limits {
  const ranges = takes
    .split(" | ")
    .map((word) => /^(whole )?number(?: from (-?\d+))?(?: to (-?\d+))?$/.exec(word))
  const bounds = (group: number) => ranges.map((range) => (range?.[group] ? Number(range[group]) : undefined))
  const [least, most] = [bounds(2), bounds(3)]
  return {
    isWhole: ranges.every((range) => range?.[1] !== undefined),
    min: least.every((bound) => bound !== undefined) ? Math.min(...least) : undefined,
    max: most.every(isLimit) ? Math.max(...most) : undefined,
  }
}

/** The largest number that a wire can carry says nothing to anybody. */
function isLimit(bound: number | undefined): bound is number {
  return bound !== undefined && bound < 2 ** 31 - 1
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
