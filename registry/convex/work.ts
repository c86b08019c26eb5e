import { operatorWork } from "./operator-work.ts"
import { provisionWork } from "./provision-work.ts"
import type { ConvexSetup } from "./setup.ts"
import { syncWork } from "./sync-work.ts"

/** What no client can call: `convex/stackdockWork.ts` exports each of them by its name. */
export function workFunctions(setup: ConvexSetup) {
  return { ...syncWork(setup), ...provisionWork(setup), ...operatorWork(setup) }
}
