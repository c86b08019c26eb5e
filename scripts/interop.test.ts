import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import { linkPackages } from "../packages/cli/test/project-kinds.ts"
import { tree, Workbench } from "./interop/bench.ts"

/** All items go into one project: what is slow is the typecheck and the tests, and those are worth having once. */
const minutes = 60_000
vi.setConfig({ testTimeout: 5 * minutes })

let bench: Workbench
let project: string
let url: string
let names: string[]
let installed: string[]

beforeAll(async () => {
  bench = new Workbench()
  await bench.open({
    "package.json": '{ "name": "plain", "private": true, "type": "module" }\n',
    "tsconfig.json": JSON.stringify({
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
  })
  project = bench.project
  url = bench.url
  names = plainItems()
  const added = await bench.shadcn("add", ...names.map((name) => `${url}/${name}.json`), "--yes")
  expect(added.status, added.printed).toBe(0)
  installed = bench.asked()
}, 8 * minutes)
afterAll(() => bench?.close())

/** Pages and what they need belong in another kind of project. */
function plainItems(): string[] {
  const items = bench.items()
  const pages = new Set(
    items.filter(({ meta }) => meta.stackdock.kind === "component").map(({ name }) => name),
  )
  const needed = (dependency: string) => dependency.replace(/^.*\//, "").replace(/\.json$/, "")
  for (let size = -1; size !== pages.size; ) {
    size = pages.size
    for (const { name, registryDependencies } of items)
      if (registryDependencies.some((dependency) => pages.has(needed(dependency)))) pages.add(name)
  }
  return items.map(({ name }) => name).filter((name) => !pages.has(name))
}

const itemOf = (name: string) => bench.item(name)

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
    const viewed = await bench.shadcn("view", `${url}/core.json`)
    expect(JSON.parse(viewed.printed)).toMatchObject([{ name: "core", type: "registry:item" }])
    const found = await bench.shadcn("search", `${url}/registry.json`, "--query", "gridpane", "--json")
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
    const planned = await bench.stackdock("adopt", "--dry-run", "--json")
    expect(planned.status, planned.printed).toBe(0)
    expect(tree(project)).toEqual(before)
    const outcome = await bench.stackdock("adopt", "--yes", "--no-install", "--json")
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
    const again = await bench.stackdock("adopt", "--yes", "--no-install", "--json")
    expect(JSON.parse(again.printed)).toMatchObject({ adopted: [], written: [] })
    const added = await bench.stackdock("add", ...names, "--yes", "--no-install", "--json")
    expect(JSON.parse(added.printed)).toMatchObject({ kept: [edited] })
    expect(JSON.parse(added.printed).written.filter((path: string) => path !== "stackdock.lock")).toEqual([])
    expect(source(tree(project))).toEqual(source(before))
  })

  test(
    "typechecks, and passes the contract tests that were copied",
    async () => {
      linkPackages(project, "7")
      const checked = await bench.run(join(project, "node_modules/typescript/bin/tsc"), ["-p", "."])
      expect(checked).toEqual({ status: 0, printed: "" })
      // Hundreds of syncs with faults say nothing about how a file was copied.
      // A busy machine is no failure of what was copied.
      const tests = ["run", "src/stackdock/docks", "-t", "^(?!.*(odd answers|faults))", "--testTimeout=60000"]
      const tested = await bench.run(join(project, "node_modules/vitest/vitest.mjs"), tests)
      expect(tested.status, tested.printed).toBe(0)
      for (const dock of ["gridpane", "vercel", "netlify", "cloudflare"])
        expect(tested.printed).toContain(`${dock}.contract.test.ts`)
    },
    15 * minutes,
  )
})

/** Without what the command keeps for itself. */
function source(files: Readonly<Record<string, string>>): unknown {
  return Object.entries(files).filter(([path]) => path.startsWith(join(project, "src")))
}
