import {
  type ActionBuilder,
  actionGeneric,
  internalActionGeneric,
  internalMutationGeneric,
  type MutationBuilder,
  type QueryBuilder,
  queryGeneric,
} from "convex/server"
import type { StoreModel } from "../stores/convex/tables.ts"

/** Convex's own builders, for StackDock's tables. */
export const query: QueryBuilder<StoreModel, "public"> = queryGeneric
export const action: ActionBuilder<StoreModel, "public"> = actionGeneric
export const internalMutation: MutationBuilder<StoreModel, "internal"> = internalMutationGeneric
export const internalAction: ActionBuilder<StoreModel, "internal"> = internalActionGeneric
