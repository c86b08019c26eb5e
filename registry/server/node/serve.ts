/// <reference types="node" />

import { serve as listen } from "@hono/node-server"
import type { StackdockServer } from "../server.ts"

/** For so long an answer that is made may still be read, once all else has ended. */
const PATIENCE_MS = 2_000

export interface Listening {
  port: number
  /** Takes no more requests, lets what is under way come to a safe end, and closes the store. */
  close(): Promise<void>
}

/**
 * Listens, and starts what the server does by itself. A server whose origins depend on the port is made when it is known:
 * with the port 0, the system chooses one.
 */
export function serve(
  make: StackdockServer | ((port: number) => StackdockServer),
  { port, host }: { port: number; host: string },
): Promise<Listening> {
  return new Promise((resolve, reject) => {
    let server: StackdockServer | undefined
    const http = listen(
      {
        fetch: (request, env) => server?.app.fetch(request, env) ?? new Response(null, { status: 503 }),
        port,
        hostname: host,
      },
      ({ port }) => {
        const made = typeof make === "function" ? make(port) : make
        server = made
        made.start()
        let closing: Promise<void> | undefined
        resolve({
          port,
          close() {
            closing ??= close(made)
            return closing
          },
        })
      },
    )
    http.once("error", reject)

    async function close(server: StackdockServer): Promise<void> {
      const closed = new Promise<void>((done) => http.close(() => done()))
      await server.close()
      if ("closeIdleConnections" in http) http.closeIdleConnections()
      // Whoever does not read what they are sent must not keep the process from ending.
      const leave = () => "closeAllConnections" in http && http.closeAllConnections()
      const timer = setTimeout(leave, PATIENCE_MS)
      await closed
      clearTimeout(timer)
    }
  })
}

/** Closes when the process is asked to end, and ends it. A second signal does not wait. */
export function closeOnSignal({ close }: Listening): void {
  const onSignal = () => {
    process.once("SIGINT", () => process.exit(1)).once("SIGTERM", () => process.exit(1))
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.once("SIGINT", onSignal).once("SIGTERM", onSignal)
}
