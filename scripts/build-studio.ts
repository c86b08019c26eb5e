import { createHash } from "node:crypto"
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs"
import { join, relative } from "node:path"
import { root, runOrExit } from "./run.mjs"

/** What the pages are built from. */
const sources = [
  "registry/ui",
  "registry/components",
  "registry/lib",
  "registry/bindings/fetch",
  "packages/cli/studio",
]
/** Of these the pages take types, and few constants. */
const leaves = ["registry/engine", "registry/schema", "registry/core", "registry/server"]

/** Builds the pages of the studio into the command. What was built from the same sources before is taken from there. */
export function buildStudio(cli: string): void {
  const kept = join(cli, "node_modules/.cache/studio")
  const built = join(kept, digestOf([...sources, ...leaves]))
  if (!existsSync(built)) {
    rmSync(kept, { recursive: true, force: true })
    mkdirSync(kept, { recursive: true })
    const unfinished = `${built}.unfinished`
    const args = [
      "node_modules/vite/bin/vite.js",
      "build",
      "studio",
      "--outDir",
      unfinished,
      "--logLevel",
      "warn",
    ]
    runOrExit(process.execPath, args, { cwd: cli })
    renameSync(unfinished, built)
  }
  cpSync(built, join(cli, "dist/studio"), { recursive: true })
}

function digestOf(folders: readonly string[]): string {
  const hash = createHash("sha256")
  const files = folders.flatMap((folder) => sourcesIn(join(root, folder))).sort()
  for (const file of [join(root, "pnpm-lock.yaml"), ...files]) {
    hash.update(relative(root, file)).update("\0").update(readFileSync(file)).update("\0")
  }
  return hash.digest("hex").slice(0, 16)
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() &&
        /\.(tsx?|css|html)$/.test(entry.name) &&
        !/\.(test|suite|fixture)\./.test(entry.name),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes("node_modules"))
}
