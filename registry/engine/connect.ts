import type { Account, AnyDock } from "../core/dock.ts"
import type { DockRow } from "../schema/docks.ts"
import { type Context, connectApi, dockRows, findDefinition, findDock } from "./context.ts"
import { readCredentials, sealableCredentials } from "./credentials.ts"
import { StackdockError } from "./errors.ts"
import { StoreError } from "./ports.ts"
import type { ConnectedDock, ConnectRequest, DockSummary } from "./stackdock.ts"
import { storeSealed } from "./stored-credential.ts"

/** Nothing is stored before the provider has accepted the credential. */
export async function connectDock(context: Context, request: ConnectRequest): Promise<ConnectedDock> {
  const definition = findDefinition(context, request.provider)
  const credentials = readCredentials(definition, request.credentials)
  const name = request.name ?? definition.provider
  const rows = await dockRows(context)
  const former = rows.find((row) => row.name === name)
  if (former) checkReusable(former, definition)

  const dockId = former?.id ?? crypto.randomUUID()
  const account =
    request.verify === false ? null : await verify(context, definition, credentials, dockId, request)
  if (former) checkSameAccount(former, account)

  const store = await context.store()
  await context.vault.prepare({ encryptedRowsExist: await store.docks.hasCredentials() })
  const owner = { orgId: context.orgId, dockId }
  const now = new Date().toISOString()
  const known = account ? { accountId: account.id, accountName: account.name } : {}
  await storeSealed(context, owner, sealableCredentials(request.credentials), async (credentials, before) => {
    const changes = { credentials, status: "connected", lastError: null, updatedAt: now, ...known } as const
    const isThere = former !== undefined || before !== undefined
    if (isThere) await store.docks.update(context.orgId, dockId, changes)
    else await insert(context, { ...newRow(owner, definition.provider, name, now), ...changes })
  })

  const sameAccount = (row: DockRow) =>
    row.id !== dockId &&
    row.provider === definition.provider &&
    row.credentials !== null &&
    row.accountId === account?.id
  return {
    dockId,
    provider: definition.provider,
    name,
    account,
    sameAccountAs: rows.filter(sameAccount).map((row) => row.name),
  }
}

export async function disconnectDock(context: Context, dock: string, removeRows: boolean): Promise<DockRow> {
  const row = await findDock(context, dock)
  const store = await context.store()
  if (removeRows) {
    await store.docks.remove(context.orgId, row.id)
    return row
  }
  const changes = { credentials: null, status: "disconnected", updatedAt: new Date().toISOString() } as const
  await store.docks.update(context.orgId, row.id, changes)
  return { ...row, ...changes }
}

/** Without what nobody needs to see. */
export function summaryOf(row: DockRow): DockSummary {
  const { credentials: _, leaseHolder: _holder, leaseExpiresAt: _until, ...summary } = row
  return summary
}

export function verify(
  context: Context,
  definition: AnyDock,
  credentials: unknown,
  dockId: string,
  { signal }: { signal?: AbortSignal | undefined },
): Promise<Account> {
  const budget = context.budget(dockId, definition)
  const meter = { requests: 0, waitedMs: 0 }
  return definition.verify(connectApi(definition, credentials, { budget, meter, signal }))
}

/** A name is free, or that of a disconnected dock of the same provider. */
function checkReusable(former: DockRow, definition: AnyDock): void {
  if (former.provider === definition.provider && former.credentials === null) return
  throw nameTaken(
    former.name,
    former.provider === definition.provider
      ? `For another account, choose another name. For a new credential, disconnect "${former.name}" first; its rows stay.`
      : "Choose another name.",
  )
}

/** Under another account's credential, the next sync would take all rows of the former one for deleted. */
function checkSameAccount(former: DockRow, account: Account | null): void {
  if (!account || former.accountId === null || former.accountId === account.id) return
  throw nameTaken(
    former.name,
    "It has the rows of another account. Choose another name, or remove those rows.",
  )
}

async function insert(context: Context, row: DockRow): Promise<void> {
  const store = await context.store()
  try {
    await store.docks.insert(row)
  } catch (error) {
    if (error instanceof StoreError && error.code === "conflict")
      throw nameTaken(row.name, "Choose another name.")
    throw error
  }
}

function nameTaken(name: string, suggestion: string): StackdockError {
  return new StackdockError("name_taken", `A dock is already called "${name}".`, suggestion)
}

function newRow(
  owner: { orgId: string; dockId: string },
  provider: string,
  name: string,
  now: string,
): DockRow {
  return {
    id: owner.dockId,
    orgId: owner.orgId,
    provider,
    name,
    accountId: null,
    accountName: null,
    status: "connected",
    credentials: null,
    lastError: null,
    lastSyncedAt: null,
    syncIntervalMinutes: null,
    leaseHolder: null,
    leaseExpiresAt: null,
    createdAt: now,
    updatedAt: now,
  }
}
