import { defineSchema } from "convex/server"
import { convexTest, type TestConvexForDataModel } from "convex-test"
import { type StoreModel, stackdockTables } from "./tables.ts"

/** A Convex deployment with the store's tables and functions in it, held to Convex's documented limits. */
export function deployment(): TestConvexForDataModel<StoreModel> {
  const test = convexTest({
    schema: defineSchema(stackdockTables),
    modules: {
      "/convex/_generated/api.js": async () => ({}),
      "/convex/stackdockStore.ts": () => import("./functions.ts"),
    },
    transactionLimits: true,
  })
  // The model of the store's own functions leaves out what tables do not share.
  return test as unknown as TestConvexForDataModel<StoreModel>
}
