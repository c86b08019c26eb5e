// Builds what changed since the last build, and starts the server that was built.
import { spawnSync } from "node:child_process"
import { existsSync, readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const folder = fileURLToPath(new URL(".", import.meta.url))
const built = join(folder, "dist/server/start.js")
const sources = ["index.html", "package.json", "vite.config.ts", ...below("src")]

if (!existsSync(built) || sources.some((path) => changedAt(join(folder, path)) > changedAt(built))) {
  const vite = join(folder, "node_modules/vite/bin/vite.js")
  for (const args of [["build"], ["build", "--ssr", "src/start.ts"]]) {
    const { status } = spawnSync(process.execPath, [vite, ...args, "--logLevel", "warn"], {
      cwd: folder,
      stdio: "inherit",
    })
    if (status !== 0) process.exit(status ?? 1)
  }
}
process.chdir(folder)
if (existsSync(".env")) process.loadEnvFile(".env")
await import(built)

function below(path) {
  return readdirSync(join(folder, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length))
}

function changedAt(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0
}
