import { existsSync } from "node:fs"
import { getRequestListener } from "@hono/node-server"
import type { Plugin, ViteDevServer } from "vite"
import type { StackdockServer } from "./src/stackdock/server/server.ts"

interface Modules {
  "/src/server.ts": typeof import("./src/server.ts")
  "/src/stackdock/stackdock.ts": typeof import("./src/stackdock/stackdock.ts")
}

/** While you work, Vite answers `/api` with the same server that `npm start` runs, and starts it anew when its source changes. */
export function serverWhileWorking(): Plugin {
  let running: Promise<StackdockServer> | undefined

  async function open(vite: ViteDevServer): Promise<StackdockServer> {
    const load = <Path extends keyof Modules>(path: Path) =>
      vite.ssrLoadModule(path) as Promise<Modules[Path]>
    if (existsSync(".env")) process.loadEnvFile(".env")
    // A store that was closed with the server before is of no use to the next one.
    vite.environments.ssr.moduleGraph.invalidateAll()
    const { createApp } = await load("/src/server.ts")
    const { default: stackdock } = await load("/src/stackdock/stackdock.ts")
    const origin = new URL(vite.resolvedUrls?.local[0] ?? "http://localhost:5173").origin
    const server = createApp({ stackdock, origin, folder: ".stackdock" })
    server.start()
    return server
  }

  async function reopen(vite: ViteDevServer): Promise<void> {
    const before = running
    running = before?.then((server) => server.close()).then(() => open(vite))
    await running
  }

  let vite: ViteDevServer
  return {
    name: "server-while-working",
    apply: "serve",
    configureServer(server) {
      vite = server
      server.httpServer?.once("listening", () => {
        running = open(server)
        running.catch((error: unknown) => server.config.logger.error(String(error)))
      })
      server.httpServer?.once("close", () => void running?.then((app) => app.close()))
      server.middlewares.use((request, response, next) => {
        if (!running || !request.url?.startsWith("/api/")) return next()
        running.then(({ app }) => getRequestListener(app.fetch)(request, response)).catch(next)
      })
    },
    hotUpdate({ modules }) {
      if (this.environment.name !== "ssr" || modules.length === 0) return
      reopen(vite).catch((error: unknown) => vite.config.logger.error(String(error)))
    },
  }
}
