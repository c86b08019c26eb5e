import { workFunctions } from "./stackdock/convex/work.ts"
import setup from "./stackdock/stackdock.ts"

/** What the clock, the pool and whoever deploys call. No client can. */
export const {
  syncDue,
  enqueueSyncs,
  syncDock,
  recordSync,
  beginProvisioning,
  resumeProvisioning,
  recoverProvisionings,
  createOrganization,
  keyStatus,
  rotateKeys,
} = workFunctions(setup)
