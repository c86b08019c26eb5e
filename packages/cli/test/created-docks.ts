import { spawn } from "node:child_process"
import { mkdirSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { dockFiles } from "../src/create/dock-files.ts"
import type { DockSpec } from "../src/create/spec.ts"
import { folder, write } from "./command.ts"

export const repository = fileURLToPath(new URL("../../..", import.meta.url))

/** A registry with these docks, which lean on the shared code of this one. */
export function registryWith(specs: readonly DockSpec[]): string {
  const dir = folder({
    "package.json": '{ "type": "module" }',
    "tsconfig.json": JSON.stringify({
      extends: join(repository, "tsconfig.base.json"),
      compilerOptions: { typeRoots: [join(repository, "registry/node_modules/@types")] },
      include: ["registry/docks"],
    }),
  })
  mkdirSync(join(dir, "registry"))
  for (const part of ["core", "schema", "engine", "security", "contract", "stores"]) {
    symlinkSync(join(repository, "registry", part), join(dir, "registry", part), "junction")
  }
  symlinkSync(join(repository, "registry/node_modules"), join(dir, "node_modules"), "junction")
  for (const spec of specs) {
    const written = [...dockFiles(spec, "2026-01-01")].map(([path, text]) => [
      `registry/docks/${spec.provider}/${path}`,
      text,
    ])
    write(dir, Object.fromEntries(written))
  }
  return dir
}

function run(
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(repository, "node_modules", program), ...args], {
      cwd,
      env: { ...process.env, NO_COLOR: "1", CI: "1" },
    })
    let said = ""
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text
      })
    }
    child.on("error", reject).on("close", (code) => resolve({ code, said }))
  })
}

/** What TypeScript has to say against them: nothing, when all is well. */
export async function typecheck(registry: string): Promise<string> {
  const { code, said } = await run("typescript/lib/tsc.js", ["-p", "."], registry)
  return code === 0 ? said : `${said} (code ${code})`
}

/** Runs the contract tests of all docks in it, as they were written. */
export async function runContractTests(registry: string): Promise<{ files: number; failures: string[] }> {
  const args = ["run", "--dir", "registry/docks", "--reporter=json"]
  const { said } = await run("vitest/vitest.mjs", args, registry)
  const report: { testResults: FileResult[] } = JSON.parse(said.slice(said.indexOf("{")))
  return { files: report.testResults.length, failures: report.testResults.flatMap(failuresIn) }
}

interface FileResult {
  message: string
  assertionResults: { status: string; fullName: string; failureMessages: string[] }[]
}

function failuresIn({ message, assertionResults }: FileResult): string[] {
  const failed = assertionResults.filter(({ status }) => status !== "passed")
  return [
    ...(message ? [message] : []),
    ...failed.map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages.join("; ")}`),
  ]
}
