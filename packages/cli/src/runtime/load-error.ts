import { dirname, join, relative, sep } from "node:path"
import { CliError } from "../framework/error.ts"
import { detectProject } from "../project/detect.ts"
import { installCommand } from "../project/install.ts"

/** Says what kept the user's `stackdock.ts` from loading. */
export async function loadError(error: unknown, dir: string, entry: string): Promise<CliError> {
  const missing = missingModule(error)
  if (missing && isPackage(missing.specifier)) {
    return new CliError({
      code: "missing_package",
      message: `The package ${packageName(missing.specifier)} is not installed.`,
      hint: installCommand(await detectProject(dir)),
      cause: error,
    })
  }
  if (missing) {
    const path = join(dirname(missing.importer ?? join(dir, entry)), missing.specifier)
    return new CliError({
      code: "missing_file",
      message: `A file is missing from the project: ${relative(dir, path)}`,
      hint: "npx stackdock doctor",
      cause: error,
    })
  }
  const what = error instanceof Error ? error.message : String(error)
  const firstLine = (what.split("\n")[0] ?? "").trim().replaceAll(dir + sep, "")
  return new CliError({
    code: "entry_failed",
    message: `${placeOf(error, dir) ?? entry}: ${firstLine}`,
    hint: "Your docks are loaded from your own files; mend that place and try again.",
    cause: error,
  })
}

function missingModule(error: unknown): { specifier: string; importer: string | undefined } | undefined {
  if (!(error instanceof Error && "code" in error)) return undefined
  if (error.code !== "MODULE_NOT_FOUND" && error.code !== "ERR_MODULE_NOT_FOUND") return undefined
  const specifier = /Cannot find (?:module|package) '([^']+)'/.exec(error.message)?.[1]
  const importer = /^- (.+)$/m.exec(error.message)?.[1]
  return specifier === undefined ? undefined : { specifier, importer }
}

function isPackage(specifier: string): boolean {
  return !/^(?:\.|\/|[A-Za-z]:|file:)/.test(specifier)
}

function packageName(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/")
}

/**
 * `src/stackdock/stackdock.ts:3`: the first place in the user's own files that a parser or the stack names. Without the
 * column, which in a stack is that of the code as it was transformed.
 */
function placeOf(error: unknown, dir: string): string | undefined {
  const text = error instanceof Error ? (error.stack ?? error.message) : ""
  for (const part of text.split(dir + sep).slice(1)) {
    const place = /^[^\n:()]+\.[cm]?[jt]sx?:\d+/.exec(part)?.[0]
    if (place && !place.startsWith("node_modules")) return place
  }
  return undefined
}
