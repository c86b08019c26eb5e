import type { Secret } from "../core/secret.ts"
import type { Context } from "./context.ts"
import { type SealedCredential, VaultError } from "./ports.ts"
import { reportedError } from "./reported-error.ts"
import type { ReportedError } from "./stackdock.ts"

/** Credentials that are encrypted anew in one transaction. */
const BATCH = 100

export interface KeyStatus {
  /** `missing`: credentials need it, and it is not in the keyset. */
  keys: { id: string; state: "primary" | "older" | "missing"; credentials: number }[]
  /** Stored credentials that are no envelopes. */
  unreadable: number
}

export interface KeyRotation {
  primary: string
  /** An earlier rotation had been interrupted; no new key was made. */
  isContinued: boolean
  /** How many credentials were encrypted anew. */
  resealed: number
  /** Older keys that nothing needs any more: gone. */
  dropped: string[]
  /** The same, where the keyset cannot be changed from here: a person removes them. */
  removable: string[]
  /** Older keys that are still needed, because something failed. */
  kept: string[]
  failures: { orgId: string; dockId: string; error: ReportedError }[]
}

export async function keyStatus(context: Context): Promise<KeyStatus> {
  const held = await context.vault.keyIds()
  const counts = new Map<string, number>()
  let unreadable = 0
  for await (const batch of batches(context)) {
    for (const { envelope } of batch) {
      const id = keyIdOf(context, envelope)
      if (id === undefined) unreadable += 1
      else counts.set(id, (counts.get(id) ?? 0) + 1)
    }
  }
  const known = held ? [held.primary, ...held.older] : []
  const missing = [...counts.keys()].filter((id) => !known.includes(id))
  const stateOf = (id: string) =>
    id === held?.primary ? "primary" : known.includes(id) ? "older" : "missing"
  return {
    keys: [...known, ...missing].map((id) => ({ id, state: stateOf(id), credentials: counts.get(id) ?? 0 })),
    unreadable,
  }
}

/**
 * Makes a new primary key, encrypts every credential anew, and drops the older keys that nothing needs any more. An older key
 * that is still there tells that a rotation was interrupted: then this goes on with that one, and makes no other key.
 */
export async function rotateKeys(context: Context): Promise<KeyRotation> {
  const { vault } = context
  const store = await context.store()
  await vault.prepare({ encryptedRowsExist: await store.docks.hasCredentials() })
  const before = await vault.keyIds()
  const isContinued = before !== undefined && before.older.length > 0
  if (before && !isContinued) await vault.replacePrimary(before.primary)
  // Only these can be dropped. One that another process makes an older one from here on is not ours to judge.
  const older = (await vault.keyIds())?.older ?? []

  let resealed = 0
  let pass = await resealAll(context)
  // The last pass finds nothing to do: it is the proof that what it did not see in use can go.
  for (; pass.tried > 0; pass = await resealAll(context)) resealed += pass.resealed

  const unneeded = older.filter((id) => !pass.keysInUse.has(id))
  const isDropped = unneeded.length === 0 || (await dropIfPossible(context, unneeded))
  return {
    primary: pass.primary,
    isContinued,
    resealed,
    dropped: isDropped ? unneeded : [],
    removable: isDropped ? [] : unneeded,
    kept: older.filter((id) => pass.keysInUse.has(id)),
    failures: pass.failures,
  }
}

export function exportKeys({ vault }: Context, { withNewPrimary = false } = {}): Promise<Secret> {
  return vault.exportKeys({ withNewPrimary })
}

export async function importKeys({ vault }: Context, keyset: Secret): Promise<{ added: string[] }> {
  return { added: await vault.importKeys(keyset) }
}

interface Pass {
  primary: string
  /** Credentials that could be opened and were under another key. */
  tried: number
  resealed: number
  keysInUse: ReadonlySet<string>
  failures: { orgId: string; dockId: string; error: ReportedError }[]
}

async function resealAll(context: Context): Promise<Pass> {
  const store = await context.store()
  const primary = (await context.vault.keyIds())?.primary ?? ""
  const keysInUse = new Set<string>()
  const pass: Pass = { primary, tried: 0, resealed: 0, keysInUse, failures: [] }
  for await (const batch of batches(context)) {
    const changes: { sealed: SealedCredential; envelope: string }[] = []
    for (const sealed of batch) {
      const keyId = keyIdOf(context, sealed.envelope)
      if (keyId !== undefined) keysInUse.add(keyId)
      if (keyId === primary) continue
      try {
        const envelope = await resealed(context, sealed)
        changes.push({ sealed, envelope })
      } catch (error) {
        const { orgId, dockId } = sealed
        pass.failures.push({ orgId, dockId, error: reportedError(error) })
      }
    }
    pass.tried += changes.length
    pass.resealed += await store.docks.reseal(changes)
  }
  return pass
}

async function resealed({ vault }: Context, { orgId, dockId, envelope }: SealedCredential): Promise<string> {
  const owner = { orgId, dockId }
  return await vault.seal(await vault.open(envelope, owner), owner)
}

async function* batches(context: Context): AsyncGenerator<SealedCredential[]> {
  const store = await context.store()
  let after: string | undefined
  for (;;) {
    const batch = await store.docks.sealed({ after, limit: BATCH })
    yield batch
    if (batch.length < BATCH) return
    after = batch.at(-1)?.dockId
  }
}

/** False where keys are kept out of reach: there, a person removes them. */
async function dropIfPossible({ vault }: Context, keyIds: readonly string[]): Promise<boolean> {
  try {
    await vault.drop(keyIds)
    return true
  } catch (error) {
    if (error instanceof VaultError && error.code === "read_only_keyset") return false
    throw error
  }
}

/** Undefined for what is no envelope. */
function keyIdOf({ vault }: Context, envelope: string): string | undefined {
  try {
    return vault.keyIdOf(envelope)
  } catch {
    return undefined
  }
}
