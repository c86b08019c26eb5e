/** One thing changed in an otherwise good answer. */
export interface Mutation {
  /** Where and how: `data[0].label dropped`. */
  readonly name: string
  readonly body: unknown
  /** What stands there now, when a row may rightly show it. */
  readonly value?: string
}

/** No provider has this word. */
const UNHEARD_OF = "unheard-of"

type Path = readonly (string | number)[]

/**
 * Each field of an answer in turn dropped, null, of a wrong type, of the right value in another type, or a word nobody
 * has heard of. The envelope is not spared. Elements of a list are never dropped: a listing without an item says,
 * rightly, that the item is gone.
 */
export function* mutations(body: unknown): Generator<Mutation> {
  for (const path of paths(body)) {
    const at = label(path)
    const old = read(body, path)
    const isElement = typeof path.at(-1) === "number"
    if (!isElement) yield { name: `${at} dropped`, body: changed(body, path, undefined) }
    if (old !== null) yield { name: `${at} null`, body: changed(body, path, null) }
    yield { name: `${at} of a wrong type`, body: changed(body, path, wrongType(old)) }
    const same = retyped(old)
    if (same !== undefined)
      yield { name: `${at} as ${JSON.stringify(same)}`, body: changed(body, path, same) }
    if (typeof old === "string") {
      yield { name: `${at} "${UNHEARD_OF}"`, body: changed(body, path, UNHEARD_OF), value: UNHEARD_OF }
    }
  }
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
