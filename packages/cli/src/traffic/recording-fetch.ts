import { readRequest } from "../../../../registry/contract/match.ts"
import { type Exchange, readBody } from "./exchange.ts"

/** Sends what it is asked to send, and hands over each exchange once it was answered whole. */
export function recordingFetch(real: typeof fetch, onExchange: (exchange: Exchange) => void): typeof fetch {
  return async (input, init) => {
    const at = new Date().toISOString()
    const sent = await readRequest(new Request(input, init))
    const response = await real(input, init)
    const { status, headers } = response
    const text = await response.text()
    onExchange({
      where: `${sent.method} ${sent.url.pathname}`,
      method: sent.method,
      url: sent.url.href,
      requestHeaders: {},
      requestBody: sent.body,
      status,
      responseHeaders: Object.fromEntries(headers),
      ...readBody(text),
      at,
    })
    const hasBody = status !== 204 && status !== 205 && status !== 304
    // Undici has decoded it: what the headers say of its length and encoding is no longer so.
    return new Response(hasBody ? text : null, { status, statusText: response.statusText, headers })
  }
}

/** As if the provider itself had been asked, where another address stood in for it. */
export function atOrigin(exchange: Exchange, from: string, to: string): Exchange {
  if (from === to) return exchange
  const moved = (text: string) => text.replaceAll(from, to)
  return {
    ...exchange,
    url: moved(exchange.url),
    responseHeaders: Object.fromEntries(
      Object.entries(exchange.responseHeaders).map(([name, value]) => [name, moved(value)]),
    ),
    body: exchange.body === undefined ? undefined : JSON.parse(moved(JSON.stringify(exchange.body))),
  }
}

/** Each request with its last answer: what was tried again after a 429 or a 503 has an answer after all. */
export function withoutRepeats(exchanges: readonly Exchange[]): Exchange[] {
  const byRequest = new Map<string, Exchange>()
  for (const exchange of exchanges) {
    const { method, url, requestBody, status } = exchange
    const key = JSON.stringify([method, url, requestBody])
    if (!byRequest.has(key) || !isPassing(status)) byRequest.set(key, exchange)
  }
  return [...byRequest.values()]
}

function isPassing(status: number): boolean {
  return status === 429 || status >= 500
}
