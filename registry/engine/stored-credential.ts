import type { DockRow } from "../schema/docks.ts"
import type { Context } from "./context.ts"
import { StackdockError } from "./errors.ts"
import { type Owner, VaultError } from "./ports.ts"

/**
 * Encrypts a credential and stores it so that no rotation of keys overlooks it. If its key is still the primary one after it
 * was stored, a rotation that begins later will find it. If not, one may have looked before it was there: it is encrypted anew.
 */
export async function storeSealed(
  { vault }: Context,
  owner: Owner,
  text: string,
  write: (envelope: string, before: string | undefined) => Promise<void>,
): Promise<void> {
  let before: string | undefined
  for (;;) {
    const envelope = await vault.seal(text, owner)
    await write(envelope, before)
    if ((await vault.keyIds())?.primary === vault.keyIdOf(envelope)) return
    before = envelope
  }
}

/** Opens the credential that is stored now: what was read a while ago may be under a key that was dropped since. */
export async function openStored(context: Context, dock: DockRow): Promise<string> {
  const envelope = await storedEnvelope(context, dock)
  const owner = { orgId: dock.orgId, dockId: dock.id }
  try {
    return await context.vault.open(envelope, owner)
  } catch (error) {
    if (!(error instanceof VaultError) || error.code !== "unknown_key") throw error
    const now = await storedEnvelope(context, dock)
    if (now === envelope) throw error
    return await context.vault.open(now, owner)
  }
}

async function storedEnvelope(context: Context, dock: DockRow): Promise<string> {
  const store = await context.store()
  const envelope = (await store.docks.get(dock.orgId, dock.id))?.credentials
  if (envelope) return envelope
  throw disconnected(dock)
}

export function disconnected({ provider, name }: DockRow): StackdockError {
  const command = `npx stackdock connect ${provider}${name === provider ? "" : ` --name ${name}`}`
  return new StackdockError("disconnected", `"${name}" is disconnected.`, `Type: ${command}`)
}
