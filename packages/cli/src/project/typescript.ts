import { dirname, join, relative, sep } from "node:path"
import { createFilesMatcher, parseTsconfig, type TsConfigResult } from "get-tsconfig"
import { CliError } from "../framework/error.ts"
import { exists, readObject } from "./files.ts"

/** How a relative import of a TypeScript file is written. */
export type ImportExtension = ".ts" | ".js" | ""

/** What a project's tsconfig says that matters to copied source. */
export interface TypeScriptSettings {
  /** The tsconfig that governs the folder, relative to the project; undefined when there is none. */
  readonly tsconfig: string | undefined
  /** Whether that tsconfig's `include` covers the folder. */
  readonly included: boolean
  readonly moduleResolution: "bundler" | "nodenext" | "node10" | "none"
  readonly module: string | undefined
  readonly target: string | undefined
  readonly lib: readonly string[] | undefined
  /** How JSX is compiled; undefined where it is not. */
  readonly jsx: string | undefined
  readonly strict: boolean
  readonly verbatimModuleSyntax: boolean
  /** Imports may, or must, end in `.ts`. */
  readonly tsExtensions: boolean
}

/**
 * The settings for files in `folder` (relative to `dir`): of the nearest tsconfig, or of that one of its references
 * which includes the folder, as in Vite's `tsconfig.app.json`.
 */
export async function readTypeScriptSettings(dir: string, folder: string): Promise<TypeScriptSettings> {
  const nearest = await nearestTsconfig(dir, folder)
  if (nearest === undefined) return withoutTsconfig
  const file = join(dir, folder, "stackdock.ts")
  const candidates = [nearest, ...(await references(nearest))].map(parseTsconfigFile)
  const governing = candidates.find((candidate) => createFilesMatcher(candidate)(file) !== undefined)
  const [first] = candidates
  const config = governing ?? first
  if (config === undefined) return withoutTsconfig
  const options = config.config.compilerOptions ?? {}
  return {
    tsconfig: relative(dir, config.path).split(sep).join("/"),
    included: governing !== undefined,
    moduleResolution: resolutionOf(options.moduleResolution, options.module),
    module: options.module?.toLowerCase(),
    target: options.target?.toLowerCase(),
    lib: options.lib?.map((name) => name.toLowerCase()),
    jsx: options.jsx?.toLowerCase(),
    strict: options.strict ?? false,
    verbatimModuleSyntax: options.verbatimModuleSyntax ?? false,
    tsExtensions:
      options.allowImportingTsExtensions === true || options.rewriteRelativeImportExtensions === true,
  }
}

/**
 * `.ts` where TypeScript allows it, or where no compiler stands between the source and Node's own type stripping.
 * Node's resolution wants the file's name after compilation; bundlers and old resolutions want none.
 */
export function importExtension(settings: TypeScriptSettings): ImportExtension {
  if (settings.tsconfig === undefined || settings.tsExtensions) return ".ts"
  return settings.moduleResolution === "nodenext" ? ".js" : ""
}

const withoutTsconfig: TypeScriptSettings = {
  tsconfig: undefined,
  included: false,
  moduleResolution: "none",
  module: undefined,
  target: undefined,
  lib: undefined,
  jsx: undefined,
  strict: false,
  verbatimModuleSyntax: false,
  tsExtensions: false,
}

async function nearestTsconfig(dir: string, folder: string): Promise<string | undefined> {
  for (let at = join(dir, folder); ; at = dirname(at)) {
    const path = join(at, "tsconfig.json")
    if (await exists(path)) return path
    if (at === dir || at === dirname(at)) return undefined
  }
}

async function references(path: string): Promise<string[]> {
  const listed = (await readObject(path))?.["references"]
  if (!Array.isArray(listed)) return []
  const paths = listed.flatMap((entry: unknown) =>
    typeof entry === "object" && entry !== null && "path" in entry && typeof entry.path === "string"
      ? join(dirname(path), entry.path.endsWith(".json") ? entry.path : `${entry.path}/tsconfig.json`)
      : [],
  )
  const there = await Promise.all(paths.map(exists))
  return paths.filter((_, index) => there[index])
}

export function parseTsconfigFile(path: string): TsConfigResult {
  try {
    return { path, config: parseTsconfig(path) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CliError({
      code: "invalid_tsconfig",
      message: `${path} cannot be read: ${reason}`,
      hint: "If it extends a package, install the project's packages first; otherwise correct the file. Then try again.",
    })
  }
}

function resolutionOf(
  resolution: string | undefined,
  module: string | undefined,
): TypeScriptSettings["moduleResolution"] {
  const word = (resolution ?? module ?? "").toLowerCase()
  if (/^node(16|18|20|next)$/.test(word)) return "nodenext"
  return word === "node" || word === "node10" || word === "classic" ? "node10" : "bundler"
}
