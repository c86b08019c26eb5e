import type { Account, AnyDock } from "../core/dock.ts"
import type { DockRow } from "../schema/docks.ts"
import { summaryOf, verify } from "./connect.ts"
import { type Context, findDefinition, findDock } from "./context.ts"
import { openedCredentials, readCredentials, sealableCredentials, withOpenFields } from "./credentials.ts"
import { StackdockError } from "./errors.ts"
import type { DockSummary, RotateCredentialRequest } from "./stackdock.ts"
import { disconnected, openStored, storeSealed } from "./stored-credential.ts"

/** The old credential stays until the provider has accepted the new one, and said that it is of the same account. */
export async function rotateCredential(
  context: Context,
  request: RotateCredentialRequest,
): Promise<DockSummary> {
  const dock = await findDock(context, request.dock)
  if (dock.credentials === null) throw disconnected(dock)
  const definition = findDefinition(context, dock.provider)
  const stored = await openStored(context, dock)
  const given = withOpenFields(definition, stored, request.credentials)
  const account = await verify(context, definition, readCredentials(definition, given), dock.id, request)
  const expected = dock.accountId ?? (await accountOf(context, definition, dock, stored, request.signal))
  if (expected !== account.id) throw otherAccount(dock)

  const store = await context.store()
  const owner = { orgId: dock.orgId, dockId: dock.id }
  await storeSealed(context, owner, sealableCredentials(given), (envelope) =>
    replaceEnvelope(context, dock, envelope),
  )
  const changes = {
    accountId: account.id,
    accountName: account.name,
    status: "connected",
    lastError: null,
    updatedAt: new Date().toISOString(),
  } as const
  await store.docks.update(dock.orgId, dock.id, changes)
  return summaryOf({ ...dock, ...changes })
}

/** Whoever disconnects the dock meanwhile means it: that is not undone. */
async function replaceEnvelope(context: Context, dock: DockRow, envelope: string): Promise<void> {
  const store = await context.store()
  for (;;) {
    const before = (await store.docks.get(dock.orgId, dock.id))?.credentials
    if (!before) throw disconnected(dock)
    const sealed = { orgId: dock.orgId, dockId: dock.id, envelope: before }
    if ((await store.docks.reseal([{ sealed, envelope }])) > 0) return
  }
}

/** It was connected without asking: then the old credential is asked now. */
async function accountOf(
  context: Context,
  definition: AnyDock,
  dock: DockRow,
  stored: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  let account: Account
  try {
    account = await verify(context, definition, openedCredentials(definition, stored), dock.id, { signal })
  } catch {
    throw new StackdockError(
      "other_account",
      `Which account "${dock.name}" belongs to was never asked, and its credential does not work any more.`,
      `If you know that it is the same, type: npx stackdock disconnect ${dock.name}; then connect it again.`,
    )
  }
  return account.id
}

function otherAccount({ name }: DockRow): StackdockError {
  return new StackdockError(
    "other_account",
    `The new credential is of another account than "${name}", whose rows would be taken for deleted.`,
    "Connect that account under another name: npx stackdock connect <provider> --name <name>",
  )
}
