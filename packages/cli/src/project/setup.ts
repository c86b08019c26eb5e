import { join } from "node:path"
import { convexFiles, laidDown, type SetupFile } from "./convex-files.ts"
import type { Project } from "./detect.ts"
import { docksList } from "./docks-list.ts"
import { readText } from "./files.ts"

export interface Setup {
  /** Only what is missing: a file that exists is the user's and is left out. */
  readonly files: readonly SetupFile[]
  /** What in the project stands in the way of typechecking the copied code, in words. */
  readonly hints: readonly string[]
}

/** What `init` brings into a project. Writes nothing. */
export async function planSetup(project: Project): Promise<Setup> {
  const { dir, root } = project
  const created = [
    { path: "stackdock.json", content: configText(project) },
    ...ownFiles(project),
    { path: `${root}/docks/index.ts`, content: docksList([], project) },
  ]
  const files: SetupFile[] = []
  for (const file of created) {
    if ((await readText(join(dir, file.path))) === undefined) files.push({ ...file, mode: "create" })
  }
  // Once only: what the user has changed in there since, or taken out, is theirs.
  const isFirst = files.some(({ path }) => path === `${root}/stackdock.ts`)
  const convex = isFirst && project.functions ? await convexFiles(project, project.functions) : undefined
  files.push(...(convex?.files ?? []))
  const ignored = await gitignore(project)
  return {
    files: ignored ? [...files, ignored] : files,
    hints: [...hints(project), ...(convex?.hints ?? [])],
  }
}

function configText({ root, style }: Project): string {
  return lines([JSON.stringify({ root }, null, style.indent)], style.newline)
}

/** The user's own files beside the copied code. */
function ownFiles(project: Project): { path: string; content: string }[] {
  const { root, functions, kind } = project
  if (kind !== "convex" || functions === undefined) {
    return [{ path: `${root}/stackdock.ts`, content: laidDown("project/stackdock.ts", project) }]
  }
  // Convex deploys every file below its folder as a module of functions, and refuses names with a dash
  // (https://github.com/get-convex/convex-backend/issues/231). It passes over a folder with a component's definition.
  return ["stackdock.ts", "auth.ts", "convex.config.ts"].map((name) => {
    return { path: `${root}/${name}`, content: laidDown(`convex/stackdock/${name}`, project) }
  })
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
