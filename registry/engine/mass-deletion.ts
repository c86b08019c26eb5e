import { ACCOUNT_SCOPE } from "../core/resource.ts"
import type { ScopeReport } from "./stackdock.ts"

const SHARE = 0.3
const AT_LEAST = 20

/** Whether so many rows would vanish at once that a mistake at the provider is likelier than the truth. */
export function isMassDeletion(missing: number, of: number): boolean {
  return missing >= AT_LEAST && missing > of * SHARE
}

/** For the record of the run: whoever decides may come hours later. Null where nothing was stopped. */
export function massDeletionWords(scopes: readonly ScopeReport[]): string | null {
  const [first, ...others] = scopes.filter(({ massDeletion }) => massDeletion)
  if (!first?.massDeletion) return null
  const { table, scope, massDeletion } = first
  const { missing, of } = massDeletion
  const where = scope === ACCOUNT_SCOPE ? table : `${table} (${scope})`
  const more = others.length > 0 ? `, and so it is in ${others.length} more` : ""
  return `The listing of ${where} lacks ${missing} of ${of} rows${more}. They were kept.`
}
