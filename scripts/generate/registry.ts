import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { join, posix, relative } from "node:path"
import { importsOf } from "../../packages/cli/src/project/imports.ts"
import { SHADCN_NAMESPACE, shelvedImport } from "../../packages/cli/src/registry/shadcn.ts"
import { type ItemSource, itemSources } from "./items.ts"

const TARGET_ROOT = "~/src/stackdock"

interface RegistryItem {
  name: string
  type: string
  title: string
  description: string
  docs?: string
  dependencies: string[]
  devDependencies: string[]
  registryDependencies: string[]
  files: { path: string; type: string; target: string }[]
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
  const sources = itemSources(root)
  const files = filesByItem(root, sources)
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

  for (const file of own) {
    const forTests = source.testsOnly || isTestFile(file)
    for (const specifier of specifiersIn(file, readFileSync(join(root, file), "utf8"))) {
      const owner = ownerOf(file, specifier, files)
      if (owner !== undefined) items.add(owner)
      else if (specifier.startsWith("node:")) packages.tests.add("@types/node")
      else packages[forTests ? "tests" : "runtime"].add(packageName(specifier))
    }
  }
  items.delete(source.name)
  items.delete(`${SHADCN_NAMESPACE}/${source.name}`)
  for (const name of source.expects ?? []) packages.runtime.add(name)
  for (const name of packages.runtime) {
    packages.tests.delete(name)
    // A package without types of its own is of no use without these.
    if (ranges.has(`@types/${name}`)) packages.tests.add(`@types/${name}`)
  }
  const withRange = (names: Set<string>) =>
    [...names].sort().map((name) => {
      const range = ranges.get(name)
      if (!range)
        throw new Error(`${source.name} imports ${name}, which registry/package.json does not name.`)
      return `${name}@${range}`
    })
  const needs = [...items].sort().flatMap((name) => {
    const version = versions.get(name)
    return version === undefined ? [] : [[name, `^${version}`]]
  })

  return {
    name: source.name,
    type: typeOf(own[0] ?? ""),
    title: source.title,
    description: source.description,
    ...(source.docs === undefined ? {} : { docs: source.docs }),
    dependencies: withRange(packages.runtime),
    devDependencies: withRange(packages.tests),
    registryDependencies: [...items].sort(),
    files: own.map((path) => ({ path, type: fileTypeOf(path), target: targetOf(path) })),
    meta: {
      stackdock: {
        kind: source.kind ?? "shared",
        version: source.version,
        ...(source.expects === undefined ? {} : { expects: source.expects }),
        needs: Object.fromEntries(needs),
        ...source.meta,
        tests: own.filter((path) => source.testsOnly || isTestFile(path)).map(targetOf),
      },
    },
  }
}

/** What a file leans on: modules, or in a style sheet other style sheets. */
function specifiersIn(path: string, text: string): string[] {
  if (/\.tsx?$/.test(path)) return importsOf(text)
  if (!path.endsWith(".css")) return []
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "")
  return [...code.matchAll(/^\s*@(?:import|plugin)\s+(?:url\()?["']([^"']+)["']/gm)].flatMap(
    ([, specifier]) => specifier ?? [],
  )
}

/** The item that a file of this registry belongs to; undefined for a package. */
function ownerOf(file: string, specifier: string, files: Known["files"]): string | undefined {
  const shelved = shelvedImport(specifier)
  const target = shelved
    ? `registry/${specifier.slice("@/".length)}`
    : posix.join(posix.dirname(file), specifier)
  if (!shelved && !specifier.startsWith(".")) return undefined
  const owner = [...files].find(([, paths]) =>
    paths.some((path) => path === target || (shelved && path.replace(/\.tsx?$/, "") === target)),
  )?.[0]
  if (owner === undefined) throw new Error(`${file} imports ${specifier}, which no item contains.`)
  // Under that name shadcn's own command takes shadcn's, and ours what the project has.
  return shelved ? `${SHADCN_NAMESPACE}/${owner}` : owner
}

/** Each file belongs to the item that names it, or a folder around it, most closely. */
function filesByItem(root: string, sources: readonly ItemSource[]): Map<string, string[]> {
  const claims = sources.flatMap(({ name, from }) => from.map((path) => ({ name, path })))
  const present = claims.filter(({ path }) => existsSync(join(root, path)))
  const paths = new Set(present.flatMap(({ path }) => filesBelow(root, path)))
  const files = new Map<string, string[]>(sources.map(({ name }) => [name, []]))
  for (const file of [...paths].sort()) {
    const around = present.filter(({ path }) => file === path || file.startsWith(`${path}/`))
    const [closest] = around.sort((one, other) => other.path.length - one.path.length)
    if (closest) files.get(closest.name)?.push(file)
  }
  return files
}

function filesBelow(root: string, path: string): string[] {
  if (statSync(join(root, path)).isFile()) return [path]
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((file) => !isOurOwn(file))
}

/** Tests of the shared code and settings of this repository stay here; a dock's contract test goes with the dock. */
function isOurOwn(path: string): boolean {
  if (/\/(?:fixtures|node_modules)\//.test(path) || path.endsWith("/tsconfig.json")) return true
  return /\.(test|suite|fixture)\.tsx?$/.test(path) && !path.endsWith(".contract.test.ts")
}

function isTestFile(path: string): boolean {
  return path.endsWith(".test.ts") || path.includes("/recordings/")
}

/** Where it goes: what shadcn/ui has too goes where the project has its components. */
function targetOf(path: string): string {
  const within = path.slice("registry/".length)
  const shelved = /^(?:components\/)?(ui|lib|hooks)\/([^/]+)$/.exec(within)
  const isShelved = /^(?:components\/ui|lib|hooks)\//.test(within)
  return shelved && isShelved ? `@${shelved[1]}/${shelved[2]}` : `${TARGET_ROOT}/${within}`
}

const types: Readonly<Record<string, string>> = {
  "@ui": "registry:ui",
  "@lib": "registry:lib",
  "@hooks": "registry:hook",
}

function typeOf(path: string): string {
  return types[targetOf(path).split("/")[0] ?? ""] ?? "registry:item"
}

function fileTypeOf(path: string): string {
  return types[targetOf(path).split("/")[0] ?? ""] ?? "registry:file"
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
