import { spawn } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import type { Project } from "../project/detect.ts"
import { isObject } from "../project/files.ts"
import { makeScratch, type Scratch } from "../project/scratch.ts"
import type { Change } from "../transaction/change.ts"

export interface Check {
  readonly name: "types" | "tests"
  /** `skipped`: there was nothing to check with, or nothing to check. */
  readonly outcome: "passed" | "failed" | "skipped"
  /** How many tests passed, why it was skipped, what failed. */
  readonly said: readonly string[]
}

/** Typechecks the project as it would be, with its own TypeScript, and runs these of its tests, with its own Vitest. */
export async function checkInScratch(
  project: Project,
  changes: readonly Change[],
  tests: readonly string[],
): Promise<Check[]> {
  const scratch = await makeScratch(project, changes)
  try {
    const types = await checkTypes(project, scratch)
    return types.outcome === "failed" ? [types] : [types, await runTests(scratch, tests)]
  } finally {
    scratch.remove()
  }
}

async function checkTypes(project: Project, scratch: Scratch): Promise<Check> {
  const { tsconfig } = project.typescript
  const tsc = packageFile(project.dir, "typescript/bin/tsc")
  if (tsconfig === undefined) return skipped("types", "the project has no tsconfig.json")
  if (tsc === undefined) return skipped("types", "TypeScript is not installed here")
  // A composite project may not be checked without such a file; it must not end up beside the user's own.
  const options = ["--noEmit", "--incremental", "--tsBuildInfoFile", join(scratch.outside, "build.info")]
  const errorsIn = async (dir: string) => {
    const { output } = await run(tsc, ["-p", tsconfig, ...options, "--pretty", "false"], dir)
    return output.split(/\r?\n/).filter((line) => /\berror TS\d+:/.test(line))
  }
  const errors = await errorsIn(scratch.dir)
  if (errors.length === 0) return { name: "types", outcome: "passed", said: [] }
  const known = (await errorsIn(project.dir)).map(withoutPlace)
  const fresh = errors.filter((error) => {
    const at = known.indexOf(withoutPlace(error))
    if (at !== -1) known.splice(at, 1)
    return at === -1
  })
  return fresh.length > 0
    ? { name: "types", outcome: "failed", said: fresh }
    : { name: "types", outcome: "passed", said: [`errors that were there before: ${errors.length}`] }
}

/** An update moves lines: `src/a.ts(3,1): error …` is the same error further down. */
function withoutPlace(error: string): string {
  return error.replace(/\(\d+,\d+\)(?=: error)/, "")
}

async function runTests(scratch: Scratch, tests: readonly string[]): Promise<Check> {
  const present = tests.filter((path) => existsSync(join(scratch.dir, path)))
  if (present.length === 0) return skipped("tests", "no contract test of what changes is here")
  const vitest = packageFile(scratch.dir, "vitest/vitest.mjs")
  if (vitest === undefined) return skipped("tests", "Vitest is not installed here")
  const file = join(scratch.outside, "tests.json")
  // A busy machine is no reason to refuse an update.
  const options = [
    "--reporter=json",
    `--outputFile=${file}`,
    "--passWithNoTests",
    "--testTimeout=60000",
    "--cache=false",
  ]
  const { code, output } = await run(vitest, ["run", ...present, ...options], scratch.dir)
  const { count, failed } = readReport(file)
  if (code === 0 && count === 0) return skipped("tests", "the project's Vitest settings leave them out")
  if (code === 0) return { name: "tests", outcome: "passed", said: [`${count} passed`] }
  const said = failed.length > 0 ? failed : output.trimEnd().split(/\r?\n/).slice(-12)
  return { name: "tests", outcome: "failed", said }
}

/** What Vitest's JSON reporter writes, as Jest's did before it. */
function readReport(path: string): { count: number; failed: string[] } {
  const report: unknown = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined
  if (!isObject(report)) return { count: 0, failed: [] }
  const files = list(report["testResults"])
  const failed = files.flatMap((file) => {
    const broken = list(file["assertionResults"]).filter(({ status }) => status === "failed")
    const said = broken.map(
      ({ fullName, failureMessages }) => `${String(fullName)}: ${firstLine(list(failureMessages)[0])}`,
    )
    return said.length === 0 && file["status"] === "failed" ? [firstLine(file["message"])] : said
  })
  return { count: Number(report["numPassedTests"]) || 0, failed }
}

function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value : []
}

function firstLine(value: unknown): string {
  return String(value ?? "").split("\n")[0] ?? ""
}

function skipped(name: Check["name"], reason: string): Check {
  return { name, outcome: "skipped", said: [reason] }
}

function packageFile(from: string, path: string): string | undefined {
  for (let dir = from; ; dir = dirname(dir)) {
    const file = join(dir, "node_modules", path)
    if (existsSync(file)) return file
    if (dir === dirname(dir)) return undefined
  }
}

/** What a test runner or a package manager around us left in the environment is no business of theirs. */
function run(
  script: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number | null; output: string }> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_ENV$)/.test(name))
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd,
      env: { ...Object.fromEntries(inherited), NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    })
    let output = ""
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text
      })
    child.on("error", reject).on("close", (code) => resolve({ code, output }))
  })
}
