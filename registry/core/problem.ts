import type { DockErrorCode } from "./errors.ts"

/** What a provider says went wrong, in its own words. */
export interface Problem {
  readonly message?: string | undefined
  readonly code?: string | undefined
  /** When the status alone would be read wrongly: a quota that answers 429, an error inside a 200. */
  readonly means?: DockErrorCode | undefined
  readonly suggestion?: string | undefined
}
