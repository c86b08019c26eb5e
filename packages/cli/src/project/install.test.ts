import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { detectProject } from "./detect.ts"
import { installCommand, installPackages } from "./install.ts"

let dir: string

beforeEach(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), "stackdock-install-")))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(dir, { recursive: true })
})

/** A project of that manager, and a stand-in for the manager itself. */
async function projectOf(manager: string, script: string) {
  writeFileSync(join(dir, manager), `#!/bin/sh\n${script}\n`)
  chmodSync(join(dir, manager), 0o755)
  vi.stubEnv("PATH", `${dir}${delimiter}${process.env["PATH"] ?? ""}`)
  writeFileSync(join(dir, "package.json"), JSON.stringify({ packageManager: `${manager}@1.0.0` }))
  return detectProject(dir)
}

describe.skipIf(process.platform === "win32")("installing packages", () => {
  test.each(["npm", "pnpm", "yarn", "bun"])("runs %s in the project's folder", async (manager) => {
    const project = await projectOf(manager, 'echo "$PWD $1" > ran; echo working >&2')
    const output: string[] = []
    await installPackages(project, { onOutput: (text) => output.push(text) })
    expect(readFileSync(join(dir, "ran"), "utf8")).toBe(`${dir} install\n`)
    expect(output.join("")).toBe("working\n")
    expect(installCommand(project)).toBe(`${manager} install`)
  })

  test("a failure shows the manager's last words and what to type", async () => {
    const project = await projectOf("npm", "echo ERESOLVE could not resolve; exit 7")
    await expect(installPackages(project)).rejects.toMatchObject({
      code: "install_failed",
      message: expect.stringMatching(/code 7.*\n.*ERESOLVE could not resolve/s),
      hint: expect.stringContaining("npm install"),
    })
  })

  test("a manager that is not there is a failure, not a crash", async () => {
    const project = await projectOf("bun", "exit 0")
    vi.stubEnv("PATH", "/nowhere")
    await expect(installPackages(project)).rejects.toMatchObject({ code: "install_failed" })
  })

  test("stops when it is told to", async () => {
    const project = await projectOf("npm", "echo started; exec sleep 60")
    const stop = new AbortController()
    const running = installPackages(project, { signal: stop.signal, onOutput: () => stop.abort() })
    await expect(running).rejects.toMatchObject({ code: "install_failed" })
  })
})
