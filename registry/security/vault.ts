import { Secret } from "../core/secret.ts"
import { type Vault, VaultError } from "../engine/ports.ts"
import { keyIdOf, open, seal } from "./envelope.ts"
import { formatKeyset, generateKey, type Key, type Keyset, parseKeyset } from "./keyset.ts"

/** Where a keyset is kept. */
export interface KeysetSource {
  /** Undefined while there is none. */
  load(): Promise<Keyset | undefined>
  /** Makes the first keyset. When another process was quicker, that one counts. */
  create(): Promise<void>
  /** Replaces the keyset by what `change` makes of it, and lets no other process change it meanwhile. */
  update(change: (keyset: Keyset | undefined) => Promise<Keyset>): Promise<void>
  /** How to get a missing keyset back, as one sentence. */
  readonly howToRestore: string
}

/** The keyset is loaded for every use: credentials are opened a few times per sync, and a rotated key counts at once. */
export function createVault(source: KeysetSource): Vault {
  async function loaded(): Promise<Keyset> {
    return present(await source.load())
  }

  function present(keyset: Keyset | undefined): Keyset {
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
    keyIdOf,
    async keyIds() {
      const keyset = await source.load()
      return keyset && { primary: keyset.primary.id, older: keyset.older.map(({ id }) => id) }
    },
    async replacePrimary(primary) {
      await source.update(async (held) => {
        const keyset = present(held)
        return keyset.primary.id === primary ? withNewPrimary(keyset) : keyset
      })
    },
    async drop(keyIds) {
      await source.update(async (held) => {
        const { primary, older } = present(held)
        return { primary, older: older.filter(({ id }) => !keyIds.includes(id)) }
      })
    },
    async exportKeys(options) {
      const keyset = await loaded()
      return new Secret(formatKeyset(options.withNewPrimary ? await withNewPrimary(keyset) : keyset))
    },
    async importKeys(text) {
      const imported = await parseKeyset(text.reveal(), "What was given")
      let added: Key[] = []
      await source.update(async (held) => {
        const known = held ? [held.primary, ...held.older] : []
        added = [imported.primary, ...imported.older].filter(({ id }) => known.every((key) => key.id !== id))
        return held ? { ...held, older: [...held.older, ...added] } : imported
      })
      return added.map(({ id }) => id)
    },
  }
}

async function withNewPrimary({ primary, older }: Keyset): Promise<Keyset> {
  return { primary: await generateKey(), older: [primary, ...older] }
}
