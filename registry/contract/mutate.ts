/** Something changed in an otherwise good answer. */
export interface Mutation {
  /** Where and how: `data[0].label dropped`. */
  readonly name: string
  readonly body: unknown
  /** What stands there now, or begins what does, when a row may rightly show it. */
  readonly value?: string
}

/** No provider has this word. */
const UNHEARD_OF = "unheard-of"

type Path = readonly (string | number)[]

/**
 * Each field of an answer in turn dropped, null, of a wrong type, of the right value in another type, or a word nobody
 * has heard of. The envelope is not spared. Elements of a list are never dropped: a listing without an item says,
 * rightly, that the item is gone. The same field of several items is changed in every other item at once, and then in the
 * rest: each item is odd once between good neighbours.
 */
export function* mutations(body: unknown): Generator<Mutation> {
  for (const group of alternating(paths(body))) {
    const isElement = typeof group[0]?.at(-1) === "number"
    if (!isElement) yield everywhere(body, group, "dropped", () => undefined)
    yield* where(body, group, "null", (old) => (old === null ? undefined : null))
    yield* where(body, group, "of a wrong type", wrongType)
    yield* where(body, group, "in another type", retyped)
    let count = 0
    const word = (old: unknown) => (typeof old === "string" ? `${UNHEARD_OF}-${++count}` : undefined)
    for (const odd of where(body, group, "unheard of", word)) yield { ...odd, value: UNHEARD_OF }
  }
}

/** Undefined from `replace` leaves a field as it is. */
function* where(
  body: unknown,
  group: readonly Path[],
  how: string,
  replace: (old: unknown) => unknown,
): Generator<Mutation> {
  const replacements = group
    .map((path) => ({ path, value: replace(read(body, path)) }))
    .filter(({ value }) => value !== undefined)
  if (replacements.length === 0) return
  const values = new Map(replacements.map(({ path, value }) => [path, value]))
  yield everywhere(body, [...values.keys()], how, (path) => values.get(path))
}

function everywhere(
  body: unknown,
  group: readonly Path[],
  how: string,
  value: (path: Path) => unknown,
): Mutation {
  const odd = group.reduce((held, path) => changed(held, path, value(path)), body)
  return { name: `${group.map(label).join(", ")} ${how}`, body: odd }
}

/** The same field of different items, as two groups of neighbours' neighbours. */
function alternating(all: Iterable<Path>): Path[][] {
  const byField = new Map<string, Path[]>()
  for (const path of all) {
    const field = path.map((key) => (typeof key === "number" ? "[]" : `.${key}`)).join("")
    byField.set(field, [...(byField.get(field) ?? []), path])
  }
  return [...byField.values()].flatMap((same) =>
    [0, 1].map((half) => same.filter((_, index) => index % 2 === half)).filter(({ length }) => length > 0),
  )
}

function* paths(value: unknown, path: Path = []): Generator<Path> {
  if (typeof value !== "object" || value === null) return
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value)
  for (const key of keys) {
    const inner = [...path, key]
    yield inner
    yield* paths(read(value, [key]), inner)
  }
}

function wrongType(old: unknown): unknown {
  return Array.isArray(old) ? { wrong: "type" } : ["wrong type"]
}

/** Providers send numbers as text, text as numbers and booleans as 0 and 1, and mean the same. */
function retyped(old: unknown): unknown {
  if (typeof old === "number") return String(old)
  if (typeof old === "boolean") return old ? 1 : 0
  if (typeof old === "string" && /^\d{1,15}$/.test(old)) return Number(old)
  return undefined
}

function read(value: unknown, path: Path): unknown {
  let held = value
  for (const key of path) held = (held as Record<string | number, unknown>)[key]
  return held
}

/** The same value with one field changed; undefined drops it. What is beside the path is shared, not copied. */
function changed(value: unknown, [key, ...rest]: Path, replacement: unknown): unknown {
  if (key === undefined) return replacement
  const inner = changed(read(value, [key]), rest, replacement)
  if (Array.isArray(value)) return value.map((held, index) => (index === key ? inner : held))
  const entries = Object.entries(value as object).map(([name, held]) => [name, name === key ? inner : held])
  return Object.fromEntries(entries.filter(([, held]) => held !== undefined))
}

function label(path: Path): string {
  return path.map((key, i) => (typeof key === "number" ? `[${key}]` : i === 0 ? key : `.${key}`)).join("")
}
