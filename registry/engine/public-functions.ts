import type { AuditEntry } from "../schema/audit-log.ts"
import type { ResourceRow, ResourceTableName } from "../schema/index.ts"
import { act } from "./action.ts"
import { fullReadingOf, readingOf } from "./areas.ts"
import type { Target } from "./audit.ts"
import { connectDock, disconnectDock, summaryOf } from "./connect.ts"
import { type Context, dockNamed, dockRows, findDock } from "./context.ts"
import { guard, type PublicFunction } from "./guard.ts"
import { unknownProvisioning } from "./intent.ts"
import { listProvisionings, outcomeOf, reportOf } from "./intent-report.ts"
import { exportKeys, importKeys, keyStatus, rotateKeys } from "./keys.ts"
import {
  createOrganization,
  listMembers,
  memberTarget,
  organizations,
  organizationsOf,
  removeMember,
  setMember,
} from "./members.ts"
import { findResource } from "./operations.ts"
import { checkTable, instantOf, limitOf } from "./page-request.ts"
import type { ProvisionReport } from "./provision-report.ts"
import { deprovision, provision, resume } from "./provisionings.ts"
import { listChanges } from "./read-changes.ts"
import { dockStatuses, listProviders, listRuns, setSyncInterval } from "./read-docks.ts"
import { resourceData, resourcePage, resourceView, tableCounts, tableOfRow } from "./read-rows.ts"
import type { AuditPage, AuditRequest } from "./reading.ts"
import { rehearse } from "./rehearsal.ts"
import { rotateCredential } from "./rotate-credential.ts"
import type { AuditLogFilter, OperatorFunctions, OrganizationFunctions, ResourceFilter } from "./stackdock.ts"
import { syncDocks } from "./sync-docks.ts"
import { whoami } from "./whoami.ts"

type Functions<All> = {
  readonly [Name in keyof All]: All[Name] extends (...args: never[]) => unknown
    ? PublicFunction<All[Name]>
    : never
}

/** What can be done in an organisation: each function with the permission that it needs. There is no other way to them. */
export const organizationFunctions: Functions<OrganizationFunctions> = {
  connect: {
    needs: "docks:full",
    target: (context, { name, provider }) => dockTarget(context, name ?? provider),
    run: connectDock,
    outcomes: ({ dockId }) => [{ target: { table: "docks", id: dockId } }],
  },
  listDocks: {
    needs: "docks:read",
    run: async (context) => (await dockRows(context)).map(summaryOf),
  },
  disconnect: {
    needs: "docks:full",
    target: (context, dock) => dockTarget(context, dock),
    run: async (context, dock, { removeRows = false } = {}) =>
      summaryOf(await disconnectDock(context, dock, removeRows)),
  },
  sync: {
    needs: "operations:full",
    target: async (context, { docks = [] } = {}) => {
      const [only, ...others] = docks
      return only === undefined || others.length > 0 ? undefined : dockTarget(context, only)
    },
    run: (context, request = {}) => syncDocks(context, request),
    outcomes: ({ docks }) =>
      docks.map(({ dockId, status, error }) => ({
        target: { table: "docks", id: dockId },
        errorCode: status === "succeeded" ? undefined : (error?.code ?? status),
      })),
  },
  resources: {
    needs: (table) => readingOf(table),
    streams: true,
    run: listResources,
  },
  provision: {
    needs: "provisioning:full",
    target: (context, { dock }) => dockTarget(context, dock),
    run: provision,
    outcomes: (report) => [outcomeOf(report)],
  },
  deprovision: {
    needs: "provisioning:full",
    target: (context, { resourceId }) => resourceTarget(context, resourceId),
    run: deprovision,
    outcomes: (report) => [outcomeOf(report)],
  },
  act: {
    needs: "operations:full",
    target: (context, { resourceId }) => resourceTarget(context, resourceId),
    run: act,
  },
  rehearse: {
    needs: "provisioning:read",
    run: rehearse,
  },
  provisionings: {
    needs: "provisioning:read",
    run: listProvisionings,
  },
  resume: {
    needs: "provisioning:full",
    target: async (context, { id } = {}) => (id === undefined ? undefined : provisioningTarget(context, id)),
    run: resume,
    outcomes: (reports) => reports.map(outcomeOf),
  },
  rotateCredential: {
    needs: "docks:full",
    target: (context, { dock }) => dockTarget(context, dock),
    run: rotateCredential,
  },
  listMembers: {
    needs: "settings:read",
    run: listMembers,
  },
  setMember: {
    needs: "settings:full",
    target: (context, { userId }) => memberTarget(context, userId),
    run: setMember,
    outcomes: ({ userId }) => [{ target: { table: "memberships", id: userId } }],
  },
  removeMember: {
    needs: "settings:full",
    target: memberTarget,
    run: removeMember,
  },
  auditLog: {
    needs: "settings:read",
    streams: true,
    run: listAuditLog,
  },
  whoami: {
    needs: "member:read",
    run: whoami,
  },
  resourcePage: {
    needs: ({ table }) => readingOf(table),
    run: resourcePage,
  },
  resource: {
    needs: (id) => readingOf(tableOfRow(id)),
    run: resourceView,
  },
  resourceData: {
    needs: (id) => fullReadingOf(tableOfRow(id)),
    isReading: true,
    run: resourceData,
  },
  counts: {
    needs: "resources:read",
    run: tableCounts,
  },
  changes: {
    needs: ({ table } = {}) => (table === undefined ? "resources:read" : readingOf(table)),
    run: listChanges,
  },
  runs: {
    needs: "docks:read",
    run: listRuns,
  },
  dockStatuses: {
    needs: "docks:read",
    run: dockStatuses,
  },
  // Whoever may see a row of a provider sees its name and its look: they stand beside the row.
  providers: {
    needs: "member:read",
    run: listProviders,
  },
  provisioning: {
    needs: "provisioning:read",
    run: oneProvisioning,
  },
  auditPage: {
    needs: "settings:read",
    run: auditPage,
  },
  setSyncInterval: {
    needs: "docks:full",
    target: (context, { dock }) => dockTarget(context, dock),
    run: setSyncInterval,
  },
}

