import { execFile } from "node:child_process"
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { linkPackages, makeProject, projectKinds } from "./project-kinds.ts"

const bin = fileURLToPath(new URL("../dist/bin.js", import.meta.url))

interface Outcome {
  code: number
  stdout: string
  output: string
}

const minutes = 60_000

/** Runs a script with this Node; what a test runner leaves in the environment is no business of the project's tools. */
function node(script: string, args: readonly string[], cwd: string): Promise<Outcome> {
  const { PATH, HOME, TMPDIR } = process.env
  const env = { PATH, HOME, TMPDIR, NO_COLOR: "1", CI: "1" }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [script, ...args],
      { cwd, env, timeout: 3 * minutes, maxBuffer: 1e7 },
      (error, stdout, stderr) => {
        const code = error ? (typeof error.code === "number" ? error.code : 1) : 0
        resolve({ code, stdout, output: stdout + stderr })
      },
    )
  })
}

describe.each(projectKinds)("$title", (kind) => {
  let home: string
  let dir: string
  let initialised: Outcome
  let added: Outcome

  beforeAll(async () => {
    home = realpathSync(mkdtempSync(join(tmpdir(), "stackdock-kind-")))
    dir = makeProject(kind, home)
    initialised = await node(bin, ["init", "--yes", "--json"], dir)
    added = await node(bin, ["add", "gridpane", "--yes", "--no-install", "--json"], dir)
    linkPackages(dir, kind.typescript)
  }, 2 * minutes)
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  test("is recognised", () => {
    expect(initialised.output).toContain(kind.root)
    expect(initialised.code, initialised.output).toBe(0)
    expect(JSON.parse(initialised.stdout)).toMatchObject({
      root: kind.root,
      importExtension: kind.importExtension,
    })
  })

  test("takes a dock, with imports written as its own are", () => {
    expect(added.code, added.output).toBe(0)
    const files = sources(join(dir, kind.root))
    expect(files.length).toBeGreaterThan(30)
    for (const file of files) {
      for (const [, specifier = ""] of readFileSync(file, "utf8").matchAll(
        /^(?:im|ex)port .*? from "(\.[^"]*)"/gm,
      )) {
        const ending = /\.(?:ts|js)$/.exec(specifier)?.[0] ?? ""
        expect(ending, `${specifier} in ${file}`).toBe(kind.importExtension)
      }
    }
    expect(readFileSync(join(dir, kind.root, "docks/index.ts"), "utf8")).toContain("[gridpane]")
  })

  test.skipIf(kind.tsconfig === undefined)(
    "typechecks under its own tsconfig",
    async () => {
      const tsc = join(dir, "node_modules/typescript/bin/tsc")
      const { code, output } = await node(tsc, ["-p", kind.tsconfig ?? "", "--noEmit"], dir)
      expect(output).toBe("")
      expect(code).toBe(0)
    },
    4 * minutes,
  )

  test(
    "runs the copied contract tests",
    async () => {
      const vitest = join(dir, "node_modules/vitest/vitest.mjs")
      const { code, output } = await node(
        vitest,
        ["run", ...(kind === projectKinds[0] ? [] : withoutLongest)],
        dir,
      )
      expect(output).toMatch(/gridpane\.contract\.test\.ts/)
      expect(code, output).toBe(0)
    },
    4 * minutes,
  )
})

/** Hundreds of syncs that are the same in every kind of project: once is enough. */
const withoutLongest = ["-t", "^(?!.*(odd answers|faults))"]

function sources(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => join(folder, path))
}
