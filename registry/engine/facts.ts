import type { Fact } from "./stackdock.ts"

/** More different facts than this are added up: a report stays small whatever a provider answers. */
const MAX_DIFFERENT = 100

/** Counts what was odd in a listing. */
export class Facts {
  readonly #facts = new Map<string, Fact>()

  add(kind: Fact["kind"], path: string, message: string): void {
    const key = `${kind}\n${path}\n${message}`
    const fact = this.#facts.get(key)
    if (fact) fact.count += 1
    else if (this.#facts.size < MAX_DIFFERENT) this.#facts.set(key, { kind, path, message, count: 1 })
    else this.#addToRest(kind)
  }

  toArray(): Fact[] {
    return [...this.#facts.values()]
  }

  #addToRest(kind: Fact["kind"]): void {
    const rest = this.#facts.get(kind)
    if (rest) rest.count += 1
    else this.#facts.set(kind, { kind, path: "", message: "and others", count: 1 })
  }
}
