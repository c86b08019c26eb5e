import { contentHash } from "../core/content-hash.ts"
import type { DockRow } from "../schema/docks.ts"
import type { Provisioning } from "../schema/provisionings.ts"
import { record } from "./audit.ts"
import { principalName } from "./authority.ts"
import { type Context, findDefinition, findDock } from "./context.ts"
import { proceedDeprovision } from "./deprovision.ts"
import { StackdockError } from "./errors.ts"
import { type IntentWork, LEASE_MS, NEEDS_DECISION, underLease, unknownProvisioning } from "./intent.ts"
import { isUnfinished, reportOf } from "./intent-report.ts"
import { openApi } from "./open-api.ts"
import { type OperationInput, readInput, readKeptInput } from "./operation-input.ts"
import { findKind, findResource, kindOfRow } from "./operations.ts"
import { proceedProvision } from "./provision.ts"
import type {
  Decision,
  DeprovisionRequest,
  ProvisionReport,
  ProvisionRequest,
  ResumeRequest,
} from "./provision-report.ts"
import { reportedError } from "./reported-error.ts"

type Manner = Pick<ResumeRequest, "wait" | "signal" | "onProgress">

/** Makes something at a provider, or goes on with the same request where an earlier run did not finish it. */
export async function provision(context: Context, request: ProvisionRequest): Promise<ProvisionReport> {
  const dock = await findDock(context, request.dock)
  const definition = findDefinition(context, dock.provider)
  const kind = findKind(definition, request.kind)
  const help = `See what it takes: npx stackdock provision ${dock.name} ${request.kind} --help`
  const input = readInput(kind.input, request.input, help)

  const former = await formerIntent(context, dock, request, input)
  if (former) {
    return isUnfinished(former)
      ? await proceed(context, former, request, { input })
      : await reportOf(context, former)
  }
  await resumeAbandoned(context, dock)
  const fresh = newIntent(context, dock, {
    operation: "provision",
    kind: request.kind,
    tableName: kind.table,
    state: "provisioning",
    idempotencyKey: request.idempotencyKey ?? crypto.randomUUID(),
    input: input.kept,
    withheld: input.withheld.map((path) => [...path]),
  })
  return await begin(context, dock, fresh, request, input)
}

/** Removes something at its provider, whether it was made or found. */
export async function deprovision(context: Context, request: DeprovisionRequest): Promise<ProvisionReport> {
  const { table, row } = await findResource(context, request.resourceId)
  if (row.deletedAt !== null) {
    throw new StackdockError(
      "not_possible",
      `"${row.name}" is gone since ${row.deletedAt}.`,
      "There is nothing to remove.",
    )
  }
  const dock = await findDock(context, row.dockId)
  const { kind } = kindOfRow(findDefinition(context, dock.provider), table, row)
  const store = await context.store()
  const unfinished = await store.provisionings.list(context.orgId, { dockId: dock.id, unfinished: true })
  const former = unfinished.find(
    ({ operation, tableName, providerResourceId }) =>
      operation === "deprovision" && tableName === table && providerResourceId === row.providerResourceId,
  )
  if (former) return await proceed(context, former, request)
  await resumeAbandoned(context, dock)
  const fresh = newIntent(context, dock, {
    operation: "deprovision",
    kind,
    tableName: table,
    state: "deprovisioning",
    idempotencyKey: crypto.randomUUID(),
    providerResourceId: row.providerResourceId,
  })
  return await begin(context, dock, fresh, request)
}

/** Goes on with what earlier runs did not finish. Of many, one that cannot go on does not stop the others. */
export async function resume(context: Context, request: ResumeRequest = {}): Promise<ProvisionReport[]> {
  const store = await context.store()
  const { id, decision } = request
  if (id !== undefined) {
    const intent = await store.provisionings.get(context.orgId, { id })
    if (!intent) throw unknownProvisioning(id)
    checkDecision(intent, decision)
    const hasWork = isUnfinished(intent) || decision !== undefined
    return [hasWork ? await proceed(context, intent, request, { decision }) : await reportOf(context, intent)]
  }
  const reports: ProvisionReport[] = []
  for (const intent of (await store.provisionings.list(context.orgId, { unfinished: true })).reverse()) {
    reports.push(
      await proceed(context, intent, request).catch(async (error: unknown) => ({
        ...(await reportOf(context, intent)),
        error: reportedError(error),
      })),
    )
  }
  return reports
}

/** What a process that is gone has left, before something new is begun. Its outcome is on its own record. */
async function resumeAbandoned(context: Context, dock: DockRow): Promise<void> {
  const store = await context.store()
  const now = new Date(context.clock.now()).toISOString()
  for (const intent of await store.provisionings.list(context.orgId, { dockId: dock.id, unfinished: true })) {
    const isFree = intent.leaseHolder === null || (intent.leaseExpiresAt ?? "") <= now
    if (isFree && intent.errorCode !== NEEDS_DECISION) await resumeQuietly(context, intent)
  }
}

