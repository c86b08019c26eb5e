import { existsSync, readFileSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import * as z from "zod"
import { CliError, usageError } from "../framework/error.ts"
import { describeIssues, namespace } from "../registry/schema.ts"
import { checkPath } from "../registry/target.ts"

export const CONFIG_FILE = "stackdock.json"

/** Where a registry is, as stackdock.json has it. Its headers and params name variables: `Bearer ${ACME_TOKEN}`. */
export interface RegistryPlace {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly params?: Readonly<Record<string, string>> | undefined
}

/** By short name: `@acme`. */
export type Namespaces = Readonly<Record<string, RegistryPlace>>

/** What `init` and `registry add` decided for a project. */
export interface Config {
  /** The folder of stackdock.json. */
  readonly dir: string
  /** Where the copied code lies, relative to it: `src/stackdock`. */
  readonly root: string
  readonly registries: Namespaces
}

const place = z.strictObject({
  url: z.string().min(1).meta({
    description: "A https:// address with {name} where an item's name goes, a folder, or owner/repo#branch.",
  }),
  headers: z.record(z.string(), z.string()).optional(),
  params: z.record(z.string(), z.string()).optional(),
})

/** `stackdock.json`. */
export const configFile = z.object({
  $schema: z.string().optional(),
  root: z.string().meta({
    description: "The folder of the copied code, relative to this file.",
    default: "src/stackdock",
  }),
  registries: z
    .record(namespace, z.union([z.string().min(1), place]))
    .optional()
    .meta({
      description:
        "Other registries, by short name. Headers and params name environment variables for secrets.",
    }),
})

/** The configuration of the project around `cwd`: of the nearest folder with a package.json or a stackdock.json. */
export function findConfig(cwd: string): Config | undefined {
  for (let dir = cwd; ; dir = dirname(dir)) {
    const path = join(dir, CONFIG_FILE)
    if (statSync(path, { throwIfNoEntry: false })?.isFile()) return readConfig(path, dir)
    if (existsSync(join(dir, "package.json")) || dir === dirname(dir)) return undefined
  }
}

export function requireConfig(cwd: string): Config {
  const config = findConfig(cwd)
  if (config) return config
  throw new CliError({
    code: "not_initialized",
    message: `There is no ${CONFIG_FILE} in ${cwd} or the package around it.`,
    hint: "npx stackdock init",
  })
}

/** A root given by a person, as it is stored. */
export function checkRoot(root: string): string {
  const tidy = root.replace(/^\.\//, "").replace(/\/+$/, "")
  try {
    checkPath(tidy)
  } catch (error) {
    const reason = error instanceof CliError ? error.message : ""
    throw usageError(
      `--root must be a folder inside the project: ${reason}`,
      "npx stackdock init --root src/stackdock",
    )
  }
  return tidy
}

function readConfig(path: string, dir: string): Config {
  const wrong = (reason: string) =>
    new CliError({
      code: "bad_config",
      message: `${path} ${reason}.`,
      hint: "Mend it by hand, or remove it and run `npx stackdock init`.",
    })
  let json: unknown
  try {
    json = JSON.parse(readFileSync(path, "utf8"))
  } catch (error) {
    throw wrong(`is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  const parsed = configFile.safeParse(json)
  if (!parsed.success) throw wrong(`is not as it should be: ${describeIssues(parsed.error).join("; ")}`)
  const { root, registries = {} } = parsed.data
  try {
    checkPath(root)
  } catch {
    throw wrong(`has a "root" that is not a folder inside the project: ${JSON.stringify(root)}`)
  }
  const places = Object.entries(registries).map(([name, value]): [string, RegistryPlace] => [
    name,
    typeof value === "string" ? { url: value } : value,
  ])
  return { dir, root, registries: Object.fromEntries(places) }
}
