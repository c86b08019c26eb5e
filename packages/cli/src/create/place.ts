import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { CliError } from "../framework/error.ts"
import type { Output } from "../framework/output.ts"
import { planAdd } from "../plan/add.ts"
import { openProject } from "../plan/open-project.ts"
import { planSetupChanges, setupItems } from "../plan/setup.ts"
import { dockIdentifier } from "../project/dock-import.ts"
import { addDock } from "../project/docks-list.ts"
import { rewriteImports } from "../project/imports.ts"
import { openRegistries } from "../registry/source.ts"
import { type Change, isReal } from "../transaction/change.ts"
import { checkParents } from "../transaction/confine.ts"

/** Where a new dock goes, and what has to know of it. */
export interface Place {
  readonly kind: "registry" | "project"
  /** What paths are relative to. */
  readonly dir: string
  /** The folder of the dock. */
  readonly folder: string
  /** Its files, and the changes that make it known. */
  changes(files: ReadonlyMap<string, string>): Promise<Change[]>
}

const ITEMS = "scripts/generate/items.ts"

/** The registry's own repository, where its docks are; else the project around, where its docks are. */
export async function findPlace(provider: string, cwd: string, out: Output): Promise<Place> {
  const checkout = registryAround(cwd)
  const place = checkout ? inRegistry(checkout, provider) : await inProject(provider, cwd, out)
  const taken = join(place.dir, place.folder)
  if (existsSync(taken) && readdirSync(taken).length > 0) {
    throw new CliError({
      code: "conflict",
      message: `${place.folder} is there already.`,
      hint: "Nothing was written. Choose another name, or remove that folder first.",
      exitCode: 3,
      details: { path: place.folder },
    })
  }
  return place
}

function registryAround(cwd: string): string | undefined {
  const marks = ["registry.json", "registry/docks", ITEMS]
  for (let dir = cwd; ; dir = dirname(dir)) {
    if (marks.every((mark) => existsSync(join(dir, mark)))) return dir
    if (dir === dirname(dir)) return undefined
  }
}

function inRegistry(dir: string, provider: string): Place {
  const folder = `registry/docks/${provider}`
  return {
    kind: "registry",
    dir,
    folder,
    async changes(files) {
      const before = readFileSync(join(dir, ITEMS), "utf8")
      const after = published(before, provider)
      return [...created(dir, folder, files), { path: ITEMS, before, after }]
    },
  }
}

/** The list of docks that the registry publishes, with this one at its end. */
function published(source: string, provider: string): string {
  const name = dockIdentifier(provider)
  const line = `import { ${name} } from "../../registry/docks/${provider}/index.ts"`
  const imports = [...source.matchAll(/^import \{ \w+ \} from "\.\.\/\.\.\/registry\/docks\/.*$/gm)].map(
    ([text]) => text,
  )
  const next = imports.find((other) => specifier(other) > specifier(line))
  const last = imports.at(-1)
  const list = /(publishedDocks[^=]*= \[)([^\]]*?)(,?\s*)\]/
  if (last === undefined || !list.test(source)) {
    throw new CliError({
      code: "docks_list",
      message: `${ITEMS} lists its docks in a way that only a person can add to.`,
      hint: `Nothing was written. Add ${name} there yourself, then run the command again.`,
    })
  }
  const imported = next ? source.replace(next, `${line}\n${next}`) : source.replace(last, `${last}\n${line}`)
  return imported.replace(
    list,
    (_, head: string, docks: string, tail: string) => `${head}${docks}, ${name}${tail}]`,
  )
}

function specifier(line: string): string {
  return /from "(.*)"/.exec(line)?.[1] ?? line
}

async function inProject(provider: string, cwd: string, out: Output): Promise<Place> {
  const { project } = await openProject(cwd, out)
  const { dir, root, importExtension } = project
  const folder = `${root}/docks/${provider}`
  return {
    kind: "project",
    dir,
    folder,
    async changes(files) {
      // What every dock leans on, and what its contract test does.
      const names = [...setupItems(project), "core", "schema", "contract"]
      const wanted = names.map((name) => ({ origin: "bundled", name, version: undefined }))
      const registries = openRegistries({ dir, registries: {}, offline: true })
      const shared = await planAdd({ project, wanted, registries, tests: true })
      const setup = await planSetupChanges(project)
      const list = `${root}/docks/index.ts`
      const before = existsSync(join(dir, list)) ? readFileSync(join(dir, list), "utf8") : undefined
      const present = before ?? setup.source.find(({ path }) => path === list)?.after ?? ""
      const own = new Map(
        [...files].map(([path, text]) => [
          path,
          path.endsWith(".ts") ? rewriteImports(text, importExtension) : text,
        ]),
      )
      const others = [...shared.changes, ...setup.source.filter(({ path }) => path !== list)]
      return [
        ...new Map(others.map((change) => [change.path, change])).values(),
        ...created(dir, folder, own),
        { path: list, before, after: await addDock(present, provider, project) },
      ].filter(isReal)
    },
  }
}

function created(dir: string, folder: string, files: ReadonlyMap<string, string>): Change[] {
  return [...files].map(([path, after]) => {
    const whole = `${folder}/${path}`
    checkParents(dir, whole)
    return { path: whole, before: undefined, after }
  })
}
