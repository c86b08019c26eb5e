import { isResourceTable } from "../schema/index.ts"
import type { Provisioning } from "../schema/provisionings.ts"
import type { Outcome } from "./audit.ts"
import { type Context, findDock } from "./context.ts"
import { NEEDS_DECISION } from "./intent.ts"
import type { ProvisioningsFilter, ProvisionReport } from "./provision-report.ts"

export async function listProvisionings(
  context: Context,
  { dock, unfinished, limit }: ProvisioningsFilter = {},
): Promise<ProvisionReport[]> {
  const dockId = dock === undefined ? undefined : (await findDock(context, dock)).id
  const store = await context.store()
  const intents = await store.provisionings.list(context.orgId, { dockId, unfinished, limit })
  return await Promise.all(intents.map((intent) => reportOf(context, intent)))
}

export function isUnfinished({ state }: Pick<Provisioning, "state">): boolean {
  return state === "provisioning" || state === "deprovisioning"
}

/** What the audit log says of it. */
export function outcomeOf({ id, error }: ProvisionReport): Outcome {
  return { target: { table: "provisionings", id }, errorCode: error?.code }
}

export async function reportOf(context: Context, intent: Provisioning): Promise<ProvisionReport> {
  const { id, operation, dockId, kind, state, input, steps, providerResourceId, errorCode, errorMessage } =
    intent
  const { requestedBy, idempotencyKey, createdAt, updatedAt, finishedAt } = intent
  const store = await context.store()
  const dock = await store.docks.get(context.orgId, dockId)
  const { tableName: table } = intent
  const key = { orgId: context.orgId, dockId, providerResourceId: providerResourceId ?? "" }
  const row = isResourceTable(table) ? await store.rows.find(table, key) : undefined
  const needsDecision = isUnfinished(intent) && errorCode === NEEDS_DECISION
  const suggestion = needsDecision
    ? `Look at the provider, then type: npx stackdock provisionings ${id} with --adopt <its id>, --retry or --abandon`
    : isUnfinished(intent)
      ? `To go on, type: npx stackdock provisionings ${id} --resume`
      : undefined
  return {
    id,
    operation,
    dockId,
    provider: dock?.provider ?? "",
    kind,
    table,
    state,
    input,
    steps: steps.map(({ name, outcome, id, error }) => ({ name, outcome, id, error })),
    resourceId: row?.id ?? null,
    providerResourceId,
    error: errorCode === null ? null : { code: errorCode, message: errorMessage ?? "", suggestion },
    needsDecision,
    requestedBy,
    idempotencyKey,
    createdAt,
    updatedAt,
    finishedAt,
    shows: [],
  }
}
