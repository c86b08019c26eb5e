import { Workpool } from "@convex-dev/workpool"
import { makeFunctionReference } from "convex/server"
import type { Baton } from "../engine/relay.ts"
import type { ResourceTableName } from "../schema/index.ts"
import type { Provisioning } from "../schema/provisionings.ts"
import type { Kept } from "../stores/convex/validators.ts"
import { stackdockComponents } from "./components.ts"

/** Convex keeps the arguments of what is scheduled: nothing secret may ever be among them. */
export interface SyncJob extends Record<string, unknown> {
  orgId: string
  dockId: string
  allowMassDelete?: boolean
  tables?: ResourceTableName[]
  /** Where the action before has stopped. */
  baton?: Baton
}

export interface ResumeJob extends Record<string, unknown> {
  orgId: string
  id: string
}

/** The functions of `convex/stackdockWork.ts`, by their names: copied code knows no generated `api`. */
export const work = {
  syncDock: makeFunctionReference<"action", SyncJob>("stackdockWork:syncDock"),
  enqueueSyncs: makeFunctionReference<"mutation", { jobs: SyncJob[] }>("stackdockWork:enqueueSyncs"),
  recordSync: makeFunctionReference<"mutation", { dockId: string; isFailed: boolean }>(
    "stackdockWork:recordSync",
  ),
  syncDue: makeFunctionReference<"mutation">("stackdockWork:syncDue"),
  beginProvisioning: makeFunctionReference<"mutation", { row: Kept<Provisioning> }>(
    "stackdockWork:beginProvisioning",
  ),
  resumeProvisioning: makeFunctionReference<"action", ResumeJob>("stackdockWork:resumeProvisioning"),
  recoverProvisionings: makeFunctionReference<"mutation">("stackdockWork:recoverProvisionings"),
}

/** How many docks are synced at once. Convex runs more actions than that, and the app has its own. */
const AT_ONCE = 8

export const pool = new Workpool(stackdockComponents.stackdockPool, {
  maxParallelism: AT_ONCE,
  logLevel: "WARN",
})
