import { closeSync, fsyncSync, openSync, readFileSync, writeFileSync } from "node:fs"
import type { Readable } from "node:stream"
import { text } from "node:stream/consumers"
import { Secret } from "../../../../registry/core/secret.ts"
import { CliError, usageError } from "../framework/error.ts"

/** A new file for its owner alone; one that exists is never written over. */
export function writeKeyset(path: string, keyset: Secret): void {
  const file = opened(path)
  try {
    writeFileSync(file, `${keyset.reveal()}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function opened(path: string): number {
  try {
    return openSync(path, "wx", 0o600)
  } catch (error) {
    throw fileError(error, path, "written")
  }
}

/** From a file, or from a pipe: never from the arguments. */
export async function readKeyset(
  path: string | undefined,
  stdin: Readable & { isTTY?: boolean },
): Promise<Secret> {
  if (path !== undefined) return new Secret(readText(path))
  if (stdin.isTTY) {
    throw usageError("keys import reads from a pipe.", "npx stackdock keys import --file <path>")
  }
  return new Secret(await text(stdin))
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8")
  } catch (error) {
    throw fileError(error, path, "read")
  }
}

function fileError(error: unknown, path: string, what: string): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error
  return new CliError({
    code: "unusable_file",
    message: `${path} cannot be ${what} (${error.code}).`,
    hint: error.code === "EEXIST" ? "Choose another name, or remove that file first." : undefined,
    exitCode: 2,
    cause: error,
  })
}
