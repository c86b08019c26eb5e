import type { Stackdock } from "../../../../registry/engine/stackdock.ts"
import { CliError, type FailureCode } from "../framework/error.ts"
import { didYouMean } from "../framework/nearest.ts"
import { printable } from "./format.ts"
import { loadStackdock } from "./load-project.ts"

/** Loads the project, works with it and closes it; what its own errors say becomes what the command says. */
export async function withStackdock<T>(cwd: string, work: (stackdock: Stackdock) => Promise<T>): Promise<T> {
  const stackdock = await loadStackdock(cwd)
  try {
    return await work(stackdock)
  } catch (error) {
    throw asCliError(error)
  } finally {
    await stackdock.close()
  }
}

/** The user's copy has its own error classes, so they are known by name. */
const ownErrors = new Set(["DockError", "StackdockError", "StoreError", "VaultError"])
/** Typed wrongly, rather than gone wrong. */
const wrongUsage = new Set([
  "invalid_credentials",
  "invalid_input",
  "unknown_provider",
  "unknown_dock",
  "unknown_kind",
  "unknown_action",
  "unknown_resource",
  "unknown_provisioning",
  "name_taken",
])

export function asCliError(error: unknown): unknown {
  if (!(error instanceof Error) || !ownErrors.has(error.name) || !("code" in error)) return error
  const code = String(error.code)
  const hint =
    "suggestion" in error && typeof error.suggestion === "string" ? printable(error.suggestion) : undefined
  const exitCode: FailureCode = wrongUsage.has(code) ? 2 : 1
  return new CliError({ code, message: printable(error.message), hint, exitCode, cause: error })
}

/** A table's name as it was typed, or an error with the nearest ones. */
export function tableNamed(stackdock: Stackdock, typed: string): Stackdock["tables"][number] {
  const found = stackdock.tables.find((table) => table === typed)
  if (found) return found
  throw new CliError({
    code: "unknown_table",
    message: `There is no table "${typed}".`,
    hint: didYouMean(typed, stackdock.tables) ?? `The tables are ${stackdock.tables.join(", ")}.`,
    exitCode: 2,
  })
}
