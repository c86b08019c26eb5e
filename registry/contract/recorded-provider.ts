import { differences, nearest, readRequest, type SentRequest } from "./match.ts"
import { createPlayer, type Player } from "./player.ts"
import { type Recording, responseOf } from "./recording.ts"

/** What goes wrong from a request on. */
export interface Trouble {
  /** At this recording; at every request after it, too, when `lasts`. */
  readonly at: Recording
  readonly lasts?: boolean
  /** The provider does what it is asked, and only its answer is lost. */
  readonly happens: boolean
  /** Throws where there is no answer. */
  answer(): Response
}

/** What a cycle is played from. */
export interface Script {
  /** In its order, from the making to the end. */
  readonly cycle: readonly Recording[]
  /** Writes of it that make nothing, and may be done again: an upload, a check. */
  readonly again: readonly Recording[]
  /** What is told while nothing is made yet, and once so much is. */
  readonly told: readonly { readonly from: number; readonly recordings: readonly Recording[] }[]
  /** Removals that are asked for only when the making fails. */
  readonly undone: readonly Recording[]
  /** What is there all the time. */
  readonly account: readonly Recording[]
}

/**
 * A provider that remembers. It answers from recordings, but not merely in their turn: what a write of the cycle has made
 * is there until another removes it, whoever asks and however often. So whoever comes back after an interruption sees what
 * there would be to see.
 */
export class RecordedProvider {
  readonly #script: Script
  readonly #writes: readonly Recording[]
  readonly #account: Player
  readonly #played = new Set<Recording>()
  /** Of the cycle's writes, how many are done. */
  #done = 0
  /** The writes that came to something, in their order. */
  readonly happened: Recording[] = []
  readonly misses: string[] = []
  trouble: Trouble | undefined
  /** Whether the trouble has come. */
  isTroubled = false
  /** Some time has passed: what was to be seen only at first is over. */
  isSettled = false

  constructor(script: Script) {
    this.#script = script
    this.#writes = script.cycle.filter(isWrite)
    this.#account = createPlayer(script.account)
  }

  get played(): ReadonlySet<Recording> {
    return this.#played
  }

  /** Whether there is something that was made and not removed. */
  get isThere(): boolean {
    const last = this.happened.filter((write) => this.#makes(write) || isRemoval(write)).at(-1)
    return last !== undefined && !isRemoval(last)
  }

  /** What was made more than once. To put the same thing in the same place is the same as having done it once. */
  get madeTwice(): string[] {
    const made = this.happened.filter((write) => this.#makes(write) && write.request.method !== "PUT")
    return made.filter((write, index) => made.indexOf(write) !== index).map(({ file }) => file)
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const sent = await readRequest(new Request(input, init))
    const found = this.#find(sent)
    const { trouble } = this
    if (trouble && (found === trouble.at || (trouble.lasts && this.isTroubled))) {
      this.isTroubled = true
      if (trouble.happens && found) this.#happen(found)
      return trouble.answer()
    }
    if (found === "gone") return Response.json({ message: "Not Found" }, { status: 404 })
    if (found) {
      this.#happen(found)
      return responseOf(found.response)
    }
    const request = `${sent.method} ${sent.url.href}`
    const all = [...this.#script.cycle, ...this.#script.told.flatMap(({ recordings }) => recordings)]
    this.misses.push(
      [`No recording answers ${request}, after ${this.#done} writes`, ...nearest(all, sent)].join("\n  "),
    )
    return Response.json({ message: "No recording answers this request." }, { status: 501 })
  }

  #find(sent: SentRequest): Recording | "gone" | undefined {
    const fits = (recorded: Recording) => differences(recorded, sent).length === 0
    if (sent.method === "GET" || sent.method === "HEAD") return this.#findRead(sent, fits)
    const next = this.#writes.find(
      (write, index) => fits(write) && (index === this.#done || (index > this.#done && isRemoval(write))),
    )
    if (next) return next
    const removal = this.#script.undone.find(fits)
    if (removal) return this.happened.includes(removal) ? "gone" : removal
    const former = this.#writes.slice(0, this.#done).filter(fits).at(-1)
    return former && isRemoval(former) ? "gone" : former
  }

  #findRead(sent: SentRequest, fits: (recorded: Recording) => boolean): Recording | undefined {
    const now = this.#readsAfter(this.#done).filter(fits)
    const next = this.isSettled ? undefined : now.find((recorded) => !this.#played.has(recorded))
    const turn = next ?? now.at(-1)
    if (turn) return turn
    const isRemoved = this.happened.some(isRemoval)
    const made = new Set(this.happened.filter((write) => this.#makes(write))).size
    const told = this.#script.told
      .filter(({ from }) => (from === 0 ? made === 0 : !isRemoved && from <= made))
      .sort((a, b) => b.from - a.from)
      .flatMap(({ recordings }) => recordings)
      .find(fits)
    if (told) return told
    for (let phase = this.#done - 1; phase >= 0; phase--) {
      const former = this.#readsAfter(phase).filter(fits).at(-1)
      if (former) return former
    }
    return this.#account.play(sent)
  }

  /** The reads between one write of the cycle and the next. */
  #readsAfter(done: number): Recording[] {
    let writes = 0
    return this.#script.cycle.filter((recorded) => {
      if (isWrite(recorded)) writes++
      return !isWrite(recorded) && writes === done
    })
  }

  #happen(found: Recording | "gone"): void {
    if (found === "gone") return
    this.#played.add(found)
    if (!isWrite(found)) return
    this.happened.push(found)
    const index = this.#writes.indexOf(found)
    if (index >= this.#done) this.#done = index + 1
  }

  #makes(write: Recording): boolean {
    return !isRemoval(write) && write.response.status < 300 && !this.#script.again.includes(write)
  }
}

export function isWrite({ request: { method } }: Recording): boolean {
  return method !== "GET" && method !== "HEAD"
}

function isRemoval({ request: { method } }: Recording): boolean {
  return method === "DELETE"
}
