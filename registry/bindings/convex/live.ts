import { getFunctionName } from "convex/server"
import type { AnswerOf, AnyQuery, ArgsOf, ConvexClient } from "./functions.ts"
import { orToldError } from "./told-error.ts"

/** Answers to queries, and who wants to know when one has become another. */
export class Live {
  readonly #client: ConvexClient
  /** What was answered last, by the question: an answer that is the same is no change. */
  readonly #answered = new Map<string, string>()

  constructor(client: ConvexClient) {
    this.#client = client
  }

  async ask<Query extends AnyQuery>(query: Query, args: ArgsOf<Query>): Promise<AnswerOf<Query>> {
    const answer = await orToldError(this.#client.query(query, args))
    this.#answered.set(keyOf(query, args), JSON.stringify(answer))
    return answer
  }

  /** Calls `changed` when the answer is not the one that was given last. */
  watch<Query extends AnyQuery>(query: Query, args: ArgsOf<Query>, changed: () => void): () => void {
    const key = keyOf(query, args)
    const watch = this.#client.watchQuery(query, args)
    const isOther = () => {
      const before = this.#answered.get(key)
      const now = answerOf(() => watch.localQueryResult())
      if (now === undefined || now === before) return
      this.#answered.set(key, now)
      // What was never answered has nobody yet who could hold another answer.
      if (before !== undefined) changed()
    }
    const stop = watch.onUpdate(isOther)
    isOther()
    return stop
  }
}

/** As text; an error is an answer, too: somebody may have lost their membership. */
function answerOf(read: () => unknown): string | undefined {
  try {
    const answer = read()
    return answer === undefined ? undefined : JSON.stringify(answer)
  } catch (error) {
    return `failed: ${String(error)}`
  }
}

function keyOf(query: AnyQuery, args: unknown): string {
  return `${getFunctionName(query)} ${JSON.stringify(args)}`
}