/** Nobody has asked for it just now. */
async function resumeQuietly(context: Context, intent: Provisioning): Promise<void> {
  const system = asSystem(context)
  const target = { table: "provisionings", id: intent.id } as const
  const errorCode = await proceed(system, intent, {}).then(
    ({ error }) => error?.code,
    (error: unknown) => reportedError(error).code,
  )
  await record(system, "resume", [{ target, errorCode }])
}

function asSystem(context: Context): Context {
  return { ...context, principal: { kind: "system" } }
}

/** The intent of the same key; without a key, an unfinished one of the same request. */
async function formerIntent(
  context: Context,
  dock: DockRow,
  { kind, idempotencyKey }: ProvisionRequest,
  input: OperationInput,
): Promise<Provisioning | undefined> {
  const store = await context.store()
  const isSame = (intent: Provisioning) =>
    intent.operation === "provision" &&
    intent.dockId === dock.id &&
    intent.kind === kind &&
    contentHash([intent.input, intent.withheld]) === contentHash([input.kept, input.withheld])
  if (idempotencyKey === undefined) {
    const filter = { dockId: dock.id, unfinished: true }
    return (await store.provisionings.list(context.orgId, filter)).find(isSame)
  }
  const intent = await store.provisionings.get(context.orgId, { idempotencyKey })
  if (!intent || isSame(intent)) return intent
  throw new StackdockError(
    "not_possible",
    `The key "${idempotencyKey}" was used for another request.`,
    "Choose another key, or ask for the same as before.",
  )
}

/** The intent is in the store, in a transaction of its own, before the provider hears of it. */
async function begin(
  context: Context,
  dock: DockRow,
  fresh: Provisioning,
  manner: Manner,
  input?: OperationInput,
): Promise<ProvisionReport> {
  const store = await context.store()
  const definition = findDefinition(context, dock.provider)
  // A credential that cannot be opened shows before there is an intent.
  await openApi(context, dock, definition, {})
  await store.provisionings.insert(fresh)
  const holder = fresh.leaseHolder ?? undefined
  return await proceed(context, fresh, manner, { input, holder })
}

interface Start {
  /** What was asked for; read from the record where it is not given again. */
  input?: OperationInput | undefined
  decision?: Decision | undefined
  holder?: string | undefined
}

async function proceed(
  context: Context,
  row: Provisioning,
  manner: Manner,
  { input, decision, holder }: Start = {},
): Promise<ProvisionReport> {
  const store = await context.store()
  const dock = await findDock(context, row.dockId)
  const definition = findDefinition(context, dock.provider)
  const kind = findKind(definition, row.kind)
  const { wait, signal, onProgress } = manner
  const work: IntentWork = {
    store,
    dock,
    definition,
    clock: context.clock,
    connect: (signal) => openApi(context, dock, definition, { signal }),
    wait,
    signal,
    onProgress,
    onInterrupted: () => {
      const target = { table: "provisionings", id: row.id } as const
      return record(asSystem(context), row.operation, [{ target, errorCode: "interrupted" }])
    },
  }
  const start = holder === undefined ? { isResumed: true } : { holder, isResumed: false }
  const intent = await underLease(work, row, start, (intent) =>
    row.operation === "provision"
      ? proceedProvision(
          intent,
          kind,
          input ?? readKeptInput(kind.input, intent.row.input, intent.row.withheld),
          decision,
        )
      : proceedDeprovision(intent, kind, decision),
  )
  return { ...(await reportOf(context, intent.row)), shows: intent.shows }
}

function checkDecision(intent: Provisioning, decision: Decision | undefined): void {
  if (!decision) return
  const isOpen = intent.steps.some(({ outcome }) => outcome === "started")
  const isLeft = intent.steps.some(({ outcome }) => outcome === "left")
  const fits = decision.kind === "abandon" ? isUnfinished(intent) || isLeft : isUnfinished(intent) && isOpen
  if (fits) return
  throw new StackdockError(
    "not_possible",
    `There is nothing to ${decision.kind} in this provisioning: it is ${intent.state}.`,
    `See how far it is: npx stackdock provisionings ${intent.id}`,
  )
}

/** Its writer has the lease from the start, so that nobody takes it for left behind. */
function newIntent(
  { orgId, principal, clock }: Context,
  dock: DockRow,
  own: Pick<Provisioning, "operation" | "kind" | "tableName" | "state" | "idempotencyKey"> &
    Partial<Provisioning>,
): Provisioning {
  const now = clock.now()
  const createdAt = new Date(now).toISOString()
  return {
    id: crypto.randomUUID(),
    orgId,
    dockId: dock.id,
    input: {},
    withheld: [],
    steps: [],
    isRollingBack: false,
    providerResourceId: null,
    errorCode: null,
    errorMessage: null,
    requestedBy: principalName(principal),
    leaseHolder: crypto.randomUUID(),
    leaseExpiresAt: new Date(now + LEASE_MS).toISOString(),
    createdAt,
    updatedAt: createdAt,
    finishedAt: null,
    ...own,
  }
}
