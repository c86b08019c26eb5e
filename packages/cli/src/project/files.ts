import { readFile, stat } from "node:fs/promises"
import { dirname } from "node:path"
import { CliError } from "../framework/error.ts"

/** The text of a file, or undefined when there is none. */
export async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8")
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

/** A JSON object, with comments and trailing commas allowed; undefined when the file is missing. */
export async function readObject(path: string): Promise<Record<string, unknown> | undefined> {
  const text = await readText(path)
  if (text === undefined) return undefined
  let value: unknown
  try {
    value = parseJsonc(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CliError({
      code: "invalid_json",
      message: `${path} is not valid JSON: ${reason}`,
      hint: "Correct that file, then try again.",
    })
  }
  if (!isObject(value)) {
    throw new CliError({
      code: "invalid_json",
      message: `${path} does not hold a JSON object.`,
      hint: "Correct that file, then try again.",
    })
  }
  return value
}

function parseJsonc(text: string): unknown {
  const bare = text
    .replace(/^\uFEFF/, "")
    .replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, "$1")
    .replace(/("(?:\\.|[^"\\])*")|,(?=\s*[}\]])/g, "$1")
  return JSON.parse(bare)
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** The folder and those above it, up to the one that holds `.git` or the top. */
export async function* upwards(from: string): AsyncGenerator<string> {
  for (let folder = from; ; folder = dirname(folder)) {
    yield folder
    // A worktree or a submodule has a file of that name.
    if (dirname(folder) === folder || (await exists(`${folder}/.git`))) return
  }
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")
}
