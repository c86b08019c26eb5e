import type { Crons } from "convex/server"
import { work } from "./references.ts"

/** For `convex/crons.ts`. */
export function stackdockCrons(crons: Pick<Crons, "interval">): void {
  crons.interval("stackdock sync", { minutes: 1 }, work.syncDue, {})
  crons.interval("stackdock recovery", { minutes: 15 }, work.recoverProvisionings, {})
}
