import { Hono } from "hono"
import type { Stackdock } from "../engine/stackdock.ts"
import type { ServerEnv } from "./answer.ts"
import { dockRoutes } from "./routes/docks.ts"
import { eventRoutes } from "./routes/events.ts"
import { provisioningRoutes } from "./routes/provisioning.ts"
import { readingRoutes } from "./routes/reading.ts"
import { sessionRoutes } from "./routes/session.ts"
import { settingsRoutes } from "./routes/settings.ts"
import type { Shared } from "./shared.ts"

/** All that can be asked, below `/api`. */
export function createApi(shared: Shared, stackdock: Stackdock) {
  return new Hono<ServerEnv>()
    .route("/", sessionRoutes(shared))
    .route("/", readingRoutes())
    .route("/", dockRoutes(shared))
    .route("/", provisioningRoutes(shared))
    .route("/", settingsRoutes(shared))
    .route("/", eventRoutes(shared, stackdock))
}

/** For the typed client: `hc<Api>("/api")`. */
export type Api = ReturnType<typeof createApi>
