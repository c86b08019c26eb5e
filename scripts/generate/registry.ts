import { readdirSync, readFileSync } from "node:fs"
import { join, posix, relative } from "node:path"
import { importsOf } from "../../packages/cli/src/project/imports.ts"
import { type ItemSource, itemSources } from "./items.ts"

const TARGET_ROOT = "~/src/stackdock"

interface RegistryItem {
  name: string
  type: "registry:item"
  title: string
  description: string
  dependencies: string[]
  devDependencies: string[]
  registryDependencies: string[]
  files: { path: string; type: "registry:file"; target: string }[]
  meta: { stackdock: Record<string, unknown> }
}

/** By the name of an item: its files and its version. By the name of a package: its range. */
interface Known {
  files: ReadonlyMap<string, readonly string[]>
  versions: ReadonlyMap<string, string>
  ranges: ReadonlyMap<string, string>
}

/**
 * `registry.json` from the folders: files, npm packages and dependencies on other items are read from what is there
 * and what it imports, so the index cannot forget one.
 */
export function registryJson(root: string): string {
  const sources = itemSources()
  const files = new Map(sources.map((source) => [source.name, filesOf(root, source)]))
  const versions = new Map(sources.map(({ name, version }) => [name, version]))
  const ranges = packageRanges(root)
  const items = sources.map((source) => toItem(root, source, { files, versions, ranges }))
  const registry = {
    $schema: "https://ui.shadcn.com/schema/registry.json",
    name: "stackdock",
    homepage: "https://github.com/stackdock/stackdock",
    items,
  }
  return `${JSON.stringify(registry, null, 2)}\n`
}

function toItem(root: string, source: ItemSource, { files, versions, ranges }: Known): RegistryItem {
  const own = files.get(source.name) ?? []
  const packages = { runtime: new Set<string>(source.peers), tests: new Set<string>() }
  const items = new Set<string>()

  for (const file of own.filter((path) => path.endsWith(".ts"))) {
    const forTests = source.testsOnly || isTestFile(file)
    for (const specifier of importsOf(readFileSync(join(root, file), "utf8"))) {
      if (specifier.startsWith("node:")) packages.tests.add("@types/node")
      else if (specifier.startsWith(".")) {
        const target = posix.join(posix.dirname(file), specifier)
        const owner = [...files].find(([, paths]) => paths.includes(target))?.[0]
        if (!owner) throw new Error(`${file} imports ${specifier}, which no item contains.`)
        if (owner !== source.name) items.add(owner)
      } else packages[forTests ? "tests" : "runtime"].add(packageName(specifier))
    }
  }
  for (const name of packages.runtime) packages.tests.delete(name)
  const withRange = (names: Set<string>) =>
    [...names].sort().map((name) => {
      const range = ranges.get(name)
      if (!range)
        throw new Error(`${source.name} imports ${name}, which registry/package.json does not name.`)
      return `${name}@${range}`
    })

  return {
    name: source.name,
    type: "registry:item",
    title: source.title,
    description: source.description,
    dependencies: withRange(packages.runtime),
    devDependencies: withRange(packages.tests),
    registryDependencies: [...items].sort(),
    files: own.map((path) => ({ path, type: "registry:file", target: targetOf(path) })),
    meta: {
      stackdock: {
        kind: source.meta ? "dock" : "shared",
        version: source.version,
        needs: Object.fromEntries([...items].sort().map((name) => [name, `^${versions.get(name)}`])),
        ...source.meta,
        tests: own.filter((path) => source.testsOnly || isTestFile(path)).map(targetOf),
      },
    },
  }
}

function filesOf(root: string, source: ItemSource): string[] {
  return readdirSync(join(root, source.folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((path) => !isOurOwnTest(path))
    .sort()
}

/** Tests of the shared code stay here; a dock's contract test goes with the dock. */
function isOurOwnTest(path: string): boolean {
  if (path.includes("/fixtures/")) return true
  return /\.(test|suite|fixture)\.ts$/.test(path) && !path.endsWith(".contract.test.ts")
}

function isTestFile(path: string): boolean {
  return path.endsWith(".test.ts") || path.includes("/recordings/")
}

function targetOf(path: string): string {
  return `${TARGET_ROOT}/${path.slice("registry/".length)}`
}

function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/")
}

function packageRanges(root: string): Map<string, string> {
  const manifest: { dependencies: Record<string, string>; devDependencies: Record<string, string> } =
    JSON.parse(readFileSync(join(root, "registry/package.json"), "utf8"))
  return new Map([...Object.entries(manifest.dependencies), ...Object.entries(manifest.devDependencies)])
}
