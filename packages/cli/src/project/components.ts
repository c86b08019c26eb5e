import { existsSync } from "node:fs"
import { join, posix, relative, sep } from "node:path"
import { createPathsMatcher } from "get-tsconfig"
import { CliError } from "../framework/error.ts"
import { type Shelf, type Shelved, shelfOf, shelvedImport, shelvedTarget } from "../registry/shadcn.ts"
import { exists, isFolder, isObject, readObject } from "./files.ts"
import { type ImportExtension, parseTsconfigFile } from "./typescript.ts"

/**
 * Where a project has the components that it shares with shadcn/ui, and how its code imports them: as components.json
 * says; else by `@/`, where its tsconfig knows that; else by relative paths, which need no setting anywhere.
 */
export interface Components {
  /** `@ui/button.tsx` is `src/components/ui/button.tsx`. */
  pathOf(target: string): string
  /** What a file at `from` writes for `@/components/ui/button`. */
  imported(specifier: string, from: string): string
  /** Where the project has the component of that name, whoever put it there. */
  find(item: string): string | undefined
  /** Of Tailwind's classes, as components.json has it. */
  readonly prefix: string
}

/** The words of components.json for the folders, and for the one file that has a word of its own. */
type Aliases = Readonly<Record<Shelf | "utils", string>>

const usual: Aliases = { ui: "@/components/ui", lib: "@/lib", hooks: "@/hooks", utils: "@/lib/utils" }
const folders: Readonly<Record<Shelf, string>> = { ui: "components/ui", lib: "lib", hooks: "hooks" }

const endings = [".tsx", ".ts", ".jsx", ".js", "/index.tsx", "/index.ts"]

interface Surroundings {
  readonly root: string
  readonly importExtension: ImportExtension
  /** The tsconfig that governs the copied code. */
  readonly tsconfig: string | undefined
}

export async function detectComponents(dir: string, around: Surroundings): Promise<Components> {
  const settings = await readObject(join(dir, "components.json"))
  const lookUp = await pathsOf(dir, around.tsconfig)
  const named = settings === undefined ? undefined : aliasesIn(settings)
  const aliases = named ?? (lookUp(usual.ui) === undefined ? undefined : usual)
  const place = aliases ? byAlias(aliases, lookUp) : bySource(await sourceFolder(dir, around.root))
  const tailwind = settings?.["tailwind"]
  const prefix = isObject(tailwind) ? tailwind["prefix"] : undefined
  return {
    pathOf(target) {
      const shelved = shelvedTarget(target)
      if (shelved === undefined) throw new Error(`${target} is not on a shelf.`)
      return place(shelved, shelved.ending)
    },
    imported(specifier, from) {
      const shelved = shelvedImport(specifier)
      if (shelved === undefined) return specifier
      if (aliases) return spelled(aliases, shelved)
      const ending = { ".ts": shelved.shelf === "ui" ? ".tsx" : ".ts", ".js": ".js", "": "" }
      const way = posix.relative(posix.dirname(from), place(shelved, ending[around.importExtension]))
      return way.startsWith(".") ? way : `./${way}`
    },
    find(item) {
      const shelved = shelfOf(item)
      const path = aliases ? lookUp(spelled(aliases, shelved)) : place(shelved, "")
      if (path === undefined) return undefined
      return endings.map((ending) => `${path}${ending}`).find((one) => existsSync(join(dir, one)))
    },
    prefix: typeof prefix === "string" ? prefix : "",
  }
}

/** What components.json leaves out follows from what it must have, as with shadcn's own command. */
function aliasesIn(settings: Readonly<Record<string, unknown>>): Aliases {
  const named = isObject(settings["aliases"]) ? settings["aliases"] : {}
  const word = (name: string) => (typeof named[name] === "string" ? named[name] : undefined)
  const components = word("components") ?? "@/components"
  const utils = word("utils") ?? usual.utils
  return {
    ui: word("ui") ?? `${components}/ui`,
    lib: word("lib") ?? posix.dirname(utils),
    hooks: word("hooks") ?? posix.join(posix.dirname(components), "hooks"),
    utils,
  }
}

function spelled(aliases: Aliases, { shelf, name }: Shelved): string {
  return shelf === "lib" && name === "utils" ? aliases.utils : `${aliases[shelf]}/${name}`
}

/** Tells what a word stands for, as a path in the project. */
type LookUp = (alias: string) => string | undefined

async function pathsOf(dir: string, governing: string | undefined): Promise<LookUp> {
  const names = [...new Set([governing, "tsconfig.json", "jsconfig.json"])]
  const files = names.flatMap((name) => (name === undefined ? [] : join(dir, name)))
  const present = await Promise.all(files.map(exists))
  const matchers = files
    .filter((_, index) => present[index])
    .flatMap((file) => createPathsMatcher(parseTsconfigFile(file)) ?? [])
  return (alias) => {
    const [first] = matchers.flatMap((matcher) => matcher(alias))
    return first === undefined ? undefined : relative(dir, first).split(sep).join("/")
  }
}

type Place = (shelved: Shelved, ending: string) => string

function byAlias(aliases: Aliases, lookUp: LookUp): Place {
  return (shelved, ending) => {
    const word = spelled(aliases, shelved)
    const path = lookUp(word)
    if (path?.startsWith("../")) throw elsewhere(path, shelved)
    if (path !== undefined) return `${path}${ending}`
    throw new CliError({
      code: "unknown_alias",
      message: `components.json has components at ${word}, and no "paths" of the project's tsconfig.json tell where that is.`,
      hint: 'Nothing was written. Set "paths" in compilerOptions: { "@/*": ["./src/*"] }, then run the command again.',
    })
  }
}

function elsewhere(path: string, { name }: Shelved): CliError {
  return new CliError({
    code: "components_elsewhere",
    message: `components.json has components in another package, ${path}, and nothing is written outside the project.`,
    hint: `Nothing was written. Lay it down there first: npx shadcn@latest add ${name}`,
  })
}

function bySource(folder: string): Place {
  return ({ shelf, name }, ending) => posix.join(folder, folders[shelf], `${name}${ending}`)
}

/** Where the project has its own code: beside the copied code, unless that is among functions which are deployed. */
async function sourceFolder(dir: string, root: string): Promise<string> {
  if (root.startsWith("src/") || (await isFolder(join(dir, "src")))) return "src"
  return ""
}
