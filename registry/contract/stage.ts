import { parsedBody, type SentRequest } from "./match.ts"
import { createPlayer } from "./player.ts"
import { type Recording, responseOf } from "./recording.ts"

/** Answers a request in place of its recording; undefined leaves it to the recording. */
export type StandIn = (
  sent: SentRequest,
  recorded: Recording | undefined,
) => Response | Promise<Response> | undefined

/** Where recordings are played. */
export interface Stage {
  /** Lets `standIn` answer while `work` runs. */
  during<Result>(standIn: StandIn, work: () => Promise<Result>): Promise<Result>
}

/**
 * A stage within this process, for the thousands of replays that an interceptor would make slow. What no recording
 * answers is a 404 here: an odd answer may well send a dock where nobody recorded anything.
 */
export function fetchStage(recordings: readonly Recording[]): Stage & { fetch: typeof fetch } {
  const player = createPlayer(recordings)
  let standIn: StandIn | undefined
  return {
    async during(other, work) {
      standIn = other
      try {
        return await work()
      } finally {
        standIn = undefined
      }
    },
    async fetch(input, init) {
      init?.signal?.throwIfAborted()
      // Making a `Request` of it costs more than all the rest.
      const sent: SentRequest = {
        method: init?.method ?? "GET",
        url: new URL(input instanceof Request ? input.url : input),
        headers: new Headers(init?.headers),
        body: typeof init?.body === "string" ? parsedBody(init.body) : undefined,
      }
      const recorded = player.play(sent)
      const instead = await standIn?.(sent, recorded)
      if (instead?.type === "error") throw new TypeError("fetch failed")
      if (instead) return instead
      return recorded
        ? responseOf(recorded.response)
        : Response.json({ message: "Not Found." }, { status: 404 })
    },
  }
}
