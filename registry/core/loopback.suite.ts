import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { afterEach, expect } from "vitest"
import type { Clock } from "./clock.ts"
import { DockError } from "./errors.ts"
import { createHttp, type Http, type HttpOptions } from "./http.ts"

export type Handler = (request: IncomingMessage & { body: string }, response: ServerResponse) => void

/** A provider on this machine: each request gets the next handler, and the last one again and again. */
export async function loopback(...handlers: Handler[]) {
  const requests: (IncomingMessage & { body: string })[] = []
  const server = createServer(async (incoming, response) => {
    let body = ""
    for await (const chunk of incoming) body += chunk
    const request = Object.assign(incoming, { body })
    requests.push(request)
    handlers[Math.min(requests.length, handlers.length) - 1]?.(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  cleanUps.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}

export function answer(status: number, body: unknown = {}, headers: Record<string, string> = {}): Handler {
  return (_, response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers })
    response.end(typeof body === "string" ? body : JSON.stringify(body))
  }
}

const cleanUps: (() => void)[] = []
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp()
})

/** Time that passes only by sleeping, and remembers how long. */
export function fakeClock(start = Date.parse("2026-11-20T10:00:00Z")) {
  const slept: number[] = []
  let now = start
  const clock: Clock = {
    now: () => now,
    sleep: async (ms) => {
      slept.push(ms)
      now += ms
    },
  }
  return { clock, slept }
}

/** A client of a provider called "acme" without limits, whose waits take no time. */
export function acme(url: string, options: Partial<HttpOptions> = {}): Http {
  return createHttp({
    provider: "acme",
    limits: { windows: [], documentedAt: "https://example.com" },
    clock: fakeClock().clock,
    ...options,
  }).base(url)
}

/** The error of a request that has to fail, as nothing but a DockError. */
export async function failureOf(promise: Promise<unknown>): Promise<DockError> {
  const [outcome] = await Promise.allSettled([promise])
  const error: unknown = outcome.status === "rejected" ? outcome.reason : undefined
  if (!(error instanceof DockError))
    return expect.fail(`it should have failed with a DockError, not ${error}`)
  return error
}
