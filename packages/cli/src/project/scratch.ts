import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, relative, sep } from "node:path"
import { type Change, isReal } from "../transaction/change.ts"
import type { Project } from "./detect.ts"
import { upwards } from "./files.ts"

/** A copy of a project to try something in. */
export interface Scratch {
  /** Stands for the project's folder. */
  readonly dir: string
  /** For what is no part of the project. */
  readonly outside: string
  remove(): void
}

const COPIED_UP_TO = 5 * 1024 * 1024

/**
 * The project with these changes, in a folder of its own. Real are only the folders on the way to what changes, and all
 * copied source; everything else is linked, packages above all. What lies around the project (a workspace's tsconfig)
 * is there, too, at the same distance. Secrets in `.env` files stay where they are.
 */
export async function makeScratch(project: Project, changes: readonly Change[]): Promise<Scratch> {
  const outside = mkdtempSync(join(tmpdir(), "stackdock-update-"))
  const top = project.workspace?.dir ?? (await topOf(project.dir))
  const inside = relative(top, project.dir)
  const real = changes.filter((change) => isReal(change) && !change.path.startsWith(".stackdock/"))
  const ways = new Set([project.root, ...real.map(({ path }) => dirname(path))].flatMap(foldersTo))
  const isOwn = (folder: string) => {
    const below = relative(inside, folder).split(sep).join("/")
    const isAbove = inside === folder || inside.startsWith(`${folder}${sep}`) || folder === ""
    return isAbove || ways.has(below) || `${below}/`.startsWith(`${project.root}/`)
  }
  mirror(top, join(outside, "tree"), "", isOwn)
  const dir = join(outside, "tree", inside)
  for (const { path, after } of real) {
    if (after === undefined) rmSync(join(dir, path), { force: true })
    else {
      mkdirSync(dirname(join(dir, path)), { recursive: true })
      writeFileSync(join(dir, path), after)
    }
  }
  return { dir, outside, remove: () => rmSync(outside, { recursive: true, force: true }) }
}

/** The repository around the project, or the project itself where there is none. */
async function topOf(dir: string): Promise<string> {
  for await (const folder of upwards(dir)) if (existsSync(join(folder, ".git"))) return folder
  return dir
}

function foldersTo(folder: string): string[] {
  const parts = folder === "." ? [] : folder.split("/")
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"))
}

function mirror(from: string, to: string, folder: string, isReal: (folder: string) => boolean): void {
  mkdirSync(join(to, folder), { recursive: true })
  for (const entry of readdirSync(join(from, folder), { withFileTypes: true })) {
    if (/^(\.git|\.stackdock|\.env.*)$/.test(entry.name)) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory() && entry.name !== "node_modules" && isReal(path)) mirror(from, to, path, isReal)
    else if (entry.isFile() && statSync(join(from, path)).size <= COPIED_UP_TO)
      copyFileSync(join(from, path), join(to, path))
    else symlinkSync(join(from, path), join(to, path), entry.isFile() ? "file" : "junction")
  }
}
