import { existsSync, mkdirSync, readFileSync } from "node:fs"
import { readFile, writeFile } from "node:fs/promises"
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

/** Files written at once: enough to keep the disk busy, far below what a process may hold open. */
const ABREAST = 16

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
  const published = source.items.flatMap((item) => {
    const result = publish(item, folder)
    problems.push(...result.problems)
    return result.built ?? []
  })
  if (problems.length > 0) throw invalid(input, problems)

  mkdirSync(output, { recursive: true })
  const result: BuildResult = { items: published.length, written: [], unchanged: [] }
  const texts = [
    ...published.map(({ item, text }) => ({ name: `${item.name}.json`, text })),
    {
      name: "registry.json",
      text: toText(
        indexOf(
          source,
          published.map(({ item }) => item),
        ),
      ),
    },
  ]
  for (let start = 0; start < texts.length; start += ABREAST) {
    const batch = texts.slice(start, start + ABREAST)
    await Promise.all(batch.map(({ name, text }) => writeIfChanged(join(output, name), name, text, result)))
  }
  result.written.sort()
  result.unchanged.sort()
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
): { built?: { item: PublishedItem; text: string }; problems: string[] } {
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
  const text = toText(published)
  if (Buffer.byteLength(text) <= MAX_BYTES) return { built: { item: published, text }, problems }
  return {
    problems: [`${item.name}: it is larger than ${MAX_BYTES / 1024 / 1024} MB, which no client reads`],
  }
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

async function writeIfChanged(path: string, name: string, text: string, result: BuildResult): Promise<void> {
  const present = existsSync(path) ? await readFile(path, "utf8") : undefined
  if (present === text) {
    result.unchanged.push(name)
    return
  }
  await writeFile(path, text)
  result.written.push(name)
}

function toText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
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
