import type { DockError } from "./errors.ts"

/** Whether the same request may go well the next time. A plan's limit, for one, will not. */
export function isWorthRepeating(failure: DockError): boolean {
  switch (failure.code) {
    case "rate_limited":
    case "timeout":
    case "network":
      return true
    case "provider_error":
      return failure.status !== undefined && failure.status >= 500 && failure.status !== 501
    default:
      return false
  }
}

const FIRST_MS = 500
const LONGEST_MS = 30_000

/** Twice as long each time, and never all clients at the same moment. */
export function backOffMs(attempt: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1))
  return Math.round(full * (0.5 + Math.random() / 2))
}
