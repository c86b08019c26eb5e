import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { CliError } from "../framework/error.ts"
import type { Output } from "../framework/output.ts"
import { type AddPlan, planAdd } from "../plan/add.ts"
import { openProject } from "../plan/open-project.ts"
import { planSetupChanges, setupItems } from "../plan/setup.ts"
import { dockIdentifier } from "../project/dock-import.ts"
import { addDock } from "../project/docks-list.ts"
import { rewriteImports } from "../project/imports.ts"
import { openRegistries } from "../registry/source.ts"
import { readLock } from "../state/lock.ts"
import { type Change, isReal } from "../transaction/change.ts"
import { checkParents } from "../transaction/confine.ts"

/** Where a new dock goes, and what has to know of it. */
export interface Place {
  readonly kind: "registry" | "project"
  /** What paths are relative to. */
  readonly dir: string
  /** The folder of the dock. */
  readonly folder: string
  plan(files: ReadonlyMap<string, string>): Promise<CreatePlan>
}

interface CreatePlan {
  /** The dock's files, and what makes it known. */
  readonly changes: readonly Change[]
  /** What it brings along into a project, with packages to install. */
  readonly shared: AddPlan | undefined
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
    async plan(files) {
      const before = readFileSync(join(dir, ITEMS), "utf8")
      const after = published(before, provider)
      return { changes: [...created(dir, folder, files), { path: ITEMS, before, after }], shared: undefined }
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
    async plan(files) {
      // What every dock leans on, and what its contract test does. What the project has of it stays as it is.
      const { items } = readLock(dir).lock
      const names = [...setupItems(project), "core", "schema", "contract"].filter(
        (name) => !Object.hasOwn(items, name),
      )
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
      const changes = [
        ...new Map(others.map((change) => [change.path, change])).values(),
        ...created(dir, folder, own),
        { path: list, before, after: await addDock(present, provider, project) },
      ]
      return { changes: changes.filter(isReal), shared }
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
