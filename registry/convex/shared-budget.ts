import { RateLimiter } from "@convex-dev/rate-limiter"
import type { GenericActionCtx, GenericDataModel } from "convex/server"
import { Budget, isCounted, type RequestBudget } from "../core/budget.ts"
import type { AnyDock } from "../core/dock.ts"
import { stackdockComponents } from "./components.ts"

const limiter = new RateLimiter(stackdockComponents.stackdockLimiter)

/**
 * The request budget of a credential, shared by all actions that use it. What one action sends, it counts itself, exactly;
 * that several together stay below the documented numbers is asked of the rate limiter, window by window.
 */
export function sharedBudget(
  ctx: Pick<GenericActionCtx<GenericDataModel>, "runQuery" | "runMutation" | "runAction" | "meta">,
  dockId: string,
  { limits, provider }: AnyDock,
): RequestBudget {
  const own = new Budget(limits)
  return {
    async take(target, now) {
      const admitted = own.take(target, now)
      if ("waitMs" in admitted) return admitted
      for (const [index, window] of limits.windows.entries()) {
        if (!isCounted(window, target)) continue
        const { requests, seconds, per } = window
        const status = await limiter.limit(ctx, `${provider} ${index}`, {
          key: [dockId, target.host, per === "endpoint" ? target.path : ""].join(" "),
          config: { kind: "fixed window", rate: requests, period: seconds * 1000 },
        })
        if (!status.ok) {
          // It was not sent after all: a place this old counts no more.
          admitted.place.at = 0
          return { waitMs: status.retryAfter }
        }
      }
      return admitted
    },
    learn: (target, headers, now) => own.learn(target, headers, now),
    uses: (now) => own.uses(now),
    refused: (target, headers, now) => own.refused(target, headers, now),
  }
}
