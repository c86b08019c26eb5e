import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, relative } from "node:path"
import { CliError, usageError } from "../framework/error.ts"
import { packaged } from "../packaged.ts"
import { detectProject } from "../project/detect.ts"
import { openRegistries } from "../registry/source.ts"
import type { Change } from "../transaction/change.ts"
import { planAdd } from "./add.ts"
import { planSetupChanges, setupItems } from "./setup.ts"

export interface Template {
  /** Below `templates`. */
  readonly folder: string
  /** The items that its own files import from, beside those that every project's do. */
  readonly items: readonly string[]
  /** What a person types next. */
  readonly next: readonly string[]
}

const templates: Readonly<Record<string, Template>> = {
  dashboard: {
    folder: "dashboard",
    items: ["dashboard", "data-fetch", "server", "auth"],
    next: ["npm install", "npx stackdock add gridpane", "npm start"],
  },
  convex: {
    folder: "convex-app",
    items: ["dashboard", "data-convex"],
    next: ["npm install", "npx stackdock add gridpane", "npx convex dev"],
  },
}

export function findTemplate(name: string): Template {
  const template = Object.hasOwn(templates, name) ? templates[name] : undefined
  if (template) return template
  throw usageError(`There is no template "${name}".`, `There is ${Object.keys(templates).join(", ")}.`)
}

/** All files of a new project: the template's, what `init` writes, and the shared code. It has no dock yet. */
export async function planTemplate({ folder, items }: Template, dir: string): Promise<Change[]> {
  const files = templateFiles(packaged(`templates/${folder}`))
  refuseTaken(dir, [...files.keys(), "stackdock.json"])

  // Looked at where it is not yet: what is planned for a project depends on what lies in it.
  const draft = realpathSync(mkdtempSync(join(tmpdir(), "stackdock-template-")))
  try {
    for (const [path, content] of files) {
      mkdirSync(dirname(join(draft, path)), { recursive: true })
      writeFileSync(join(draft, path), content)
    }
    const project = await detectProject(draft)
    const names = [...new Set([...setupItems(project), ...items])]
    const wanted = names.map((name) => ({ origin: "bundled", name, version: undefined }))
    const registries = openRegistries({ dir: draft, registries: {}, offline: true })
    const shared = await planAdd({ project, wanted, registries, tests: false })
    const { configuration, source } = await planSetupChanges(project)
    const contents = new Map<string, Change["after"]>(files)
    for (const { path, after } of [...configuration, ...source, ...shared.changes]) contents.set(path, after)
    return [...contents].map(([path, after]) => ({ path, before: undefined, after }))
  } finally {
    rmSync(draft, { recursive: true })
  }
}

/** By their paths in the project. Package managers leave a file of the name `.gitignore` out of a package. */
function templateFiles(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  return new Map(
    entries.map((entry) => {
      const file = join(entry.parentPath, entry.name)
      const path = relative(folder, file).replaceAll("\\", "/")
      return [path === "gitignore" ? ".gitignore" : path, readFileSync(file, "utf8")]
    }),
  )
}

function refuseTaken(dir: string, paths: readonly string[]): void {
  const taken = paths.filter((path) => existsSync(join(dir, path)))
  if (taken.length === 0) return
  throw new CliError({
    code: "conflict",
    message: `A template makes a new project, and here there is one: ${taken.join(", ")}.`,
    hint: "Nothing was written. Make a folder for it: mkdir my-app && cd my-app",
    exitCode: 3,
    details: { conflicts: taken },
  })
}
