import { Hono } from "hono"
import type { Stackdock } from "../engine/stackdock.ts"
import type { ServerEnv } from "./answer.ts"
import { callerOf } from "./caller.ts"
import { dockRoutes } from "./routes/docks.ts"
import { eventRoutes } from "./routes/events.ts"
import { provisioningRoutes } from "./routes/provisioning.ts"
import { readingRoutes } from "./routes/reading.ts"
import { leavingRoutes, sessionRoutes } from "./routes/session.ts"
import { settingsRoutes } from "./routes/settings.ts"
import type { Shared } from "./shared.ts"

/** All that can be asked, below `/api`. */
export function createApi(shared: Shared, stackdock: Stackdock) {
  return new Hono<ServerEnv>()
    .route("/", leavingRoutes(shared))
    .use(async (c, next) => {
      // What is answered now includes all that was told up to here: whoever listens later begins after it.
      const { newest } = shared.hub
      c.set("caller", await callerOf(stackdock, c.var.signedIn, c.var.requestId))
      await next()
      if (c.res.ok) c.header("x-newest-event", newest)
    })
    .route("/", sessionRoutes())
    .route("/", readingRoutes())
    .route("/", dockRoutes(shared))
    .route("/", provisioningRoutes(shared))
    .route("/", settingsRoutes(shared))
    .route("/", eventRoutes(shared, stackdock))
}

/** For the typed client: `hc<Api>("/api")`. */
export type Api = ReturnType<typeof createApi>
