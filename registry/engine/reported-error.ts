import { DockError } from "../core/errors.ts"
import { StackdockError } from "./errors.ts"
import { StoreError, VaultError } from "./ports.ts"
import type { ReportedError } from "./stackdock.ts"

/** What a report may say of a failure. Only errors known to be free of secrets speak in their own words. */
export function reportedError(error: unknown): ReportedError {
  if (error instanceof DockError) {
    const { code, message, endpoint, requestId, retryAfterMs, suggestion } = error
    return { code, message, endpoint, requestId, retryAfterMs, suggestion }
  }
  if (error instanceof VaultError || error instanceof StackdockError) {
    return { code: error.code, message: error.message, suggestion: error.suggestion }
  }
  if (error instanceof StoreError) return { code: error.code, message: error.message }
  return {
    code: "unexpected",
    message: `The dock's code failed: ${describe(error)}`,
    suggestion: "The dock's contract tests show where.",
  }
}

/** Messages of these two are written by the JavaScript engine; those of other errors can quote what a provider sent. */
export function describe(error: unknown): string {
  if (error instanceof TypeError || error instanceof ReferenceError) return `${error.name}: ${error.message}`
  return error instanceof Error ? error.name : "something that is not an Error was thrown"
}
