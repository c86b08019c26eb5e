import { spawn } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll } from "vitest"

const packageFolder = fileURLToPath(new URL("..", import.meta.url))
const bin = join(packageFolder, "dist/bin.js")
const faults = new URL("./faults.mjs", import.meta.url).href

if (!existsSync(bin)) throw new Error("Build the command first: npm run build")

export interface Outcome {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

export interface RunOptions {
  cwd: string
  env?: Record<string, string>
  /** What to do at the nth change to the disk: fail with that code, or be killed. */
  fault?: { at: number; code: "ENOSPC" | "EACCES" | "SIGKILL" }
}

/** Runs the built command as a person without a terminal would. */
export function stackdock(args: readonly string[], { cwd, env = {}, fault }: RunOptions): Promise<Outcome> {
  const node = fault ? ["--import", faults, bin] : [bin]
  const injected = fault ? { FAULT_AT: String(fault.at), FAULT_CODE: fault.code } : {}
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...node, ...args], {
      cwd,
      env: { ...process.env, NO_COLOR: "1", CI: "", XDG_CACHE_HOME: cache, ...env, ...injected },
      stdio: ["ignore", "pipe", "pipe"],
    })
    let stdout = ""
    let stderr = ""
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text
    })
    child.on("error", reject).on("close", (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
}

/** The one JSON document that `--json` promises on stdout. */
export function json(outcome: Outcome): Record<string, unknown> {
  return JSON.parse(outcome.stdout)
}

export function errorOf(
  outcome: Outcome,
): { code: string; message: string; hint: string | null } & Record<string, unknown> {
  return JSON.parse(outcome.stdout).error
}

const scratch = mkdtempSync(join(tmpdir(), "stackdock-test-"))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** What is read over a network stays with the test. */
const cache = join(scratch, "cache")

/** A fresh folder with these files. */
export function folder(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(scratch, "f-"))
  write(dir, files)
  return dir
}

export function write(dir: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), content)
  }
}

export function emptyProject(): string {
  return folder({ "package.json": `${JSON.stringify({ name: "p", type: "module" }, null, 2)}\n` })
}

/**
 * Every file and folder below `dir`, with contents: two equal snapshots are two equal projects. What `undo` needs tells
 * when it was written, and is not the project's.
 */
export function snapshot(dir: string): Record<string, string> {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true })
  return Object.fromEntries(
    entries
      .filter((entry) => !/\.stackdock\/undo(\/|$)/.test(join(entry.parentPath, entry.name)))
      .map((entry) => {
        const path = join(entry.parentPath, entry.name)
        return [
          relative(dir, path),
          entry.isFile() ? readFileSync(path, "utf8") : `(${entry.isDirectory() ? "folder" : "other"})`,
        ]
      })
      .sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
  )
}
