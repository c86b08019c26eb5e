import { publicActions } from "./actions.ts"
import { recordQueries } from "./record-queries.ts"
import { resourceQueries } from "./resource-queries.ts"
import type { ConvexSetup } from "./setup.ts"

/** What an app calls, as `api.stackdock.*`: `convex/stackdock.ts` exports each of them by its name. */
export function publicFunctions(setup: ConvexSetup) {
  return { ...recordQueries(setup), ...resourceQueries(setup), ...publicActions(setup) }
}
