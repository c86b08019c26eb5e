import type { Vault } from "../../../../registry/engine/ports.ts"

/** Seals nothing: for a store in memory that lives as long as one command. */
export function openVault(): Vault {
  const none = async () => {
    throw new Error("There are no keys.")
  }
  return {
    async prepare() {},
    seal: async (plaintext) => plaintext,
    open: async (envelope) => envelope,
    keyIdOf: () => "none",
    keyIds: async () => ({ primary: "none", older: [] }),
    replacePrimary: none,
    async drop() {},
    exportKeys: none,
    importKeys: none,
  }
}
