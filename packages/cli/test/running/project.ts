import { spawn } from "node:child_process"
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import type { Readable } from "node:stream"
import { fileURLToPath } from "node:url"
import { rewriteImports } from "../../src/project/imports.ts"
import { acmeDock } from "./provider.ts"

const repository = fileURLToPath(new URL("../../../..", import.meta.url))

const bin = join(repository, "packages/cli/dist/bin.js")

if (!existsSync(bin)) throw new Error("Build the command first: npm run build")

export interface Run {
  code: number | null
  stdout: string
  stderr: string
}

export interface RunOptions {
  stdin?: string
  env?: Record<string, string>
  cwd?: string
}

export interface RunningProject {
  readonly dir: string
  write(path: string, text: string): void
  /** Starts the command, to be signalled while it works. */
  start(
    args: readonly string[],
    options?: RunOptions,
  ): { done: Promise<Run>; stdout: Readable; kill(signal: NodeJS.Signals): void }
  run(args: readonly string[], options?: RunOptions): Promise<Run>
  remove(): void
}

export interface ProjectSettings {
  type: "module" | "commonjs"
  /** How relative imports are written. */
  extension: ".ts" | ".js" | ""
}

/** A user's project with the shared code and one small dock in it. */
export function createRunningProject(
  settings: ProjectSettings = { type: "module", extension: ".ts" },
): RunningProject {
  const dir = mkdtempSync(join(tmpdir(), "stackdock-run-"))
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), path.endsWith(".ts") ? rewriteImports(text, settings.extension) : text)
  }
  for (const part of ["schema", "core", "engine", "security", "stores"]) {
    for (const file of readdirSync(join(repository, "registry", part), {
      recursive: true,
      encoding: "utf8",
    })) {
      if (!file.endsWith(".ts") || file.endsWith(".test.ts")) continue
      write(`src/stackdock/${part}/${file}`, readFileSync(join(repository, "registry", part, file), "utf8"))
    }
  }
  symlinkSync(join(repository, "registry/node_modules"), join(dir, "node_modules"))
  write("package.json", JSON.stringify({ name: "the-project", type: settings.type }))
  write("stackdock.json", '{ "root": "src/stackdock" }\n')
  write("src/stackdock/docks/acme.ts", acmeDock)
  write(
    "src/stackdock/docks/index.ts",
    `import type { AnyDock } from "../core/dock.ts"
import { acme } from "./acme.ts"

export const docks: readonly AnyDock[] = [acme]
`,
  )
  write("src/stackdock/stackdock.ts", entry)

  const start: RunningProject["start"] = (args, { stdin = "", env = {}, cwd = dir } = {}) => {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd,
      env: { ...process.env, NO_COLOR: "", CI: "", ...env },
      stdio: ["pipe", "pipe", "pipe"],
    })
    const result: Run = { code: null, stdout: "", stderr: "" }
    child.stdout.on("data", (text) => (result.stdout += text))
    child.stderr.on("data", (text) => (result.stderr += text))
    child.stdin.on("error", () => {}) // a command that fails early does not read its stdin
    child.stdin.end(stdin)
    const done = new Promise<Run>((resolve, reject) => {
      child.once("error", reject)
      child.once("close", (code) => resolve({ ...result, code }))
    })
    return { done, stdout: child.stdout, kill: (signal) => child.kill(signal) }
  }

  return {
    dir,
    write,
    start,
    run: (args, options) => start(args, options).done,
    remove: () => rmSync(dir, { recursive: true }),
  }
}

export const entry = `import { docks } from "./docks/index.ts"
import { createStackdock } from "./engine/stackdock.ts"
import { keyFileVault } from "./security/node/key-file.ts"
import { embeddedStore } from "./stores/sql/node/embedded.ts"

export default createStackdock({
  docks,
  store: embeddedStore(".stackdock/stackdock.db"),
  vault: keyFileVault(".stackdock/key"),
})
`
