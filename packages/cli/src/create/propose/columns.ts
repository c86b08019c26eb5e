import type { ResourceTableName } from "../../../../../registry/schema/index.ts"
import type { Column, Conversion, Field, Fields } from "../spec.ts"
import { columnRules, identityRules, type Rule } from "./column-rules.ts"
import type { Leaf } from "./leaves.ts"

export interface Mapping {
  readonly columns: Readonly<Record<string, Column>>
  readonly fields: Fields
}

/** Which fields of an item go to which columns. Undefined when nothing in it tells one item from another. */
export function proposeColumns(
  table: ResourceTableName,
  noun: string,
  leaves: readonly Leaf[],
): Mapping | undefined {
  const columns: Record<string, Column> = {}
  const fields: Record<string, Field> = {}
  const take = (column: string, rule: Rule, found: Found) => {
    columns[column] = { from: found.from, as: conversionOf(rule, found.leaf) }
    for (const [path, field] of fieldsFor(rule, found, leaves)) fields[path] = fields[path] ?? field
  }
  for (const [column, rule] of Object.entries(identityRules(noun, table))) {
    const found = find(rule, leaves)
    if (found) take(column, rule, found)
  }
  if (!columns["providerResourceId"]) return undefined
  for (const [column, rule] of Object.entries(columnRules[table])) {
    const found = find(rule, leaves)
    if (found) take(column, rule, found)
  }
  return { columns, fields }
}

interface Found {
  readonly leaf: Leaf
  readonly from: string
}

/** The first pattern that anything fits; of several that fit it, the one that lies nearest. */
function find({ patterns, kinds }: Rule, leaves: readonly Leaf[]): Found | undefined {
  for (const pattern of patterns) {
    const fitting = leaves.filter(({ plain, kind }) => kinds.includes(kind) && pattern.test(plain))
    const [leaf] = fitting.sort((a, b) => depth(a) - depth(b) || a.path.length - b.path.length)
    if (leaf) return { leaf, from: fromPath(leaf, kinds, leaves) }
  }
  return undefined
}

function depth({ path }: Leaf): number {
  return path.split(".").length
}

/** Of a list the first one is taken, or the one that is said to be public. */
function fromPath(leaf: Leaf, kinds: Rule["kinds"], leaves: readonly Leaf[]): string {
  const inLists = leaf.path.replace(/\[\]/g, (_, at: number) => {
    const list = leaf.path.slice(0, at)
    const type = leaves.find(({ path }) => path === `${list}[].type`)
    const isSaid = type && /\bpublic\b/.test([...type.shape.words, type.shape.description].join(" "))
    return isSaid ? "[type=public]" : "[0]"
  })
  if (leaf.kind !== "texts") return inLists
  return kinds.includes("text") ? `${inLists}[0]` : inLists
}

function conversionOf({ as }: Rule, { kind, plain, shape }: Leaf): Conversion {
  const told = `${plain} ${shape.description}`
  switch (as) {
    case "time":
      if (kind === "text") return "ISO time"
      return /milli|_ms\b/i.test(told) || Number(shape.example) > 1e11 ? "milliseconds" : "seconds"
    case "MB":
      return /(^|[^a-z])(GB|GiB|gigabytes?)\b|_gb$/i.test(told) ? "GB to MB" : "as it is"
    case "GB":
      return /(^|[^a-z])(MB|MiB|megabytes?)\b|_mb$/i.test(told) ? "MB to GB" : "as it is"
    default:
      return as ?? "as it is"
  }
}

function* fieldsFor(rule: Rule, { leaf, from }: Found, leaves: readonly Leaf[]): Generator<[string, Field]> {
  yield [leaf.path, fieldOf(rule, leaf)]
  const [, list] = /^(.*)\[type=public\]/.exec(from) ?? []
  const type = leaves.find(({ path }) => path === `${list}[].type`)
  if (type) yield [type.path, { is: "text", words: ["public", "private"] }]
}

function fieldOf({ asId }: Rule, { kind, shape }: Leaf): Field {
  const { words, example } = shape
  const isPlain = ["string", "number", "boolean"].includes(typeof example)
  return {
    is: asId && (kind === "text" || kind === "integer") ? (kind === "integer" ? "number-id" : "id") : kind,
    ...(words.length > 0 ? { words: [...new Set(words)] } : {}),
    ...(isPlain ? { example: example as string | number | boolean } : {}),
  }
}
