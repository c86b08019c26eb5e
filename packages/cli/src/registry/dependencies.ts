import { builtinModules } from "node:module"
import { posix } from "node:path"
import { isSource, scan, scanImports } from "./scan.ts"
import type { SourceItem } from "./schema.ts"
import { SHADCN_NAMESPACE, shelvedImport } from "./shadcn.ts"

/** Something that whoever publishes the item should look at. It is built nevertheless. */
export interface Warning {
  item: string
  target: string
  code: "undeclared_import" | "unlisted_file" | "unlisted_host" | "any"
  message: string
}

/** What the items of a registry have in common. */
export interface Neighbourhood {
  /** Which item writes a target. */
  readonly owners: ReadonlyMap<string, string>
  /** Which target a source file is published for. */
  readonly targets: ReadonlyMap<string, string>
  /** Which item of the bundled registry writes a target. */
  readonly shared: ReadonlyMap<string, string>
  /** Version ranges of npm packages: those of the registry's package.json, then those that its items name. */
  readonly ranges: ReadonlyMap<string, string>
  /** Whether there is a source file of that path. */
  exists(path: string): boolean
}

export interface Findings {
  /** What the code imports and the item did not declare: found out and added. */
  readonly dependencies: readonly string[]
  readonly devDependencies: readonly string[]
  readonly registryDependencies: readonly string[]
  readonly warnings: readonly Warning[]
}

const builtins = new Set(builtinModules)

/** Reads the code of an item: what it imports, whom it calls, where it gives up on types. */
export function inspect(
  item: SourceItem,
  contents: ReadonlyMap<string, string>,
  around: Neighbourhood,
): Findings {
  const { hosts = [], links = [], tests } = item.meta.stackdock
  const listed = new Set([...hosts, ...links])
  const packages = { run: new Set(item.dependencies.map(packageOf)), test: new Set<string>() }
  for (const spec of item.devDependencies) packages.test.add(packageOf(spec))
  const items = new Set(item.registryDependencies)
  const added = { run: new Set<string>(), test: new Set<string>(), items: new Set<string>() }
  const warnings: Warning[] = []

  for (const { path, target } of item.files) {
    const content = contents.get(target)
    if (content === undefined || !isSource(target)) continue
    const isTest = tests.includes(target)
    const warn = (code: Warning["code"], message: string) =>
      warnings.push({ item: item.name, target, code, message: `${path} ${message}` })
    const own = (specifier: string) => around.owners.get(resolved(target, specifier, around.owners) ?? "")
    const isDeclared = (specifier: string) =>
      specifier.startsWith("@/")
        ? items.has(componentOf(specifier) ?? "")
        : specifier.startsWith(".")
          ? own(specifier) === item.name || items.has(own(specifier) ?? "")
          : packages.run.has(packageName(specifier)) || (isTest && packages.test.has(packageName(specifier)))

    for (const specifier of scanImports(content, isDeclared)) {
      if (isDeclared(specifier)) continue
      if (specifier.startsWith(".")) {
        const owner = own(specifier)
        const shared = around.shared.get(resolved(target, specifier, around.shared) ?? "")
        const needed = owner ?? (shared === undefined ? undefined : `@stackdock/${shared}`)
        if (needed === undefined) warn(...missingFile(path, specifier, around))
        else if (!items.has(needed)) added.items.add(needed)
      } else if (specifier.startsWith("@/")) {
        const component = componentOf(specifier)
        if (component !== undefined) added.items.add(component)
        else
          warn("undeclared_import", `imports ${specifier}, and only ${COMPONENTS} are found in every project`)
      } else if (!specifier.startsWith("#")) {
        const name = packageName(specifier)
        const isRunTime = !isTest && !name.startsWith("@types/")
        if (around.ranges.has(name)) added[isRunTime ? "run" : "test"].add(name)
        else if (name !== "@types/node") {
          warn(
            "undeclared_import",
            `imports ${name}, which is not among the item's ${isRunTime ? "dependencies" : "devDependencies"}`,
          )
        }
      }
    }
    if (isTest) continue
    const found = scan(content)
    for (const host of found.hosts) {
      if (listed.has(host)) continue
      warn("unlisted_host", `names the host ${host}, which is in neither "hosts" (what it calls) nor "links"`)
    }
    if (found.usesAny) warn("any", "uses the type any")
  }
  const withRange = (names: Iterable<string>) =>
    [...names].sort().map((name) => `${name}@${around.ranges.get(name)}`)
  return {
    dependencies: withRange(added.run),
    devDependencies: withRange(
      [...added.test].filter((name) => !packages.test.has(name) && !added.run.has(name)),
    ),
    registryDependencies: [...added.items].sort(),
    warnings,
  }
}

const COMPONENTS = "@/components/ui, @/lib and @/hooks"

/** Every project that has shadcn/ui, or our components in its place, has that somewhere. */
function componentOf(specifier: string): string | undefined {
  const shelved = shelvedImport(specifier)
  return shelved && `${SHADCN_NAMESPACE}/${shelved.name}`
}

function missingFile(path: string, specifier: string, around: Neighbourhood): [Warning["code"], string] {
  const source = resolved(path, specifier, around.targets)
  if (source !== undefined) {
    return [
      "undeclared_import",
      `imports ${specifier}, which lies elsewhere once it is copied: ${around.targets.get(source)}`,
    ]
  }
  const candidates = candidatesOf(posix.join(posix.dirname(path), specifier))
  const unlisted = candidates.find((candidate) => around.exists(candidate))
  return unlisted === undefined
    ? ["undeclared_import", `imports ${specifier}, which no item has`]
    : ["unlisted_file", `imports ${unlisted}, which no item lists`]
}

/** The file that a relative import means, among those that are known. */
function resolved(from: string, specifier: string, known: ReadonlyMap<string, unknown>): string | undefined {
  const path = posix.join(posix.dirname(from), specifier)
  return known.has(path) ? path : candidatesOf(path).find((candidate) => known.has(candidate))
}

function candidatesOf(path: string): string[] {
  const bare = path.replace(/\.([cm]?)js(x?)$/, ".$1ts$2")
  return [path, bare, ...[".ts", ".tsx", ".js", ".json", "/index.ts", "/index.tsx"].map((end) => path + end)]
}

/** `@types/node` for what comes with Node. */
function packageName(specifier: string): string {
  if (specifier.startsWith("node:") || builtins.has(specifier)) return "@types/node"
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/")
}

function packageOf(spec: string): string {
  return spec.slice(0, spec.lastIndexOf("@"))
}
