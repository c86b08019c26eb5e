import type { Changed, Topic } from "../../server/events/topics.ts"
import type { SentProgress } from "../../server/sent.ts"
import type { Progress, ReadName } from "../../ui/data/port.ts"
import { readEvents, type ServerSentEvent } from "./sse.ts"
import { followVisibility } from "./visibility.ts"

interface Watcher {
  name: ReadName
  /** Of the question, where it is about one table. */
  table: string | undefined
  changed(): void
}

/** Nothing was heard for this long, though the server says something every 15 seconds. */
const SILENT_MS = 40_000
const FIRST_RETRY_MS = 500
const LONGEST_RETRY_MS = 15_000
/** Pages come and go: the stream stays for as long when nobody listens. */
const LINGER_MS = 5_000

/**
 * The one stream of events, open while somebody listens. After a break it goes on where it was; where the server no longer
 * knows what came since, every watcher is told to ask again.
 */
export class Live {
  readonly #open: (since: string | undefined, signal: AbortSignal) => Promise<Response>
  readonly #watchers = new Set<Watcher>()
  readonly #followers = new Set<(progress: Progress) => void>()
  #since: string | undefined
  #running: AbortController | undefined
  #lingering: ReturnType<typeof setTimeout> | undefined
  #isSeen = true
  readonly #unfollow: () => void

  constructor(open: (since: string | undefined, signal: AbortSignal) => Promise<Response>) {
    this.#open = open
    // A browser opens few connections to one server, for all tabs together: a tab that nobody looks at gives its own back.
    this.#unfollow = followVisibility((isSeen) => {
      this.#isSeen = isSeen
      if (isSeen) this.#start()
      else this.#stop()
    })
  }

  /** The newest event before an answer was made. The stream begins after the oldest of these, so that nothing falls between. */
  answered(newest: string | null): void {
    if (newest === null) return
    this.#since ??= newest
    this.#start()
  }

  watch(name: ReadName, table: string | undefined, changed: () => void): () => void {
    return this.#join(this.#watchers, { name, table, changed })
  }

  follow(listener: (progress: Progress) => void): () => void {
    return this.#join(this.#followers, listener)
  }

  close(): void {
    this.#unfollow()
    this.#stop()
  }

  #stop(): void {
    clearTimeout(this.#lingering)
    this.#running?.abort()
    this.#running = undefined
  }

  #join<Member>(members: Set<Member>, member: Member): () => void {
    members.add(member)
    clearTimeout(this.#lingering)
    this.#start()
    return () => {
      members.delete(member)
      if (this.#watchers.size + this.#followers.size > 0) return
      this.#lingering = setTimeout(() => this.#stop(), LINGER_MS)
    }
  }

  #start(): void {
    if (this.#running || !this.#isSeen || this.#watchers.size + this.#followers.size === 0) return
    this.#running = new AbortController()
    void this.#run(this.#running.signal)
  }

  async #run(signal: AbortSignal): Promise<void> {
    let retry = FIRST_RETRY_MS
    while (!signal.aborted) {
      const outcome = await this.#listen(signal)
      if (outcome === "refused") return this.#refused(signal)
      retry = outcome === "heard" ? FIRST_RETRY_MS : Math.min(LONGEST_RETRY_MS, retry * 2)
      await pause(retry * (0.5 + Math.random() / 2), signal)
    }
  }

  /** Whoever is not signed in gets the same answer to every question: the pages know what to do with it. */
  #refused(signal: AbortSignal): void {
    if (signal.aborted) return
    this.#running = undefined
    this.#since = undefined
    for (const { changed } of this.#watchers) changed()
  }

  async #listen(outer: AbortSignal): Promise<"heard" | "nothing" | "refused"> {
    const inner = new AbortController()
    const stop = () => inner.abort()
    outer.addEventListener("abort", stop)
    let silence = setTimeout(stop, SILENT_MS)
    let outcome: "heard" | "nothing" = "nothing"
    try {
      const response = await this.#open(this.#since, inner.signal)
      if (response.status === 401 || response.status === 403) return "refused"
      if (!response.ok || !response.body) return "nothing"
      for await (const event of readEvents(response.body)) {
        clearTimeout(silence)
        silence = setTimeout(stop, SILENT_MS)
        outcome = "heard"
        if (event !== "heartbeat" && !outer.aborted) this.#receive(event)
      }
    } catch {
      // The connection is gone: it is tried again.
    } finally {
      clearTimeout(silence)
      outer.removeEventListener("abort", stop)
      inner.abort()
    }
    return outcome
  }

  #receive({ id, event, data }: ServerSentEvent): void {
    if (id !== undefined) this.#since = id
    if (event === "progress") {
      const progress: SentProgress = JSON.parse(data)
      for (const listener of this.#followers) listener(progress)
    } else if (event === "changed") {
      this.#changed(JSON.parse(data))
    } else if (event === "reset") {
      for (const { changed } of this.#watchers) changed()
    }
  }

  #changed({ topics, tables }: Changed): void {
    const isOf = (table: string | undefined) =>
      table === undefined || tables === null || tables.some((changed) => changed === table)
    const names: readonly (Topic & ReadName)[] = topics
    for (const { name, table, changed } of [...this.#watchers]) {
      if (names.some((topic) => topic === name) && isOf(table)) changed()
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener("abort", done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener("abort", done)
  })
}
