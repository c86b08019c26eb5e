import { v } from "convex/values"
import { dockRows, findDock } from "../engine/context.ts"
import { actsOf } from "./acting.ts"
import { plain, sentAction, sentReport } from "./answers.ts"
import { tableName } from "./arguments.ts"
import { action } from "./builders.ts"
import { confidentialAction } from "./confidential.ts"
import { guarded } from "./guarded.ts"
import { work } from "./references.ts"
import type { ConvexSetup } from "./setup.ts"

const ofOrg = { orgId: v.string() }

const decision = v.union(
  v.object({ kind: v.literal("adopt"), id: v.string() }),
  v.object({ kind: v.literal("retry") }),
  v.object({ kind: v.literal("abandon") }),
)

const operation = v.union(
  v.object({ of: v.literal("provision"), dock: v.string(), kind: v.string(), input: v.any() }),
  v.object({ of: v.literal("deprovision"), resourceId: v.string() }),
  v.object({
    of: v.literal("action"),
    resourceId: v.string(),
    action: v.string(),
    input: v.optional(v.any()),
  }),
)

/** Whatever changes something. The arguments of these go to no log and to no table: Convex keeps only what is scheduled. */
export function publicActions(setup: ConvexSetup) {
  const acts = actsOf(setup)
  return {
    /** Stores a credential once the provider has accepted it, and has the first sync begin. */
    connect: confidentialAction({
      args: { ...ofOrg, provider: v.string(), name: v.optional(v.string()), credentials: v.any() },
      handler: (ctx, { orgId, ...request }) =>
        acts(ctx, orgId, async ({ connect }) => {
          const connected = await connect(request)
          await ctx.runMutation(work.syncDue, {})
          return plain(connected)
        }),
    }),
    /** Forgets the credential; with `removeRows`, everything else of the dock, too. */
    disconnect: action({
      args: { ...ofOrg, dock: v.string(), removeRows: v.optional(v.boolean()) },
      handler: (ctx, { orgId, dock, removeRows = false }) =>
        acts(ctx, orgId, async ({ disconnect }) => plain(await disconnect(dock, { removeRows }))),
    }),
    rotateCredential: confidentialAction({
      args: { ...ofOrg, dock: v.string(), credentials: v.any() },
      handler: (ctx, { orgId, ...request }) =>
        acts(ctx, orgId, async ({ rotateCredential }) => plain(await rotateCredential(request))),
    }),
    /** How often the clock syncs a dock; null for every 15 minutes. */
    setSyncInterval: action({
      args: { ...ofOrg, dock: v.string(), minutes: v.union(v.number(), v.null()) },
      handler: (ctx, { orgId, dock, minutes }) =>
        acts(ctx, orgId, async ({ setSyncInterval }) => {
          const summary = await setSyncInterval({ dock, minutes })
          await ctx.runMutation(work.recordSync, { dockId: summary.id, isFailed: false })
          return summary
        }),
    }),
    /** Has docks synced now: ids or names, or all that are connected. How it goes is in `docks`. */
    sync: action({
      args: {
        ...ofOrg,
        docks: v.optional(v.array(v.string())),
        tables: v.optional(v.array(tableName)),
        allowMassDelete: v.optional(v.boolean()),
      },
      handler: (ctx, { orgId, docks, ...options }) =>
        acts(ctx, orgId, (_, context) =>
          guarded(context, "requestSync", "operations:full", async (context) => {
            const rows = docks
              ? await Promise.all(docks.map((dock) => findDock(context, dock)))
              : (await dockRows(context)).filter(({ credentials }) => credentials !== null)
            const ids = [...new Set(rows.map(({ id }) => id))]
            await ctx.runMutation(work.enqueueSyncs, {
              jobs: ids.map((dockId) => ({ orgId, dockId, ...options })),
            })
            return ids
          }),
        ),
    }),
    /**
     * Makes something. What it answers with holds what the provider shows only once; how far it is afterwards tells
     * `getProvisionStatus`.
     */
    provision: confidentialAction({
      args: {
        ...ofOrg,
        dock: v.string(),
        kind: v.string(),
        input: v.any(),
        idempotencyKey: v.optional(v.string()),
      },
      handler: (ctx, { orgId, ...request }) =>
        acts(ctx, orgId, async ({ provision }) => sentReport(await provision(request))),
    }),
    deprovision: action({
      args: { ...ofOrg, resourceId: v.string() },
      handler: (ctx, { orgId, ...request }) =>
        acts(ctx, orgId, async ({ deprovision }) => sentReport(await deprovision(request))),
    }),
    /** Goes on with what waits for a decision, or again with what was interrupted. */
    resume: action({
      args: { ...ofOrg, id: v.string(), decision: v.optional(decision) },
      handler: (ctx, { orgId, ...request }) =>
        acts(ctx, orgId, async ({ resume }) => (await resume(request)).map(sentReport)),
    }),
    /** Does one thing to one row: restarts a server, purges a cache. */
    act: confidentialAction({
      args: { ...ofOrg, resourceId: v.string(), action: v.string(), input: v.optional(v.any()) },
      handler: (ctx, { orgId, ...request }) =>
        acts(ctx, orgId, async ({ act }) => sentAction(await act(request))),
    }),
    /** What any of these would send, as JSON text, without sending it. */
    rehearse: confidentialAction({
      args: { ...ofOrg, operation },
      handler: (ctx, { orgId, operation }) =>
        acts(ctx, orgId, async ({ rehearse }) => JSON.stringify(await rehearse(operation))),
    }),
    setMember: action({
      args: { ...ofOrg, userId: v.string(), role: v.string() },
      handler: (ctx, { orgId, ...request }) => acts(ctx, orgId, ({ setMember }) => setMember(request)),
    }),
    removeMember: action({
      args: { ...ofOrg, userId: v.string() },
      handler: (ctx, { orgId, userId }) =>
        acts(ctx, orgId, async ({ removeMember }) => {
          await removeMember(userId)
          return null
        }),
    }),
  }
}
