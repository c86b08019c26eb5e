import type { Account } from "../../core/dock.ts"
import { DockError } from "../../core/errors.ts"
import type { CloudflareApi } from "./api/index.ts"
import { accountsOf, zonesOf } from "./sync/places.ts"

/**
 * Whose credential it is. `/user/tokens/verify` knows neither keys nor the tokens of accounts, so the accounts are asked for. A
 * token may have permissions on zones alone and see none; then it is one of the zones that tells.
 */
export async function verify(api: CloudflareApi): Promise<Account> {
  let refusal: unknown
  try {
    for await (const [first, ...others] of accountsOf(api)) {
      if (first) return { id: first.id, name: others.length > 0 ? `${first.name} and others` : first.name }
    }
  } catch (error) {
    if (!(error instanceof DockError) || error.code !== "forbidden") throw error
    refusal = error
  }
  try {
    for await (const [zone] of zonesOf(api)) {
      if (zone) return { id: zone.account ?? zone.id, name: zone.name ?? zone.id }
    }
  } catch (error) {
    if (!(error instanceof DockError) || error.code !== "forbidden") throw error
  }
  throw refusal
}
