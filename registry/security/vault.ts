import { type Vault, VaultError } from "../engine/ports.ts"
import { open, seal } from "./envelope.ts"
import type { Keyset } from "./keyset.ts"

/** Where a keyset is kept. */
export interface KeysetSource {
  /** Undefined while there is none. */
  load(): Promise<Keyset | undefined>
  /** Makes the first keyset. When another process was quicker, that one counts. */
  create(): Promise<void>
  /** How to get a missing keyset back, as one sentence. */
  readonly howToRestore: string
}

/** The keyset is loaded for every use: credentials are opened a few times per sync, and a rotated key counts at once. */
export function createVault(source: KeysetSource): Vault {
  async function loaded(): Promise<Keyset> {
    const keyset = await source.load()
    if (keyset) return keyset
    throw new VaultError(
      "missing_key",
      "The key that encrypts your credentials is missing.",
      source.howToRestore,
    )
  }

  return {
    async prepare({ encryptedRowsExist }) {
      if (await source.load()) return
      // A new key could never open what the lost one sealed, and would hide that it is lost.
      if (encryptedRowsExist) await loaded()
      await source.create()
    },
    async seal(plaintext, owner) {
      return seal(await loaded(), plaintext, owner)
    },
    async open(envelope, owner) {
      return open(await loaded(), envelope, owner)
    },
  }
}
