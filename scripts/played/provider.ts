import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { cyclesOf } from "../../registry/contract/cycle.ts"
import { loadRecordings } from "../../registry/contract/node/load.ts"
import { createPlayer } from "../../registry/contract/player.ts"
import { RecordedProvider } from "../../registry/contract/recorded-provider.ts"
import { isOfCycle, isRefusal, responseOf } from "../../registry/contract/recording.ts"
import { root } from "../run.mjs"

/** Where each API begins, as in its dock's own base URL. */
const bases = { gridpane: "/oauth/api/v1", vercel: "", netlify: "/api/v1", cloudflare: "/client/v4" } as const
export type Provider = keyof typeof bases
export const providers: readonly Provider[] = ["gridpane", "vercel", "netlify", "cloudflare"]

export function isProvider(name: string): name is Provider {
  return Object.hasOwn(bases, name)
}

/** What each of them accepts as its credential. */
export const token = "fake-secret-token"

/** The credential as its dock takes it. */
export function credentialsOf(provider: Provider): Record<string, string> {
  const field = provider === "gridpane" ? "apiKey" : provider === "cloudflare" ? "apiToken" : "token"
  return { [field]: token }
}

export interface PlayedProvider {
  readonly baseUrl: string
  /** Answers everything with this status, while it is set. */
  failsWith: number | undefined
  /** How long each answer takes. */
  delayMs: number
  /** Held back until this is done. */
  hold: Promise<void> | undefined
  close(): Promise<void>
}

/** A provider on this machine, played from its dock's recordings; of what it can make and do, the named cycles. */
export async function playProvider(
  provider: Provider,
  { cycles = [] }: { cycles?: readonly string[] } = {},
): Promise<PlayedProvider> {
  const recordings = loadRecordings(join(root, "registry/docks", provider, "recordings"))
  const origins = [...new Set(recordings.map(({ request }) => new URL(request.url).origin))]
  const unauthorized = recordings.find(({ response }) => response.status === 401)
  const account = createPlayer(recordings.filter((recorded) => !isRefusal(recorded) && !isOfCycle(recorded)))
  const allCycles = cyclesOf(recordings)
  const making = cycles.map((name) => {
    const cycle = allCycles.get(name)
    if (!cycle) throw new Error(`${provider} has no cycle ${name}.`)
    // Before it is made, somebody looks whether it is there.
    const told = [{ from: 0, recordings: allCycles.get(`${name}-not-begun`) ?? [] }]
    return new RecordedProvider({ cycle, again: [], told, undone: [], account: [] })
  })

  async function answer(method: string, path: string, headers: Headers, text: string): Promise<Response> {
    for (const origin of origins) {
      const url = new URL(path, origin)
      const asked = { method, headers, ...(text ? { body: text } : {}) }
      for (const made of making) {
        const answered = await made.fetch(url, asked)
        if (answered.status !== 501) return answered
      }
      const recorded = account.play({ method, url, headers, body: text ? JSON.parse(text) : undefined })
      if (recorded) return responseOf(recorded.response)
    }
    return Response.json({ message: `No recording answers ${method} ${path}.` }, { status: 501 })
  }

  const server = createServer(async (request, response) => {
    const text = await textOf(request)
    const headers = headersOf(request)
    await played.hold
    if (played.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, played.delayMs))
    const answered =
      played.failsWith !== undefined
        ? Response.json({ message: "Try again later." }, { status: played.failsWith })
        : headers.get("authorization") === `Bearer ${token}`
          ? await answer(request.method ?? "GET", request.url ?? "/", headers, text)
          : responseOf(unauthorized?.response ?? { status: 401, body: { message: "Unauthorized" } })
    response.writeHead(answered.status, Object.fromEntries(answered.headers)).end(await answered.text())
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  const played: PlayedProvider = {
    baseUrl: `http://127.0.0.1:${port}${bases[provider]}`,
    failsWith: undefined,
    delayMs: 0,
    hold: undefined,
    close: () => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections()),
  }
  return played
}

async function textOf(request: IncomingMessage): Promise<string> {
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
