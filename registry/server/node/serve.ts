import { serve as listen } from "@hono/node-server"
import type { StackdockServer } from "../server.ts"

export interface Listening {
  port: number
  /** Takes no more requests, lets what is under way come to a safe end, and closes the store. */
  close(): Promise<void>
}

/** Listens, and starts what the server does by itself. */
export function serve(
  server: StackdockServer,
  { port, host }: { port: number; host: string },
): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const http = listen({ fetch: server.app.fetch, port, hostname: host }, ({ port }) => {
      server.start()
      let closing: Promise<void> | undefined
      const close = async () => {
        const closed = new Promise<void>((done) => http.close(() => done()))
        await server.close()
        if ("closeIdleConnections" in http) http.closeIdleConnections()
        await closed
      }
      resolve({
        port,
        close: () => {
          closing ??= close()
          return closing
        },
      })
    })
    http.once("error", reject)
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