/** What concerns the whole installation. No membership gives it. */
export const operatorFunctions: Functions<OperatorFunctions> = {
  createOrganization: {
    needs: "operator:full",
    run: createOrganization,
    outcomes: ({ id }) => [{ target: { table: "organizations", id } }],
  },
  organizations: {
    needs: "operator:read",
    run: organizations,
  },
  organizationsOf: {
    needs: "operator:read",
    run: organizationsOf,
  },
  keyStatus: {
    needs: "operator:read",
    run: keyStatus,
  },
  rotateKeys: {
    needs: "operator:full",
    run: rotateKeys,
    outcomes: ({ failures }) => [
      { target: undefined },
      ...failures.map(({ dockId, error }) => ({
        target: { table: "docks", id: dockId } as const,
        errorCode: error.code,
      })),
    ],
  },
  exportKeys: {
    needs: "operator:full",
    run: exportKeys,
  },
  importKeys: {
    needs: "operator:full",
    run: importKeys,
  },
}

/** The functions as one principal can call them. */
export function bind<All>(context: Context, functions: Functions<All>): All {
  const bound = Object.entries<Parameters<typeof guard>[2]>(functions as never).map(([name, definition]) => [
    name,
    guard(context, name, definition),
  ])
  // `Functions<All>` has made sure that each `run` takes and gives what the function of that name does.
  return Object.fromEntries(bound) as All
}

async function* listResources<Name extends ResourceTableName>(
  context: Context,
  table: Name,
  { dock, ...filter }: ResourceFilter = {},
): AsyncIterable<ResourceRow<Name>> {
  checkTable(table)
  const dockId = dock === undefined ? undefined : (await findDock(context, dock)).id
  const store = await context.store()
  yield* store.rows.list(table, { ...filter, dockId, orgId: context.orgId })
}

async function oneProvisioning(context: Context, id: string): Promise<ProvisionReport> {
  const { provisionings } = await context.store()
  const intent = await provisionings.get(context.orgId, { id })
  if (!intent) throw unknownProvisioning(id)
  return await reportOf(context, intent)
}

async function auditPage(context: Context, request: AuditRequest = {}): Promise<AuditPage> {
  const { audit } = await context.store()
  const limit = limitOf(request.limit, 100, 500)
  const entries = await audit.page({
    ...request,
    since: instantOf(request.since, "since"),
    until: instantOf(request.until, "until"),
    orgId: context.orgId,
    limit: limit + 1,
  })
  const page = entries.slice(0, limit)
  return { entries: page, next: entries.length > limit ? (page.at(-1)?.id ?? null) : null }
}

async function* listAuditLog(context: Context, filter: AuditLogFilter = {}): AsyncIterable<AuditEntry> {
  const store = await context.store()
  yield* store.audit.list({ ...filter, orgId: context.orgId })
}

async function provisioningTarget(context: Context, id: string): Promise<Target> {
  const { provisionings } = await context.store()
  return { table: "provisionings", id: (await provisionings.get(context.orgId, { id }))?.id ?? null }
}

async function resourceTarget(context: Context, resourceId: string): Promise<Target> {
  const { table, row } = await findResource(context, resourceId)
  return { table, id: row.id }
}

async function dockTarget(context: Context, idOrName: string): Promise<Target> {
  return { table: "docks", id: dockNamed(await dockRows(context), idOrName)?.id ?? null }
}
