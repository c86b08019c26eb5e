// Installs what the repository needs, from a clean clone, with nothing but Node and npm.
// pnpm itself comes through npm at a pinned version into .tools/, so neither a global pnpm nor corepack is asked for.
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const PNPM_VERSION = "10.34.9"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")
const tools = join(root, ".tools")
const pnpm = join(tools, "node_modules/pnpm/bin/pnpm.cjs")

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`StackDock needs Node 20.19 or newer; this is ${process.version}.`)
  process.exit(1)
}

if (installedPnpm() !== PNPM_VERSION) {
  mkdirSync(tools, { recursive: true })
  writeFileSync(join(tools, "package.json"), "{}\n")
  run(
    "npm",
    ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error", `pnpm@${PNPM_VERSION}`],
    tools,
  )
}

const stamp = join(tools, "installed")
const wanted = fingerprint([
  "pnpm-lock.yaml",
  "pnpm-workspace.yaml",
  "package.json",
  "registry/package.json",
  "packages/cli/package.json",
  "scripts/package.json",
])
if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted || !existsSync(join(root, "node_modules"))) {
  console.error("Installing dependencies …")
  run(
    process.execPath,
    [pnpm, "install", "--frozen-lockfile", "--reporter=append-only", "--loglevel=warn"],
    root,
  )
  writeFileSync(stamp, wanted)
}

function installedPnpm() {
  const manifest = join(tools, "node_modules/pnpm/package.json")
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).version : undefined
}

function fingerprint(files) {
  const hash = createHash("sha256")
  for (const file of files) hash.update(readFileSync(join(root, file)))
  return hash.digest("hex")
}

function run(command, args, cwd) {
  const result = spawnSync(command, args, {
    cwd,
    stdio: ["ignore", process.stderr, "inherit"],
    shell: process.platform === "win32",
  })
  if (result.status !== 0) process.exit(result.status ?? 1)
}
