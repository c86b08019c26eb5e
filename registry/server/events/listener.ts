import type { Grants } from "../../engine/permissions.ts"
import type { SentProgress } from "../sent.ts"
import { readable } from "../sent.ts"
import type { Numbered, Told } from "./hub.ts"
import { visibleSync } from "./sync-visibility.ts"
import { visibleChange } from "./topics.ts"

export interface ListenerOptions {
  /** What is shown once goes to the session that asked for it. */
  session: string
  /** What the listener may see now; undefined once they are nobody any more. It is asked again all the time. */
  grants(): Promise<Grants | undefined>
  heartbeatMs?: number
}

const HEARTBEAT_MS = 15_000
/** A role that was changed elsewhere counts after this long; one that was changed here counts at once. */
const TRUSTED_MS = 2_000
/** A listener that reads slower than things happen is told to begin anew, instead of being waited for. */
const MOST_WAITING = 1_000

/** One open stream. It is pulled: nothing is written that the other side has no room for. */
export class Listener {
  readonly #options: ListenerOptions
  readonly #idOf: (number: number) => string
  readonly #onClose: () => void
  #waiting: Numbered[] = []
  /** Something that stands before all that waits: a greeting, or a reset. */
  #first: string | undefined
  #wake: (() => void) | undefined
  #isClosed = false
  #trustedUntil = 0
  #grants: Grants = {}

  constructor(options: ListenerOptions, idOf: (number: number) => string, onClose: () => void) {
    this.#options = options
    this.#idOf = idOf
    this.#onClose = onClose
  }

  /** Tells from where on the listener knows everything. */
  greet(number: number): void {
    this.#first = frame("hello", {}, this.#idOf(number))
    this.#wake?.()
  }

  reset(number: number): void {
    this.#waiting = []
    this.#first = frame("reset", {}, this.#idOf(number))
    this.#wake?.()
  }

  push(event: Numbered): void {
    if (this.#waiting.length >= MOST_WAITING) this.reset(event.number)
    else this.#waiting.push(event)
    this.#wake?.()
  }

  recheck(): void {
    this.#trustedUntil = 0
  }

  get session(): string {
    return this.#options.session
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#onClose()
    this.#wake?.()
  }

  stream(): ReadableStream<Uint8Array> {
    const encoder = new TextEncoder()
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const text = await this.#next()
          if (text === undefined) controller.close()
          else controller.enqueue(encoder.encode(text))
        },
        cancel: () => this.close(),
      },
      { highWaterMark: 0 },
    )
  }

  /** The next that there is to send, when there is something. Undefined at the end. */
  async #next(): Promise<string | undefined> {
    while (!this.#isClosed) {
      const hasNothing = this.#waiting.length === 0 && this.#first === undefined
      const isIdle = hasNothing && !(await this.#woken())
      if (this.#isClosed || !(await this.#isTrusted())) break
      if (isIdle) return ":\n\n"
      const waiting = this.#waiting
      const first = this.#first ?? ""
      this.#waiting = []
      this.#first = undefined
      const text = first + waiting.map((event) => this.#frameOf(event)).join("")
      if (text) return text
    }
    this.close()
    return undefined
  }

  /** False when nothing happened until the heartbeat. */
  #woken(): Promise<boolean> {
    return new Promise((resolve) => {
      const wake = (something: boolean) => {
        clearTimeout(timer)
        this.#wake = undefined
        resolve(something)
      }
      const timer = setTimeout(wake, this.#options.heartbeatMs ?? HEARTBEAT_MS, false)
      this.#wake = () => wake(true)
    })
  }

  async #isTrusted(): Promise<boolean> {
    if (Date.now() < this.#trustedUntil) return true
    for (;;) {
      const until = Date.now() + TRUSTED_MS
      this.#trustedUntil = until
      // A store that cannot be asked just now is no permission.
      const grants = await this.#options.grants().catch(() => undefined)
      this.#grants = grants ?? {}
      // What changed while it was asked may not be in the answer.
      if (grants === undefined || this.#trustedUntil === until) return grants !== undefined
    }
  }

  #frameOf({ number, told }: Numbered): string {
    const id = this.#idOf(number)
    if (told.type === "changed") {
      const seen = visibleChange(told.changed, this.#grants)
      return seen ? frame("changed", seen, id) : ""
    }
    const progress = visibleProgress(told, this.#grants, this.#options.session)
    return progress ? frame("progress", progress, id) : ""
  }
}

function visibleProgress(
  told: Exclude<Told, { type: "changed" }>,
  grants: Grants,
  session: string,
): SentProgress | undefined {
  if (told.type === "sync") {
    const event = visibleSync(told.event, grants)
    return event && { of: "sync", event }
  }
  const level = grants.provisioning ?? "none"
  if (level === "none") return undefined
  const { event } = told
  if (event.type !== "shown") return { of: "provisioning", event }
  if (told.session !== session) return undefined
  return { of: "provisioning", event: { ...event, shows: readable(event.shows) } }
}

function frame(event: string, data: unknown, id: string): string {
  return `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
