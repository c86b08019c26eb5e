import type { z } from "zod"

/** Something odd about one item of a listing. It never holds a value of the item. */
export interface ItemFact {
  readonly kind: "skipped" | "dropped_field"
  /** Where in the item, with `[]` for any place in an array; empty for the item itself. */
  readonly path: string
  readonly message: string
}

export type ReadItem<Item> =
  | { readonly item: Item; readonly facts: readonly ItemFact[] }
  | { readonly skipped: string; readonly facts: readonly ItemFact[] }

/**
 * Reads one item as its wire shape says. A field that is not as documented is left out and reported, so that one odd
 * value does not cost a whole row; an item that cannot do without it is skipped. `raw` is not changed.
 */
export function readItem<Wire extends z.ZodType>(wire: Wire, raw: unknown): ReadItem<z.output<Wire>> {
  const whole = parse(wire, raw)
  if ("data" in whole) return { item: whole.data, facts: [] }
  if (!isObject(raw)) return skip(whole.issues)

  const dropped = new Map<string, ItemFact>()
  for (const issue of whole.issues) {
    const key = issue.path[0]
    if (typeof key !== "string" || !Object.hasOwn(raw, key)) return skip([issue])
    if (!dropped.has(key)) dropped.set(key, { kind: "dropped_field", ...describe(issue) })
  }
  const rest = Object.fromEntries(Object.entries(raw).filter(([key]) => !dropped.has(key)))
  const partial = parse(wire, rest)
  return "data" in partial
    ? { item: partial.data, facts: [...dropped.values()] }
    : // The first issues say what is wrong; the second ones only that it is missing now.
      skip(whole.issues.filter((issue) => isNeeded(issue, partial.issues)))
}

type Issue = Pick<z.core.$ZodIssue, "code" | "path" | "message">

function parse<Wire extends z.ZodType>(
  wire: Wire,
  raw: unknown,
): { data: z.output<Wire> } | { issues: readonly Issue[] } {
  try {
    const result = wire.safeParse(raw)
    return result.success ? { data: result.data } : { issues: result.error.issues }
  } catch {
    return { issues: [{ code: "custom", path: [], message: "the wire shape failed on it" }] }
  }
}

function isNeeded(issue: Issue, stillThere: readonly Issue[]): boolean {
  return stillThere.some((other) => other.path[0] === issue.path[0] || other.path.length === 0)
}

function skip(issues: readonly Issue[]): { skipped: string; facts: ItemFact[] } {
  const [issue] = issues
  const fact = issue ? describe(issue) : { path: "", message: "not as documented" }
  return {
    skipped: fact.path ? `${fact.path}: ${fact.message}` : fact.message,
    facts: [{ kind: "skipped", ...fact }],
  }
}

function describe(issue: Issue): { path: string; message: string } {
  let path = ""
  for (const part of issue.path) {
    if (typeof part === "number") path += "[]"
    else path += path ? `.${String(part)}` : String(part)
  }
  return { path, message: issue.message }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
