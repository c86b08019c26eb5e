import { readFileSync } from "node:fs"
import { join, posix } from "node:path"
import { CliError } from "../framework/error.ts"
import { packaged } from "../packaged.ts"
import { edited, type SharedFile, sharedFiles } from "./convex-edits.ts"
import type { Project } from "./detect.ts"
import { readText } from "./files.ts"
import { rewriteImports } from "./imports.ts"

/** A file that `init` writes. `merge`: it exists, and `content` is its text with our lines added. */
export interface SetupFile {
  /** Relative to the project. */
  readonly path: string
  readonly content: string
  readonly mode: "create" | "merge"
}

/** In the folder of functions. Convex calls what they export by the files' names. */
const functionFiles = ["stackdock.ts", "stackdockStore.ts", "stackdockWork.ts"]

/** What a Convex project needs around the copied code, and what a person has to do where it cannot be edited. */
export async function convexFiles(
  project: Project,
  functions: string,
): Promise<{ files: SetupFile[]; hints: string[] }> {
  const files: SetupFile[] = []
  const hints: string[] = []
  for (const name of [...functionFiles, ...sharedFiles]) {
    const path = `${functions}/${name}`
    const content = convexTemplate(name, project, functions)
    const text = await readText(join(project.dir, path))
    if (text === undefined) files.push({ path, content, mode: "create" })
    else if (isShared(name)) {
      const edit = await edited(name, text, content)
      if ("hint" in edit) hints.push(`${path}: ${edit.hint}`)
      else if (edit.text !== text) files.push({ path, content: edit.text, mode: "merge" })
    } else if (!text.includes(`${importFolder(project, functions)}/`)) throw fileTaken(path)
  }
  return { files, hints }
}

function isShared(name: string): name is SharedFile {
  return sharedFiles.some((shared) => shared === name)
}

function convexTemplate(name: string, project: Project, functions: string): string {
  const folder = importFolder(project, functions)
  return laidDown(`convex/${name}`, project).replaceAll('"./stackdock/', `"${folder}/`)
}

/** The copied code, as a file among the functions imports it. */
function importFolder({ root }: Project, functions: string): string {
  const toRoot = posix.relative(functions, root)
  return toRoot.startsWith("..") ? toRoot : `./${toRoot}`
}

/** Convex calls functions by their file's name, so ours can have no other. */
function fileTaken(path: string): CliError {
  return new CliError({
    code: "file_taken",
    message: `${path} is there already, and StackDock's functions need that name.`,
    hint: "Nothing was written. Give yours another name first.",
    exitCode: 3,
    details: { path },
  })
}

/** A template as the project's style and module settings have it. */
export function laidDown(name: string, { importExtension, style }: Project): string {
  const template = readFileSync(packaged(`templates/${name}`), "utf8")
  const indented = template.replace(/^(?: {2})+/gm, (spaces) => style.indent.repeat(spaces.length / 2))
  return rewriteImports(indented, importExtension).replaceAll("\n", style.newline)
}
