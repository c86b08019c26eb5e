import { v } from "convex/values"
import { record } from "../engine/audit.ts"
import { StackdockError } from "../engine/errors.ts"
import type { DockReport } from "../engine/stackdock.ts"
import { syncDocks } from "../engine/sync-docks.ts"
import { recordOutcome, takeDue } from "../stores/convex/schedules.ts"
import { type ActionContext, actionContext } from "./acting.ts"
import { tableName } from "./arguments.ts"
import { internalAction, internalMutation } from "./builders.ts"
import { pool, type SyncJob, work } from "./references.ts"
import type { ConvexSetup } from "./setup.ts"

const job = {
  orgId: v.string(),
  dockId: v.string(),
  allowMassDelete: v.optional(v.boolean()),
  tables: v.optional(v.array(tableName)),
  baton: v.optional(v.any()),
}

/** Convex ends an action after ten minutes: https://docs.convex.dev/production/state/limits */
const NO_FURTHER_SCOPE_MS = 4 * 60_000
const STOP_MS = 9.5 * 60_000

/** Docks that one tick of the clock hands to the pool. The next tick takes the others. */
const DUE_AT_ONCE = 50

export function syncWork(setup: ConvexSetup) {
  return {
    /** What the clock asks for once a minute. */
    syncDue: internalMutation({
      args: {},
      async handler(ctx) {
        const jobs = await takeDue(ctx.db, Date.now(), DUE_AT_ONCE)
        await pool.enqueueActionBatch(ctx, work.syncDock, jobs)
      },
    }),
    enqueueSyncs: internalMutation({
      args: { jobs: v.array(v.object(job)) },
      async handler(ctx, { jobs }) {
        await pool.enqueueActionBatch(ctx, work.syncDock, jobs)
      },
    }),
    /** One dock, from where the action before has stopped. What is left after some minutes is for the next action. */
    syncDock: internalAction({
      args: job,
      async handler(ctx, job) {
        await syncOne(setup, ctx, job)
      },
    }),
    recordSync: internalMutation({
      args: { dockId: v.string(), isFailed: v.boolean() },
      handler: ({ db }, outcome) => recordOutcome(db, { ...outcome, now: Date.now() }),
    }),
  }
}

async function syncOne(setup: ConvexSetup, ctx: ActionContext, job: SyncJob): Promise<void> {
  const { orgId, dockId, allowMassDelete, tables, baton } = job
  const context = actionContext(setup, ctx, orgId, { kind: "system" })
  const began = Date.now()
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), STOP_MS)
  let isPassedOn = false
  try {
    const { docks } = await syncDocks(context, {
      docks: [dockId],
      allowMassDelete,
      tables,
      signal: stop.signal,
      relay: {
        from: baton,
        isTimeUp: () => Date.now() - began > NO_FURTHER_SCOPE_MS,
        async passOn(baton) {
          await ctx.runMutation(work.enqueueSyncs, { jobs: [{ ...job, baton }] })
          isPassedOn = true
        },
      },
    })
    const [report] = docks
    if (report && !isPassedOn && report.status !== "busy") await conclude(report)
  } catch (error) {
    // A dock that was removed after it was enqueued is nobody's failure.
    if (!(error instanceof StackdockError) || error.code !== "unknown_dock") throw error
  } finally {
    clearTimeout(timer)
  }

  async function conclude({ status, error }: DockReport) {
    const errorCode = status === "succeeded" ? undefined : (error?.code ?? status)
    await record(context, "sync", [{ target: { table: "docks", id: dockId }, errorCode }])
    const isFailed = status === "failed" || status === "canceled"
    await ctx.runMutation(work.recordSync, { dockId, isFailed })
  }
}
