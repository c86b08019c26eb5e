import { createServer, type IncomingMessage, type Server } from "node:http"
import type { SentRequest } from "../match.ts"
import { parsedBody } from "../match.ts"
import { createPlayer } from "../player.ts"
import { isOfCycle, isRefusal, type Recording, responseOf } from "../recording.ts"

export interface PlayedProvider {
  /** `http://127.0.0.1:49152`. The provider's path follows it, as in its own base URL. */
  readonly origin: string
  close(): Promise<void>
}

export interface ServeOptions {
  recordings: readonly Recording[]
  /** What the `authorization` header has to be. Anything else gets the recorded 401. */
  authorization: string
}

/**
 * Plays a provider on this machine, for demonstrations and for tests of a whole program: no account, no network.
 * Connect a dock to it with its base URL.
 */
export async function serveRecordings({ recordings, authorization }: ServeOptions): Promise<PlayedProvider> {
  const player = createPlayer(recordings.filter((recorded) => !isRefusal(recorded) && !isOfCycle(recorded)))
  const origins = [...new Set(recordings.map(({ request }) => new URL(request.url).origin))]
  const unauthorized = recordings.find(({ response }) => response.status === 401)

  const answer = (method: string, path: string, headers: Headers, body: unknown): Response => {
    if (headers.get("authorization") !== authorization) {
      return responseOf(unauthorized?.response ?? { status: 401, body: { message: "Unauthorized" } })
    }
    const asked = (origin: string): SentRequest => ({ method, url: new URL(path, origin), headers, body })
    for (const origin of origins) {
      const recorded = player.play(asked(origin))
      if (recorded) return responseOf(recorded.response)
    }
    return Response.json(
      { message: player.explain(asked(origins[0] ?? "http://localhost")) },
      { status: 501 },
    )
  }

  const server = createServer(async (request, response) => {
    const body = parsedBody(await readText(request))
    const played = answer(request.method ?? "GET", request.url ?? "/", headersOf(request), body)
    response.writeHead(played.status, Object.fromEntries(played.headers)).end(await played.text())
  })
  const origin = await listen(server)
  return {
    origin,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      if (address === null || typeof address === "string") reject(new Error("The server has no port."))
      else resolve(`http://127.0.0.1:${address.port}`)
    })
  })
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = ""
  request.setEncoding("utf8")
  for await (const chunk of request) text += chunk
  return text
}

function headersOf({ headers }: IncomingMessage): Headers {
  const single = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  )
  return new Headers(single)
}
