import { http } from "msw"
import { setupServer } from "msw/node"
import { afterAll, afterEach, beforeAll, beforeEach, type RunnerTestSuite } from "vitest"
import { readRequest } from "./match.ts"
import { createPlayer } from "./player.ts"
import { type Recording, responseOf } from "./recording.ts"
import type { Stage, StandIn } from "./stage.ts"

/**
 * Plays recordings to the tests of a file. Nothing reaches the network: one handler takes every request, whatever its
 * address, and always answers. (MSW lets a request through when a handler returns nothing, lets addresses that look
 * like assets through even when told to refuse the unknown, and makes a 500 of what a handler throws.) So a request without
 * a recording is answered with 501, remembered, and fails its test; a recording that no test used fails the file.
 */
export function replay(recordings: readonly Recording[]): Stage {
  const player = createPlayer(recordings)
  const misses: string[] = []
  let standIn: StandIn | undefined

  const answer = async (request: Request): Promise<Response> => {
    try {
      const sent = await readRequest(request)
      const recorded = player.play(sent)
      const instead = await standIn?.(sent, recorded)
      if (instead) return instead
      if (recorded) return responseOf(recorded.response)
      misses.push(player.explain(sent))
    } catch (error) {
      misses.push(`The replay failed: ${String(error)}`)
    }
    return Response.json({ message: "No recording answers this request." }, { status: 501 })
  }
  const server = setupServer(http.all("*", ({ request }) => answer(request)))

  let file: RunnerTestSuite | undefined
  beforeAll(() => server.listen({ onUnhandledRequest: "error" }))
  beforeEach(({ task }) => {
    file = task.file
  })
  afterEach(() => {
    const missed = misses.splice(0)
    if (missed.length > 0) throw new Error([...new Set(missed)].join("\n\n"))
  })
  afterAll(() => {
    server.close()
    const unused = player.unused().map((recorded) => recorded.file)
    if (unused.length > 0 && ranWhole(file)) {
      throw new Error(`No test used these recordings:\n${unused.map((name) => `  - ${name}`).join("\n")}`)
    }
  })

  return {
    async during(other, work) {
      standIn = other
      try {
        return await work()
      } finally {
        standIn = undefined
      }
    },
  }
}

/** With `-t` or `.only`, a recording may rightly stay unused. */
function ranWhole(suite: RunnerTestSuite | undefined): boolean {
  return (suite?.tasks ?? []).every((task) =>
    task.type === "suite" ? ranWhole(task) : task.mode !== "skip" && task.mode !== "todo",
  )
}
