import rateLimiter from "@convex-dev/rate-limiter/convex.config.js"
import workpool from "@convex-dev/workpool/convex.config.js"
import type { AppDefinition } from "convex/server"

/** For `convex/convex.config.ts`: the components that StackDock works with. */
export function useStackdock(app: Pick<AppDefinition, "use">): void {
  app.use(workpool, { name: "stackdockPool" })
  app.use(rateLimiter, { name: "stackdockLimiter" })
}
