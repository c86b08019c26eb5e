import { paginationOptsValidator } from "convex/server"
import { v } from "convex/values"
import { readingOf } from "../engine/areas.ts"
import { findDock } from "../engine/context.ts"
import { unknownProvisioning } from "../engine/intent.ts"
import { reportOf } from "../engine/intent-report.ts"
import { listChanges } from "../engine/read-changes.ts"
import { dockStatuses, listProviders, listRuns } from "../engine/read-docks.ts"
import { whoami } from "../engine/whoami.ts"
import type { AuditEntry } from "../schema/audit-log.ts"
import type { Provisioning } from "../schema/provisionings.ts"
import { auditOperations } from "../stores/convex/audit.ts"
import { callsIn } from "../stores/convex/call.ts"
import { decode } from "../stores/convex/documents.ts"
import { convexStore } from "../stores/convex/index.ts"
import { nextSyncOf } from "../stores/convex/schedules.ts"
import { plain, sentReport, told } from "./answers.ts"
import { tableName } from "./arguments.ts"
import { query } from "./builders.ts"
import { atMost, readsOf, signedIn } from "./reading.ts"
import type { ConvexSetup } from "./setup.ts"

const ofOrg = { orgId: v.string() }

/** Each intent is shown with its row, which is read with its data. */
const LARGEST_PAGE = 100

export function recordQueries(setup: ConvexSetup) {
  const reads = readsOf(setup)
  return {
    /** Where the caller is a member, and as what. */
    organizations: query({
      args: {},
      handler: (ctx) =>
        told(async () => {
          const userId = await signedIn(setup, ctx)
          const found = await convexStore(callsIn(ctx.db)).organizations.ofUser(userId)
          return found.map(({ organization: { id, name, slug }, role }) => ({ id, name, slug, role }))
        }),
    }),
    /** What the caller may do in an organisation, and what its roles permit. */
    whoami: query({
      args: ofOrg,
      handler: (ctx, { orgId }) => reads(ctx, orgId, "member:read", whoami),
    }),
    members: query({
      args: ofOrg,
      handler: (ctx, { orgId }) =>
        reads(ctx, orgId, "settings:read", async (context) =>
          (await context.store()).organizations.members(context.orgId),
        ),
    }),
    /** What can be connected, with the fields of its credential, and what it can make and do. */
    providers: query({
      args: ofOrg,
      handler: (ctx, { orgId }) =>
        reads(ctx, orgId, "member:read", async (context) => plain(await listProviders(context))),
    }),
    /** Each with its last run, and how it is doing. Requests are counted in actions, and not here. */
    docks: query({
      args: ofOrg,
      handler: (ctx, { orgId }) =>
        reads(ctx, orgId, "docks:read", async (context, db) => {
          const statuses = await dockStatuses(context)
          return await Promise.all(
            statuses.map(async (status) => {
              const nextSyncAt = status.status === "disconnected" ? null : await nextSyncOf(db, status.id)
              return { ...status, nextSyncAt }
            }),
          )
        }),
    }),
    /** The newest first. */
    runs: query({
      args: { ...ofOrg, dock: v.optional(v.string()), limit: v.optional(v.number()) },
      handler: (ctx, { orgId, ...request }) =>
        reads(ctx, orgId, "docks:read", (context) => listRuns(context, request)),
    }),
    /** What syncs found different, the newest first. */
    changes: query({
      args: {
        ...ofOrg,
        since: v.optional(v.string()),
        table: v.optional(tableName),
        limit: v.optional(v.number()),
      },
      handler: (ctx, { orgId, ...request }) =>
        reads(
          ctx,
          orgId,
          request.table === undefined ? "resources:read" : readingOf(request.table),
          async (context) => plain(await listChanges(context, request)),
        ),
    }),
    /** How far something is that was asked for: it changes while it goes on. */
    getProvisionStatus: query({
      args: { ...ofOrg, id: v.string() },
      handler: (ctx, { orgId, id }) =>
        reads(ctx, orgId, "provisioning:read", async (context) => {
          const intent = await (await context.store()).provisionings.get(orgId, { id })
          if (!intent) throw unknownProvisioning(id)
          return sentReport(await reportOf(context, intent))
        }),
    }),
    /** The newest first. */
    provisionings: query({
      args: { ...ofOrg, dock: v.optional(v.string()), paginationOpts: paginationOptsValidator },
      handler: (ctx, { orgId, dock, paginationOpts }) =>
        reads(ctx, orgId, "provisioning:read", async (context, db) => {
          const dockId = dock === undefined ? undefined : (await findDock(context, dock)).id
          const intents = db.query("provisionings")
          const indexed =
            dockId === undefined
              ? intents.withIndex("by_org", (q) => q.eq("orgId", orgId))
              : intents.withIndex("by_dock", (q) => q.eq("dockId", dockId))
          const { page, ...rest } = await indexed.order("desc").paginate(atMost(LARGEST_PAGE, paginationOpts))
          const reports = page.map((intent) => reportOf(context, decode<Provisioning>(intent)))
          return { ...rest, page: (await Promise.all(reports)).map(sentReport) }
        }),
    }),
    /** What was done and by whom, the newest first. */
    auditLog: query({
      args: auditOperations.pageAudit.args,
      handler: (ctx, args) =>
        reads(ctx, args.orgId, "settings:read", async (_, db) => {
          const paginationOpts = atMost(LARGEST_PAGE, args.paginationOpts)
          const { page, ...rest } = await auditOperations.pageAudit.run(db, { ...args, paginationOpts })
          return { ...rest, page: page.map((entry) => decode<AuditEntry>(entry)) }
        }),
    }),
  }
}
