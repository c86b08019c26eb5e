import { hc } from "hono/client"
import type { Api } from "../../server/api.ts"
import type { DataPort } from "../../ui/data/port.ts"
import { createActs } from "./acts.ts"
import { Live } from "./live.ts"
import { createReads } from "./reads.ts"
import { answerOf } from "./requests.ts"

export interface FetchOptions {
  /** Where the server's `/api` is. That of the page itself when left out. */
  api?: string
  /** The server is this machine's own, and its user runs it: there are keys, and nobody to sign out. */
  isLocal?: boolean
  /** Sent with every request, where a cookie is not all that the server asks for. */
  headers?: Readonly<Record<string, string>>
  fetch?: typeof globalThis.fetch
}

export interface FetchPort extends DataPort {
  /** Ends the stream of events. */
  close(): void
}

/** The data port over this project's own server. */
export function createFetchPort(options: FetchOptions = {}): FetchPort {
  const {
    api = "/api",
    isLocal = false,
    headers = {},
    fetch: send = globalThis.fetch.bind(globalThis),
  } = options
  const live = new Live((since, signal) =>
    send(`${api}/events`, {
      signal,
      headers: {
        ...headers,
        accept: "text/event-stream",
        ...(since === undefined ? {} : { "last-event-id": since }),
      },
    }),
  )
  const client = hc<Api>(api, {
    headers: { ...headers, "content-type": "application/json" },
    async fetch(input: RequestInfo | URL, init?: RequestInit) {
      const response = await send(input, init)
      live.answered(response.headers.get("x-newest-event"))
      return response
    },
  })
  return {
    read: createReads(client),
    act: createActs(client),
    abilities: { sortsByAnyColumn: true, managesKeys: isLocal, signsOut: !isLocal },
    watch(name, request, changed) {
      const table = "table" in request && typeof request.table === "string" ? request.table : undefined
      return live.watch(name, table, changed)
    },
    follow: (listener) => live.follow(listener),
    ...(isLocal ? {} : { invite: (request) => answerOf(client.invitations.$post({ json: request })) }),
    close: () => live.close(),
  }
}
