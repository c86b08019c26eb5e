import { v } from "convex/values"
import { StackdockError } from "../engine/errors.ts"
import { NEEDS_DECISION } from "../engine/intent.ts"
import { isUnfinished } from "../engine/intent-report.ts"
import { bind, organizationFunctions } from "../engine/public-functions.ts"
import { operations } from "../stores/convex/operations.ts"
import { unfinishedStates } from "../stores/convex/provisionings.ts"
import { sendingErrors } from "../stores/convex/sent-errors.ts"
import { type ActionContext, actionContext } from "./acting.ts"
import { internalAction, internalMutation } from "./builders.ts"
import { type ResumeJob, work } from "./references.ts"
import type { ConvexSetup } from "./setup.ts"

/** The action that writes an intent works on it at once; this long after, it is looked whether there is more to do. */
const FIRST_LOOK_MS = 30_000
const LONGEST_WAIT_MS = 5 * 60_000
/** Beyond this age, it is looked at by the clock alone. */
const YOUNG_MS = 60 * 60_000
/** Less than the clock's interval, so that each tick sees again what the one before has handed out. */
const ABANDONED_MS = 14 * 60_000
const RECOVERED_AT_ONCE = 50

export function provisionWork(setup: ConvexSetup) {
  return {
    /** In one transaction: the intent, and the order to look after it, whatever becomes of the action that wrote it. */
    beginProvisioning: internalMutation({
      args: operations.insertProvisioning.args,
      handler: ({ db, scheduler }, { row }) =>
        sendingErrors(async () => {
          await operations.insertProvisioning.run(db, { row })
          const { orgId, id } = row
          await scheduler.runAfter(FIRST_LOOK_MS, work.resumeProvisioning, { orgId, id })
        }),
    }),
    resumeProvisioning: internalAction({
      args: { orgId: v.string(), id: v.string() },
      async handler(ctx, job) {
        await resumeOne(setup, ctx, job)
      },
    }),
    /** What the clock asks for: unfinished intents that nobody has touched for a while. */
    recoverProvisionings: internalMutation({
      args: {},
      async handler({ db, scheduler }) {
        const now = Date.now()
        const before = new Date(now - ABANDONED_MS).toISOString()
        for (const state of unfinishedStates) {
          const abandoned = await db
            .query("provisionings")
            .withIndex("by_state", (q) => q.eq("state", state).lt("updatedAt", before))
            .filter((q) => q.neq(q.field("errorCode"), NEEDS_DECISION))
            .take(RECOVERED_AT_ONCE)
          for (const { _id, orgId, id } of abandoned) {
            // To the back of the queue: what cannot go on now must not keep the others waiting.
            await db.patch(_id, { updatedAt: new Date(now).toISOString() })
            await scheduler.runAfter(0, work.resumeProvisioning, { orgId, id })
          }
        }
      },
    }),
  }
}

async function resumeOne(setup: ConvexSetup, ctx: ActionContext, { orgId, id }: ResumeJob): Promise<void> {
  const context = actionContext(setup, ctx, orgId, { kind: "system" })
  const intent = await (await context.store()).provisionings.get(orgId, { id })
  if (!intent || !isUnfinished(intent) || intent.errorCode === NEEDS_DECISION) return
  let isOpen = true
  try {
    const [report] = await bind(context, organizationFunctions).resume({ id })
    isOpen = report !== undefined && isUnfinished(report) && !report.needsDecision
  } catch (error) {
    // Another action is at work on it, or the dock is disconnected: later, that may have changed.
    if (!(error instanceof StackdockError)) throw error
  }
  const age = Date.now() - Date.parse(intent.createdAt)
  if (!isOpen || age > YOUNG_MS) return
  const ms = Math.min(LONGEST_WAIT_MS, Math.max(FIRST_LOOK_MS / 3, age / 5))
  await ctx.scheduler.runAfter(ms, work.resumeProvisioning, { orgId, id })
}
