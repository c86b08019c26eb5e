import { isHarmless } from "../../../../../registry/contract/scan.ts"
import { judgeName } from "../../../../../registry/core/secret-names.ts"
import { isIdentifier, isSecretName, kindByName } from "./fields.ts"
import type { Place, ScrubKind } from "./kinds.ts"
import { looksRandom, randomWords } from "./random.ts"
import { shapesIn } from "./shapes.ts"
import type { StandIns } from "./stand-ins.ts"
import type { Visitor } from "./walk.ts"

/** What a person says a field holds, where nothing tells. `keep`: it may be read by anybody. */
export const treatments = ["secret", "id", "name", "text", "keep"] as const
export type Treatment = (typeof treatments)[number]

const TREATED_AS: Readonly<Record<Exclude<Treatment, "keep">, ScrubKind>> = {
  secret: "secret",
  id: "id",
  name: "person",
  text: "free text",
}

/** What was replaced, of one kind. Never the values. */
export interface Replaced {
  readonly kind: ScrubKind
  /** Different values. */
  readonly values: number
  readonly fields: readonly string[]
}

/** Something that looks like a secret, in a field that does not tell. */
export interface Undecided {
  readonly path: string
  readonly where: string
  readonly what: string
}

/** Keys whose values are words of the provider's own. */
const VOCABULARY =
  /^(status|state|type|kind|role|plan|region|provider|engine|framework|env|environment|mode|tier|size|target|source|stack|level|severity|action|event|code|error)$/i

export function isVocabulary({ keys }: Place, value: string): boolean {
  return VOCABULARY.test(keys.at(-1) ?? "") && /^[a-z][a-z\d _-]{0,30}$/i.test(value) && !looksRandom(value)
}

/** The first of two looks at the traffic: finds what has to be replaced, and changes nothing. */
export class Collector implements Visitor {
  readonly #standIns: StandIns
  readonly #treat: ReadonlyMap<string, Treatment>
  readonly #found = new Map<ScrubKind, { values: Set<string>; fields: Set<string> }>()
  readonly #doubtful: { path: string; where: string; word: string }[] = []
  readonly #vocabulary = new Set<string>()
  readonly #treated = new Set<string>()
  /** Which exchange is being looked at. */
  where = ""

  constructor(standIns: StandIns, treat: ReadonlyMap<string, Treatment>) {
    this.#standIns = standIns
    this.#treat = treat
  }

  text(value: string, place: Place): string {
    const said = this.#saidOf(place)
    if (said === "keep" || value.trim() === "") return value
    if (said) return this.#note(TREATED_AS[said], value, place)
    if (isVocabulary(place, value)) {
      this.#vocabulary.add(value.toLowerCase())
      return value
    }
    const kind = place.keys.includes("headers") ? undefined : kindByName(place, value)
    if (kind === "secret" && !isHarmless(value)) return this.#note(kind, value, place)
    if (isIdentifier(place) && /^\d{4,}$/.test(value) && isNumericId(place))
      return this.#note("id", value, place)
    const shapes = shapesIn(value)
    for (const shape of shapes) this.#note(shape.kind, shape.text, place)
    if (kind && kind !== "secret" && !shapes.some(({ text }) => text === value))
      this.#note(kind, value, place)
    this.#lookForRandom(value, place, kind !== undefined)
    return value
  }

  number(value: number, place: Place): number {
    if (isReplacedNumber(value, place)) {
      this.#note(judgeName(place.keys.at(-1) ?? "") === "secret" ? "secret" : "id", String(value), place)
    }
    return value
  }

  key(value: string, place: Place): string {
    for (const shape of shapesIn(value)) this.#note(shape.kind, shape.text, place)
    if (looksRandom(value)) this.#note("id", value, place)
    return value
  }

  /** The words by which the owners of domains are known, wherever else they stand. */
  noteOwners(): void {
    for (const host of this.#found.get("host name")?.values ?? []) {
      const word = this.#standIns.hosts.ownWord(host)
      if (word === undefined || word.length < 5 || this.#vocabulary.has(word)) continue
      this.#standIns.note("organisation", word)
    }
  }

  get replaced(): Replaced[] {
    return [...this.#found].map(([kind, { values, fields }]) => ({
      kind,
      values: values.size,
      fields: [...fields].sort(),
    }))
  }

  /** What looks random and stood nowhere else under a name that tells. One line a field. */
  get undecided(): Undecided[] {
    const open = this.#doubtful.filter(({ word }) => !this.#standIns.given.has(word))
    const byPath = new Map(open.map(({ path, where, word }) => [path, { path, where, what: lengthOf(word) }]))
    return [...byPath.values()]
  }

  /** Said of fields that there are not: a slip of the fingers that would leave the real one as it is. */
  get unheeded(): string[] {
    return [...this.#treat.keys()].filter((path) => !this.#treated.has(path))
  }

  #lookForRandom(value: string, place: Place, isReplaced: boolean): void {
    if (isReplaced) return
    const isAddress = /^[a-z][a-z\d+.-]*:\/\//i.test(value) || place.keys.includes("headers")
    for (const word of randomWords(value)) {
      const isId = isIdentifier(place) || place.path === "request.path" || isAddress
      if (isId) this.#note("id", word, place)
      else this.#doubtful.push({ path: place.path, where: this.where, word })
    }
  }

  #note(kind: ScrubKind, value: string, { path }: Place): string {
    if (!this.#standIns.note(kind, value)) return value
    const found = this.#found.get(kind) ?? { values: new Set(), fields: new Set() }
    this.#found.set(kind, found)
    found.values.add(value)
    found.fields.add(path)
    return value
  }

  #saidOf(place: Place): Treatment | undefined {
    const said = saidOf(this.#treat, place)
    if (said) this.#treated.add(said.path)
    return said?.treatment
  }
}

/** What a person said of the field, or of one that it is a part of. */
function saidOf(
  treat: ReadonlyMap<string, Treatment>,
  place: Place,
): { path: string; treatment: Treatment } | undefined {
  for (const [path, treatment] of treat)
    if (`.${place.path}.`.includes(`.${path}.`)) return { path, treatment }
  return undefined
}

/** Whether the whole of it is somebody's prose, which is replaced here and nowhere else. */
export function isFreeText(treat: ReadonlyMap<string, Treatment>, place: Place, value: string): boolean {
  const said = saidOf(treat, place)?.treatment
  return said ? said === "text" : kindByName(place, value) === "free text"
}

/** A number is replaced when it is an id long enough to be somebody's, or a secret by its name. */
export function isReplacedNumber(value: number, place: Place): boolean {
  if (!Number.isSafeInteger(value) || value < 1000) return false
  const key = place.keys.at(-1) ?? ""
  // `secrets` and `max_tokens` may count.
  if (judgeName(key) === "secret") return true
  return isNumericId(place) && !isSecretName(place)
}

function lengthOf(word: string): string {
  return `${word.length} characters that look random`
}

function isNumericId({ keys }: Place): boolean {
  return /(?:^|[_-])(?:ids?|uid)$|[a-z](?:Ids?|Uid|ID)$/.test(keys.at(-1) ?? "")
}
