import { readFileSync } from "node:fs"
import { join } from "node:path"
import { packaged } from "../packaged.ts"
import type { Project } from "./detect.ts"
import { docksList } from "./docks-list.ts"
import { readText } from "./files.ts"
import { rewriteImports } from "./imports.ts"

/** A file that `init` writes. `merge`: it exists, and `content` is its text with our lines added. */
interface SetupFile {
  /** Relative to the project. */
  readonly path: string
  readonly content: string
  readonly mode: "create" | "merge"
}

export interface Setup {
  /** Only what is missing: a file that exists is the user's and is left out. */
  readonly files: readonly SetupFile[]
  /** What in the project stands in the way of typechecking the copied code, in words. */
  readonly hints: readonly string[]
}

/** What `init` brings into a project. Writes nothing. */
export async function planSetup(project: Project): Promise<Setup> {
  const created = [
    { path: "stackdock.json", content: configText(project) },
    { path: `${project.root}/stackdock.ts`, content: laidDown("stackdock.ts", project) },
    { path: `${project.root}/docks/index.ts`, content: docksList([], project) },
    // Convex deploys every file below its folder as a module of functions, and refuses names with a dash
    // (https://github.com/get-convex/convex-backend/issues/231). It passes over a folder with a component's definition.
    ...(project.kind === "convex"
      ? [{ path: `${project.root}/convex.config.ts`, content: laidDown("convex.config.ts", project) }]
      : []),
  ]
  const files: SetupFile[] = []
  for (const file of created) {
    if ((await readText(join(project.dir, file.path))) === undefined) files.push({ ...file, mode: "create" })
  }
  const ignored = await gitignore(project)
  return { files: ignored ? [...files, ignored] : files, hints: hints(project) }
}

function configText({ root, style }: Project): string {
  return lines([JSON.stringify({ root }, null, style.indent)], style.newline)
}

/** A template as the project's style and module settings have it. */
function laidDown(name: string, { importExtension, style }: Project): string {
  const template = readFileSync(packaged(`templates/project/${name}`), "utf8")
  const indented = template.replace(/^(?: {2})+/gm, (spaces) => style.indent.repeat(spaces.length / 2))
  return rewriteImports(indented, importExtension).replaceAll("\n", style.newline)
}

/** The rows and the key stay on this machine; the copies that updates are merged from belong to the repository. */
const ignoredLines = [".stackdock/*", "!.stackdock/base/"]

async function gitignore({ dir, style }: Project): Promise<SetupFile | undefined> {
  const path = ".gitignore"
  const text = await readText(join(dir, path))
  if (text === undefined) return { path, content: lines(ignoredLines, style.newline), mode: "create" }
  const present = text.split(/\r?\n/).map((line) => line.trim().replace(/^\//, ""))
  const missing = ignoredLines.filter((line) => !present.includes(line))
  if (missing.length === 0) return undefined
  const newline = text.includes("\r\n") ? "\r\n" : "\n"
  const gap = text === "" || text.endsWith("\n") ? "" : newline
  return { path, content: text + gap + lines(missing, newline), mode: "merge" }
}

function hints({ typescript, moduleFormat, root }: Project): string[] {
  const { tsconfig } = typescript
  if (tsconfig === undefined) return []
  const found: string[] = []
  if (!typescript.included) {
    found.push(`${tsconfig} does not include ${root}, so nothing there is typechecked: add it to "include".`)
  }
  if (!typescript.strict) {
    found.push(`${tsconfig} is not strict, and zod's types need it: set "strict": true.`)
  }
  if (!hasModernLibrary(typescript)) {
    found.push(
      `${tsconfig} knows JavaScript only up to an older year: set "target" (or "lib") to ES2022 or later.`,
    )
  }
  if (moduleFormat === "commonjs" && typescript.verbatimModuleSyntax) {
    found.push(
      `${tsconfig} sets "verbatimModuleSyntax", which forbids import statements in CommonJS: set "type": "module" in package.json.`,
    )
  }
  return found
}

function hasModernLibrary({ lib, target }: Project["typescript"]): boolean {
  const names = lib ?? (target === undefined ? ["es2022"] : [target])
  return names.some((name) => /^es(?:202[2-9]|20[3-9]\d|next)$/.test(name))
}

function lines(text: readonly string[], newline: string): string {
  return `${text.join("\n")}\n`.replaceAll("\n", newline)
}
