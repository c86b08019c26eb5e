import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { detectProject } from "./detect.ts"
import { planSetup } from "./setup.ts"

let dir: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "stackdock-setup-"))
})
afterEach(() => rmSync(dir, { recursive: true }))

async function plan(files: Record<string, string>) {
  for (const [path, content] of Object.entries({ "package.json": "{}", ...files })) {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), content)
  }
  return planSetup(await detectProject(dir))
}

describe("what init brings", () => {
  test("is a configuration, the user's own file, the list, and what git ignores", async () => {
    const { files } = await plan({ "tsconfig.json": '{ "compilerOptions": { "module": "nodenext" } }' })
    expect(files.map(({ path, mode }) => [path, mode])).toEqual([
      ["stackdock.json", "create"],
      ["src/stackdock/stackdock.ts", "create"],
      ["src/stackdock/docks/index.ts", "create"],
      [".gitignore", "create"],
    ])
    expect(JSON.parse(files[0]?.content ?? "")).toMatchObject({ root: "src/stackdock" })
    expect(files[1]?.content).toContain('import { createStackdock } from "./engine/stackdock.js"')
    expect(files[2]?.content).toContain('from "../core/dock.js"')
    expect(files[3]?.content).toBe(".stackdock/*\n!.stackdock/base/\n")
  })

  test("is only what is missing", async () => {
    const { files } = await plan({
      "stackdock.json": "{}",
      "src/stackdock/stackdock.ts": "// mine",
      ".gitignore": "node_modules\n/.stackdock/*\n!.stackdock/base/\n",
    })
    expect(files.map((file) => file.path)).toEqual(["src/stackdock/docks/index.ts"])
  })

  test("keeps the lines of a .gitignore, its line ends, and a missing last one", async () => {
    const { files } = await plan({ ".gitignore": "node_modules\r\ndist" })
    expect(files.at(-1)).toEqual({
      path: ".gitignore",
      content: "node_modules\r\ndist\r\n.stackdock/*\r\n!.stackdock/base/\r\n",
      mode: "merge",
    })
  })

  test("is nothing where a Convex project has a file of its own by a name that only ours can have", async () => {
    const convex = { "package.json": '{ "dependencies": { "convex": "^1.48.0" } }' }
    await expect(plan({ ...convex, "convex/stackdock.ts": "export const mine = 1\n" })).rejects.toMatchObject(
      {
        code: "file_taken",
        details: { path: "convex/stackdock.ts" },
      },
    )
    const ours = 'import { publicFunctions } from "./stackdock/convex/public"\n// with more of my own\n'
    const { files } = await plan({ ...convex, "convex/stackdock.ts": ours })
    expect(files.map(({ path }) => path)).not.toContain("convex/stackdock.ts")
  })

  test("has the project's tabs and line ends", async () => {
    const { files } = await plan({ ".editorconfig": "[*]\nindent_style = tab\nend_of_line = crlf\n" })
    expect(files[0]?.content).toMatch(/^\{\r\n\t"/)
    expect(files[1]?.content).toContain("createStackdock({\r\n\tdocks,\r\n")
  })

  test("keeps Convex from deploying the copied files as functions", async () => {
    const { files } = await plan({
      "package.json": '{ "dependencies": { "convex": "^1.30.0" } }',
      "convex/tsconfig.json":
        '{ "compilerOptions": { "strict": true, "target": "ESNext", "lib": ["ES2023"] } }',
    })
    expect(files.map(({ path }) => path)).toContain("convex/stackdock/convex.config.ts")
  })

  test("writes nothing by itself", async () => {
    await plan({})
    expect(readdirSync(dir)).toEqual(["package.json"])
  })
})

describe("hints", () => {
  const hints = async (manifest: object, tsconfig: object) =>
    (await plan({ "package.json": JSON.stringify(manifest), "tsconfig.json": JSON.stringify(tsconfig) }))
      .hints

  test("none for a strict, modern project", async () => {
    const compilerOptions = { strict: true, target: "ES2022", module: "nodenext", verbatimModuleSyntax: true }
    expect(await hints({ type: "module" }, { compilerOptions })).toEqual([])
  })

  test.each([
    [{ compilerOptions: { target: "ES2022", module: "nodenext" } }, '"strict"'],
    [{ compilerOptions: { strict: true, target: "ES2017", module: "nodenext" } }, "ES2022"],
    [{ compilerOptions: { strict: true, lib: ["ES2020", "DOM"], module: "nodenext" } }, "ES2022"],
    [
      { compilerOptions: { strict: true, target: "es2022", module: "nodenext", verbatimModuleSyntax: true } },
      '"type": "module"',
    ],
    [
      { compilerOptions: { strict: true, target: "es2022", module: "nodenext" }, include: ["cmd"] },
      '"include"',
    ],
  ])("%j", async (tsconfig, hint) => {
    expect(await hints({ type: "commonjs" }, tsconfig)).toEqual([expect.stringContaining(hint)])
  })
})
