import { relative } from "node:path"
import { CliError } from "../framework/error.ts"
import { detectProject } from "../project/detect.ts"
import { installCommand } from "../project/install.ts"

/** Says what kept the user's `stackdock.ts` from loading. */
export async function loadError(error: unknown, dir: string, entry: string): Promise<CliError> {
  const message = error instanceof Error ? error.message : String(error)
  const firstLine = message.split("\n")[0] ?? message
  const missing = missingModule(error, message)
  if (missing !== undefined && isPackage(missing)) {
    return new CliError({
      code: "missing_package",
      message: `The package ${packageName(missing)} is not installed.`,
      hint: installCommand(await detectProject(dir)),
      cause: error,
    })
  }
  if (missing !== undefined) {
    return new CliError({
      code: "missing_file",
      message: `A file is missing from the project: ${shorten(missing, dir)}`,
      hint: "stackdock doctor",
      cause: error,
    })
  }
  const place = placeOf(error, firstLine, dir)
  return new CliError({
    code: error instanceof SyntaxError ? "syntax_error" : "entry_failed",
    message: `${place ?? entry}: ${shorten(firstLine, dir)}`,
    hint: "Your docks are loaded from your own files; mend that place and try again.",
    cause: error,
  })
}

function missingModule(error: unknown, message: string): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined
  if (code !== "MODULE_NOT_FOUND" && code !== "ERR_MODULE_NOT_FOUND") return undefined
  return /Cannot find (?:module|package) '([^']+)'/.exec(message)?.[1]
}

function isPackage(specifier: string): boolean {
  return !/^(?:\.|\/|[A-Za-z]:|file:)/.test(specifier)
}

function packageName(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/")
}

/** `src/stackdock/stackdock.ts:3:9`, from a parser's message or from the stack. */
function placeOf(error: unknown, message: string, dir: string): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? "") : ""
  const own = `${dir}/`
  const inMessage = /\((\d+:\d+)\)/.exec(message)?.[1]
  const path = [
    ...`${message}\n${stack}`.matchAll(/(?:file:\/\/)?(\/[^\s():]+\.[cm]?[jt]s)(?::(\d+:\d+))?/g),
  ].find(([, file = ""]) => file.startsWith(own) && !file.includes("/node_modules/"))
  if (!path?.[1]) return undefined
  const position = path[2] ?? inMessage
  return `${relative(dir, path[1])}${position ? `:${position}` : ""}`
}

function shorten(text: string, dir: string): string {
  return text.replaceAll(`${dir}/`, "")
}
