import { spawn } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer, type Server } from "node:http"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { text } from "node:stream/consumers"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import { linkPackages } from "../packages/cli/test/project-kinds.ts"
import { root } from "./run.mjs"

/**
 * The real command of shadcn, of the version that scripts/package.json names, on our registry as a server would have it.
 * All items go into one project: what is slow is the typecheck and the tests, and those are worth having once.
 */
const shadcnBin = join(root, "scripts/node_modules/shadcn/dist/index.js")
const stackdockBin = join(root, "packages/cli/dist/bin.js")
const minutes = 60_000
vi.setConfig({ testTimeout: 5 * minutes })

interface Item {
  name: string
  dependencies: string[]
  devDependencies: string[]
  files: { target: string; content: string }[]
}

let home: string
let project: string
let server: Server
let url: string
let names: string[]
let installed: string[]

/** Stands in for npm, which shadcn calls: nothing is downloaded, and what it asked for is kept. */
const npmStandIn = `#!/usr/bin/env node
require("node:fs").appendFileSync(process.env.ASKED, process.argv.slice(2).join("\\n") + "\\n")
`

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "stackdock-interop-"))
  project = join(home, "project")
  mkdirSync(join(home, "bin"))
  mkdirSync(project)
  writeFileSync(join(home, "bin/npm"), npmStandIn, { mode: 0o755 })
  writeFileSync(join(project, "package.json"), '{ "name": "plain", "private": true, "type": "module" }\n')
  writeFileSync(
    join(project, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        module: "nodenext",
        target: "es2022",
        lib: ["es2022"],
        strict: true,
        noEmit: true,
        allowImportingTsExtensions: true,
        skipLibCheck: true,
      },
      include: ["src"],
    }),
  )
  server = createServer((request, response) => {
    const file = join(home, new URL(request.url ?? "", url).pathname)
    if (!existsSync(file)) return void response.writeHead(404).end()
    response.writeHead(200, { "content-type": "application/json" }).end(readFileSync(file))
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : ""}/r`
  const built = run(stackdockBin, [
    "build",
    "--strict",
    "--url",
    url,
    "--output",
    join(home, "r"),
    "--cwd",
    root,
  ])
  expect((await built).printed).toContain("Built")
  const index: { items: Item[] } = JSON.parse(readFileSync(join(home, "r/registry.json"), "utf8"))
  names = index.items.map(({ name }) => name)
  const added = await run(shadcnBin, ["add", ...names.map((name) => `${url}/${name}.json`), "--yes"])
  expect(added.status, added.printed).toBe(0)
  installed = readFileSync(join(home, "asked"), "utf8").split("\n")
}, 8 * minutes)
afterAll(() => {
  server?.closeAllConnections()
  server?.close()
  rmSync(home, { recursive: true, force: true })
})

const itemOf = (name: string): Item => JSON.parse(readFileSync(join(home, "r", `${name}.json`), "utf8"))

describe("shadcn's command, on our registry", () => {
  test("adds every item, byte for byte, and nothing else", () => {
    const expected = new Map(
      names.flatMap((name) =>
        itemOf(name).files.map(({ target, content }) => [target.slice(2), content] as const),
      ),
    )
    const present = readdirSync(join(project, "src"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(project.length + 1))
    expect(present.sort()).toEqual([...expected.keys()].sort())
    for (const [path, content] of expected)
      expect(readFileSync(join(project, path), "utf8"), path).toBe(content)
    const outside = readdirSync(project).filter((name) => name !== "node_modules")
    expect(outside.sort()).toEqual(["package.json", "src", "tsconfig.json"])
  })

  test("asks for the packages that the items name", () => {
    const needed = new Set(
      names.flatMap((name) => [...itemOf(name).dependencies, ...itemOf(name).devDependencies]),
    )
    expect(installed.filter((word) => /.@/.test(word)).sort()).toEqual(
      expect.arrayContaining([...needed].sort()),
    )
  })

  test("shows an item, and finds one by a word", async () => {
    const viewed = await run(shadcnBin, ["view", `${url}/core.json`])
    expect(JSON.parse(viewed.printed)).toMatchObject([{ name: "core", type: "registry:item" }])
    const found = await run(shadcnBin, ["search", `${url}/registry.json`, "--query", "gridpane", "--json"])
    expect(found.status, found.printed).toBe(0)
    expect(JSON.parse(found.printed).items[0]).toMatchObject({ name: "gridpane" })
  })
})

describe("a project that shadcn's command set up", () => {
  const edited = "src/stackdock/docks/netlify/problem.ts"
  let adopted: Record<string, unknown>

  beforeAll(async () => {
    writeFileSync(join(project, edited), `${readFileSync(join(project, edited), "utf8")}// mine\n`)
    const before = tree(project)
    const planned = await run(stackdockBin, ["adopt", "--dry-run", "--json"])
    expect(planned.status, planned.printed).toBe(0)
    expect(tree(project)).toEqual(before)
    const outcome = await run(stackdockBin, ["adopt", "--yes", "--no-install", "--json"])
    expect(outcome.status, outcome.printed).toBe(0)
    adopted = JSON.parse(outcome.printed)
  }, 5 * minutes)

  test("is adopted: every item by its files, the edited one too, with nothing copied over", () => {
    expect(adopted).toMatchObject({
      root: "src/stackdock",
      adopted: expect.arrayContaining(names),
      edited: [edited],
    })
    const copied = new Set(names.flatMap((name) => itemOf(name).files.map(({ target }) => target.slice(2))))
    const written = adopted["written"] as string[]
    expect(written.filter((path) => copied.has(path))).toEqual([])
    expect(written).toEqual(
      expect.arrayContaining([
        "stackdock.json",
        "stackdock.lock",
        ".stackdock/base/netlify.json.gz",
        "src/stackdock/stackdock.ts",
      ]),
    )
    expect(readFileSync(join(project, edited), "utf8")).toContain("// mine")
    expect(readFileSync(join(project, "src/stackdock/docks/index.ts"), "utf8")).toContain("netlify")
  })

  test("is as one that was never anything else: a second time there is nothing to do", async () => {
    const before = tree(project)
    const again = await run(stackdockBin, ["adopt", "--yes", "--no-install", "--json"])
    expect(JSON.parse(again.printed)).toMatchObject({ adopted: [], written: [] })
    const added = await run(stackdockBin, ["add", ...names, "--yes", "--no-install", "--json"])
    expect(JSON.parse(added.printed)).toMatchObject({ kept: [edited] })
    expect(JSON.parse(added.printed).written.filter((path: string) => path !== "stackdock.lock")).toEqual([])
    expect(source(tree(project))).toEqual(source(before))
  })

  test(
    "typechecks, and passes the contract tests that were copied",
    async () => {
      linkPackages(project, "7")
      const checked = await run(join(project, "node_modules/typescript/bin/tsc"), ["-p", "."])
      expect(checked).toEqual({ status: 0, printed: "" })
      // Hundreds of syncs with faults say nothing about how a file was copied.
      const tests = ["run", "src/stackdock/docks", "-t", "^(?!.*(odd answers|faults))"]
      const tested = await run(join(project, "node_modules/vitest/vitest.mjs"), tests)
      expect(tested.status, tested.printed).toBe(0)
      for (const dock of ["gridpane", "vercel", "netlify", "cloudflare"])
        expect(tested.printed).toContain(`${dock}.contract.test.ts`)
    },
    8 * minutes,
  )
})

/** Without what the command keeps for itself. */
function source(files: Readonly<Record<string, string>>): unknown {
  return Object.entries(files).filter(([path]) => path.startsWith(join(project, "src")))
}

function tree(dir: string): Record<string, string> {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort()
  return Object.fromEntries(paths.map((path) => [path, readFileSync(path, "utf8")]))
}

async function run(
  script: string,
  args: readonly string[],
): Promise<{ status: number | null; printed: string }> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST)/i.test(name))
  const child = spawn(process.execPath, [script, ...args], {
    cwd: project,
    env: {
      ...Object.fromEntries(inherited),
      PATH: join(home, "bin") + delimiter + process.env["PATH"],
      ASKED: join(home, "asked"),
      XDG_CACHE_HOME: join(home, "cache"),
      NO_COLOR: "1",
      CI: "1",
    },
    stdio: ["ignore", "pipe", "pipe"],
  })
  const isJson = args.includes("--json") || args.includes("view")
  const [out, said, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve)),
  ])
  return { status, printed: isJson && status === 0 ? out : out + said }
}
