import validRange from "semver/ranges/valid.js"
import { type Findings, inspect, type Neighbourhood } from "./dependencies.ts"
import { sha256 } from "./hash.ts"
import {
  type IndexItem,
  itemName,
  type PublishedItem,
  type RegistryIndex,
  type SourceItem,
  type SourceRegistry,
} from "./schema.ts"
import { MAX_BYTES } from "./source.ts"
import { checkPath, pathInProject } from "./target.ts"

/** The bytes of a source file, or undefined when there is none. */
export type ReadSource = (path: string) => Uint8Array | undefined

export interface Published {
  /** As the index lists it. */
  readonly entry: IndexItem
  /** `<name>.json`. */
  readonly bytes: Buffer
  readonly findings: Findings
}

export interface PublishContext {
  readonly read: ReadSource
  readonly around: Neighbourhood
  /** Where the registry will be: dependencies become addresses below it, which shadcn's command follows too. */
  readonly url: string | undefined
}

/** An item with its contents, their hashes, and what its code was found to need. */
export function publish(
  item: SourceItem,
  { read, around, url }: PublishContext,
): { built: Published | undefined; problems: string[] } {
  const problems: string[] = []
  const contents = new Map<string, string>()
  const hashes: Record<string, string> = {}
  for (const { path, target } of item.files) {
    try {
      checkPath(path)
      pathInProject(target, "src/stackdock")
      const bytes = read(path)
      if (bytes === undefined) throw new Error("there is no such file")
      contents.set(target, textOf(bytes))
      hashes[target] = sha256(bytes)
    } catch (error) {
      problems.push(`${item.name}: ${path}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const { tests, renames = {}, needs = {} } = item.meta.stackdock
  const targets = new Set(item.files.map(({ target }) => target))
  for (const [key, named] of [
    ["tests", tests],
    ["renames", Object.values(renames).flat()],
  ] as const)
    for (const target of named)
      if (!targets.has(target))
        problems.push(`${item.name}: meta.stackdock.${key} names ${target}, which is no target of it`)
  for (const [name, range] of Object.entries(needs))
    if (validRange(range) === null)
      problems.push(`${item.name}: meta.stackdock.needs: "${range}" of ${name} is no range of versions`)
  if (problems.length > 0) return { built: undefined, problems }
  const findings = inspect(item, contents, around)
  const published = withFindings(item, { contents, hashes, findings, url })
  const bytes = toBytes(published)
  if (bytes.length <= MAX_BYTES) return { built: { entry: entryOf(published), bytes, findings }, problems }
  return {
    built: undefined,
    problems: [`${item.name}: it is larger than ${MAX_BYTES / 1024 / 1024} MB, which no client reads`],
  }
}

function withFindings(
  item: SourceItem,
  {
    contents,
    hashes,
    findings,
    url,
  }: {
    contents: ReadonlyMap<string, string>
    hashes: Record<string, string>
    findings: Findings
    url: string | undefined
  },
): PublishedItem {
  const needed = [...item.registryDependencies, ...findings.registryDependencies]
  return {
    $schema: "https://ui.shadcn.com/schema/registry-item.json",
    ...item,
    dependencies: [...item.dependencies, ...findings.dependencies],
    devDependencies: [...item.devDependencies, ...findings.devDependencies],
    registryDependencies: needed.map((name) =>
      url !== undefined && itemName.safeParse(name).success ? `${url}/${name}.json` : name,
    ),
    files: item.files.map((file) => ({ ...file, content: contents.get(file.target) ?? "" })),
    meta: {
      ...item.meta,
      stackdock: { ...item.meta.stackdock, ...(url === undefined ? {} : { url }), files: hashes },
    },
  }
}

function entryOf({ $schema: _, files, ...item }: PublishedItem): IndexItem {
  return { ...item, files: files.map(({ path, type, target }) => ({ path, type, target })) }
}

/** `registry.json`. */
export function indexOf({ $schema, name, homepage }: SourceRegistry, items: IndexItem[]): Buffer {
  return toBytes({
    ...($schema === undefined ? {} : { $schema }),
    name,
    homepage,
    items,
  } satisfies RegistryIndex)
}

function toBytes(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Error("it is not UTF-8 text")
  }
}
