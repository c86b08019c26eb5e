import type { ShownOnce } from "../core/provision.ts"

const KEPT_MS = 10 * 60_000

/**
 * Holds what a provider told only once for some minutes, in memory, for the session that asked for it: it is told long
 * after the request was answered, and whoever reloads the page must not have lost it.
 */
export class ShownOnceShelf {
  readonly #kept = new Map<string, { shows: ShownOnce[]; until: number }>()
  readonly #now: () => number

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  put(session: string, id: string, shows: readonly ShownOnce[]): void {
    this.#forgetOld()
    const key = keyOf(session, id)
    const before = this.#kept.get(key)?.shows ?? []
    this.#kept.set(key, { shows: [...before, ...shows], until: this.#now() + KEPT_MS })
  }

  of(session: string, id: string): readonly ShownOnce[] {
    this.#forgetOld()
    return this.#kept.get(keyOf(session, id))?.shows ?? []
  }

  #forgetOld(): void {
    const now = this.#now()
    for (const [key, { until }] of this.#kept) if (until <= now) this.#kept.delete(key)
  }
}

function keyOf(session: string, id: string): string {
  return JSON.stringify([session, id])
}
