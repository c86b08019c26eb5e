import { getFunctionName } from "convex/server"
import type { AnswerOf, AnyQuery, ArgsOf, ConvexClient } from "./functions.ts"
import { orToldError } from "./told-error.ts"

/** Answers to queries, and who wants to know when one has become another. */
export class Live {
  readonly #client: ConvexClient
  /** What was answered last, by who has asked and what: an answer that is the same is no change to them. */
  readonly #answered = new Map<string, string>()

  constructor(client: ConvexClient) {
    this.#client = client
  }

  /** `asker` is the question of the page: several of them can take the answer of one query. */
  async ask<Query extends AnyQuery>(
    asker: string,
    query: Query,
    args: ArgsOf<Query>,
  ): Promise<AnswerOf<Query>> {
    const answer = await orToldError(this.#client.query(query, args))
    this.#answered.set(keyOf(asker, query, args), fingerprint(JSON.stringify(answer)))
    return answer
  }

  /** Calls `changed` when the answer is not the one that the asker was given last. */
  watch<Query extends AnyQuery>(
    asker: string,
    query: Query,
    args: ArgsOf<Query>,
    changed: () => void,
  ): () => void {
    const key = keyOf(asker, query, args)
    const watch = this.#client.watchQuery(query, args)
    const look = () => {
      const before = this.#answered.get(key)
      const now = answerOf(() => watch.localQueryResult())
      if (now === undefined || now === before) return
      this.#answered.set(key, now)
      // Who was never answered holds no other answer.
      if (before !== undefined) changed()
    }
    const stop = watch.onUpdate(look)
    look()
    return stop
  }
}

/** An error is an answer, too: somebody may have lost their membership. */
function answerOf(read: () => unknown): string | undefined {
  try {
    const answer = read()
    return answer === undefined ? undefined : fingerprint(JSON.stringify(answer))
  } catch (error) {
    return `failed: ${String(error)}`
  }
}

function keyOf(asker: string, query: AnyQuery, args: unknown): string {
  return `${asker} ${getFunctionName(query)} ${JSON.stringify(args)}`
}

/** Tells texts apart without keeping them: pages of rows are long. Two sums of 32 bits, by FNV-1a from two starts. */
function fingerprint(text: string): string {
  let one = 0x811c9dc5
  let other = 0x5bd1e995
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    one = Math.imul(one ^ code, 0x01000193)
    other = Math.imul(other ^ code, 0x01000193) + index
  }
  return `${text.length}.${one >>> 0}.${other >>> 0}`
}
