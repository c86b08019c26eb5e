import type { ComponentApi as RateLimiterApi } from "@convex-dev/rate-limiter/_generated/component.js"
import type { ComponentApi as WorkpoolApi } from "@convex-dev/workpool/_generated/component.js"
import { componentsGeneric } from "convex/server"

/** As `convex/convex.config.ts` names them. Convex generates the same into every project, with these types. */
export const stackdockComponents = componentsGeneric() as unknown as {
  readonly stackdockPool: WorkpoolApi
  readonly stackdockLimiter: RateLimiterApi
}
