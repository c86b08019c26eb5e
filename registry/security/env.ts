import { type Vault, VaultError } from "../engine/ports.ts"
import { parseKeyset } from "./keyset.ts"
import { createVault } from "./vault.ts"

/**
 * For servers: `environmentVault(process.env.STACKDOCK_KEYS)`. The variable holds what a key file holds, and is never
 * made by itself: a server that invents a key loses it with the next deployment.
 */
export function environmentVault(value: string | undefined, name = "STACKDOCK_KEYS"): Vault {
  const howToRestore = `Set ${name} to the content of the key file (.stackdock/key in an embedded project).`
  return createVault({
    howToRestore,
    async load() {
      return value ? parseKeyset(value, name) : undefined
    },
    async create() {
      throw new VaultError("missing_key", `The environment variable ${name} is empty.`, howToRestore)
    },
    async update() {
      throw new VaultError(
        "read_only_keyset",
        `The keys are in the environment variable ${name}, which cannot be changed from here.`,
        `Set ${name} to what this prints, deploy it, and rotate again: npx stackdock keys export --new-primary`,
      )
    },
  })
}
