import type { Stackdock } from "../engine/stackdock.ts"
import { dueDocks } from "../engine/sync-interval.ts"
import { errorInWords } from "./error-in-words.ts"
import type { Undertakings } from "./undertakings.ts"

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** What went wrong again and again is tried less and less often: after a minute, two, four … */
const LONGEST_WAIT_MINUTES = 60
/** At once. What is due beyond that is begun a minute later. */
const MOST_SYNCS = 4

export interface ClockOptions {
  stackdock: Stackdock
  undertakings: Undertakings
  log(line: string): void
}

/** What the server does by itself: now, and every minute. */
export function startClock(options: ClockOptions): () => void {
  const clock = new Clock(options)
  void clock.tick()
  const timer = setInterval(() => void clock.tick(), MINUTE_MS)
  return () => clearInterval(timer)
}

export class Clock {
  readonly #options: ClockOptions
  /** Of provisionings that are unfinished: how often they were gone on with, and from when on that may be done again. */
  readonly #tries = new Map<string, { count: number; next: number }>()
  #isBusy = false

  constructor(options: ClockOptions) {
    this.#options = options
  }

  /** Begins what is due, organisation by organisation. One that cannot be asked does not stop the others. */
  async tick(now = Date.now()): Promise<void> {
    // A store that answers slowly is not asked twice at once.
    if (this.#isBusy) return
    this.#isBusy = true
    try {
      for (const [id, { next }] of this.#tries) if (next + DAY_MS < now) this.#tries.delete(id)
      for (const { id } of await this.#options.stackdock.organizations()) {
        await this.#attempt(() => this.#syncDue(id, now))
        await this.#attempt(() => this.#resumeUnfinished(id, now))
      }
    } catch (error) {
      this.#log(error)
    } finally {
      this.#isBusy = false
    }
  }

  async #syncDue(orgId: string, now: number): Promise<void> {
    const { stackdock, undertakings } = this.#options
    const functions = stackdock.asSystem({ orgId })
    for (const { id } of dueDocks(await functions.dockStatuses(), now)) {
      if (undertakings.syncsUnderWay >= MOST_SYNCS) return
      await undertakings.sync({ orgId, functions, session: null }, { docks: [id] })
    }
  }

  /** What a process that ended has left, or a provider that could not be reached. A person's decision is not taken here. */
  async #resumeUnfinished(orgId: string, now: number): Promise<void> {
    const { stackdock, undertakings } = this.#options
    const functions = stackdock.asSystem({ orgId })
    for (const { id, needsDecision } of await functions.provisionings({ unfinished: true })) {
      const { count, next } = this.#tries.get(id) ?? { count: 0, next: 0 }
      if (needsDecision || undertakings.isUnderWay(id) || now < next) continue
      const minutes = Math.min(LONGEST_WAIT_MINUTES, 2 ** count)
      this.#tries.set(id, { count: count + 1, next: now + minutes * MINUTE_MS })
      // Another one may be begun while this one waits for whoever has it.
      void this.#attempt(() =>
        undertakings.provision(
          { orgId, functions, session: null },
          (underWay) => underWay.id === id,
          async (manner) => {
            const [report] = await functions.resume({ id, ...manner })
            return report ?? (await functions.provisioning(id))
          },
        ),
      )
    }
  }

  async #attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#log(error)
    }
  }

  /** That somebody else is at work on it is nothing to tell. */
  #log(error: unknown): void {
    if (error instanceof Error && "code" in error && error.code === "busy") return
    this.#options.log(`The clock could not do all that is due: ${errorInWords(error)}`)
  }
}
