import { readFileSync } from "node:fs"
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http"
import { join } from "node:path"
import { afterAll } from "vitest"

const servers: Server[] = []
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
})

/** A server on this machine, and where it is. */
export function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      resolve(typeof address === "object" && address ? `http://127.0.0.1:${address.port}` : "")
    })
  })
}

/** Serves a folder, but for what `refuse` answers first. */
export function serveFolder(
  folder: string | (() => string),
  refuse: (request: IncomingMessage) => number | undefined = () => undefined,
): Promise<string> {
  return serve((request, response) => {
    const status = refuse(request)
    if (status !== undefined) return void response.writeHead(status).end()
    try {
      const root = typeof folder === "string" ? folder : folder()
      const body = readFileSync(join(root, new URL(request.url ?? "", "http://x").pathname))
      response.setHeader("content-type", "application/json")
      response.end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
}
