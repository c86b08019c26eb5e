import { lstatSync } from "node:fs"
import { dirname, join } from "node:path"
import { CliError } from "../framework/error.ts"

/** Throws when a folder on the way to `path` is a symbolic link, which could lead out of the project, or no folder. */
export function checkParents(dir: string, path: string): void {
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
    const info = lstatSync(join(dir, folder), { throwIfNoEntry: false })
    if (info === undefined || info.isDirectory()) continue
    throw new CliError({
      code: "unsafe_target",
      message: info.isSymbolicLink()
        ? `Refused to write ${path}: ${folder} is a symbolic link and could lead out of the project.`
        : `Refused to write ${path}: ${folder} is not a folder.`,
      hint: "Nothing was written. Choose another root with `npx stackdock init --root <dir>`, or replace it by a real folder.",
      details: { path },
    })
  }
}
