import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { CliError } from "../framework/error.ts"
import { sha256 } from "./hash.ts"
import {
  describeIssues,
  type IndexItem,
  type PublishedItem,
  type RegistryIndex,
  type SourceItem,
  type SourceRegistry,
  sourceRegistry,
} from "./schema.ts"
import { bundled, MAX_BYTES, readIndex } from "./source.ts"
import { checkPath, pathInProject } from "./target.ts"

export interface BuildResult {
  items: number
  /** Names of files in the output folder. */
  written: string[]
  unchanged: string[]
}

/** Makes `<name>.json` of every item and the index of them all. The same sources always make the same bytes. */
export async function buildRegistry(input: string, output: string): Promise<BuildResult> {
  const source = readSource(input)
  const problems = [...(await problemsAcross(source.items))]
  const folder = dirname(input)
  const items = source.items.flatMap((item) => {
    const published = publish(item, folder)
    if (published.item) return [published.item]
    problems.push(...published.problems)
    return []
  })
  if (problems.length > 0) throw invalid(input, problems)

  mkdirSync(output, { recursive: true })
  const result: BuildResult = { items: items.length, written: [], unchanged: [] }
  for (const item of items) writeIfChanged(output, `${item.name}.json`, item, result)
  writeIfChanged(output, "registry.json", indexOf(source, items), result)
  return result
}

function readSource(input: string): SourceRegistry {
  if (!existsSync(input)) {
    throw new CliError({
      code: "registry_not_found",
      message: `There is no ${input}.`,
      hint: "stackdock build --input <registry.json>",
      exitCode: 2,
    })
  }
  let json: unknown
  try {
    json = JSON.parse(readFileSync(input, "utf8"))
  } catch (error) {
    throw invalid(input, [`it is not JSON: ${error instanceof Error ? error.message : String(error)}`])
  }
  const parsed = sourceRegistry.safeParse(json)
  if (!parsed.success) throw invalid(input, describeIssues(parsed.error))
  return parsed.data
}

/** What no item can know of itself: names and targets taken twice, items that nobody has. */
async function problemsAcross(items: readonly SourceItem[]): Promise<string[]> {
  const problems: string[] = []
  const names = new Set<string>()
  const owners = new Map<string, string>()
  for (const item of items) {
    if (names.has(item.name)) problems.push(`${item.name}: there are two items of that name`)
    names.add(item.name)
    for (const { target } of item.files) {
      const key = target.toLowerCase()
      const owner = owners.get(key)
      if (owner !== undefined) problems.push(`${item.name}: ${target} is a target of ${owner} already`)
      owners.set(key, item.name)
    }
  }
  const missing = items.flatMap((item) =>
    item.registryDependencies.filter((name) => !names.has(name)).map((name) => ({ item: item.name, name })),
  )
  if (missing.length === 0) return problems
  // Other registries may lean on the shared code that comes with the command. While that very registry is built there is none.
  const index = await readIndex(bundled()).catch(() => undefined)
  const shared = new Set(index?.items.map(({ name }) => name))
  for (const { item, name } of missing) {
    if (!shared.has(name)) problems.push(`${item}: it needs the item "${name}", which is not in the registry`)
  }
  return problems
}

function publish(
  item: SourceItem,
  folder: string,
): { item: PublishedItem; problems?: never } | { item?: never; problems: string[] } {
  const problems: string[] = []
  const attempt = (path: string, action: () => void) => {
    try {
      action()
    } catch (error) {
      problems.push(`${item.name}: ${path}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const hashes: Record<string, string> = {}
  const files: PublishedItem["files"] = []
  for (const file of item.files) {
    attempt(file.path, () => {
      checkPath(file.path)
      pathInProject(file.target, "src/stackdock")
      const content = readSourceFile(join(folder, file.path))
      hashes[file.target] = sha256(content)
      files.push({ ...file, content })
    })
  }
  for (const test of item.meta.stackdock.tests) {
    if (!item.files.some(({ target }) => target === test))
      problems.push(`${item.name}: meta.stackdock.tests names ${test}, which is no target of it`)
  }
  if (problems.length > 0) return { problems }
  const stackdock = { ...item.meta.stackdock, files: hashes }
  const schema = "https://ui.shadcn.com/schema/registry-item.json"
  const published: PublishedItem = { $schema: schema, ...item, files, meta: { stackdock } }
  const size = Buffer.byteLength(JSON.stringify(published))
  if (size > MAX_BYTES)
    return {
      problems: [`${item.name}: it is larger than ${MAX_BYTES / 1024 / 1024} MB, which no client reads`],
    }
  return { item: published }
}

function readSourceFile(path: string): string {
  if (!existsSync(path)) throw new Error("there is no such file")
  const bytes = readFileSync(path)
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Error("it is not UTF-8 text")
  }
}

function indexOf(
  { $schema, name, homepage }: SourceRegistry,
  items: readonly PublishedItem[],
): RegistryIndex {
  const index = items.map(
    ({ $schema: _, files, ...item }): IndexItem => ({
      ...item,
      files: files.map(({ path, type, target }) => ({ path, type, target })),
    }),
  )
  return { ...($schema === undefined ? {} : { $schema }), name, homepage, items: index }
}

function writeIfChanged(folder: string, name: string, value: unknown, result: BuildResult): void {
  const path = join(folder, name)
  const text = `${JSON.stringify(value, null, 2)}\n`
  if (existsSync(path) && readFileSync(path, "utf8") === text) {
    result.unchanged.push(name)
    return
  }
  writeFileSync(path, text)
  result.written.push(name)
}

function invalid(input: string, problems: readonly string[]): CliError {
  const shown = problems.slice(0, 20).map((problem) => `\n    ${problem}`)
  const more = problems.length > 20 ? `\n    and ${problems.length - 20} more` : ""
  return new CliError({
    code: "registry_invalid",
    message: `${input} cannot be built:${shown.join("")}${more}`,
    hint: "Nothing was written.",
    details: { problems },
  })
}
