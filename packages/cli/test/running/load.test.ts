import { renameSync, rmSync } from "node:fs"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { createRunningProject, entry, type RunningProject } from "./project.ts"

const entryPath = "src/stackdock/stackdock.ts"
/** Enough to load everything and answer without a database. */
const inMemory = entry
  .replace("./stores/sql/node/embedded.ts", "./stores/memory/index.ts")
  .replace('embeddedStore(".stackdock/stackdock.db")', "memoryStore()")
  .replace("embeddedStore", "memoryStore")

describe("the user's own stackdock.ts is loaded", () => {
  const kinds = [
    { type: "module", extension: ".ts" },
    { type: "module", extension: ".js" },
    { type: "commonjs", extension: "" },
  ] as const
  for (const kind of kinds) {
    it(`in a ${kind.type} project whose imports end in "${kind.extension}"`, async () => {
      const project = createRunningProject(kind)
      project.write(entryPath, inMemory)
      expect(await project.run(["docks", "--json"])).toEqual({
        code: 0,
        stdout: "[]\n",
        stderr: expect.any(String),
      })
      expect((await project.run(["connect", "other"])).stderr).toContain("it has acme")
      project.remove()
    })
  }

  it("through the paths of its tsconfig", async () => {
    const project = createRunningProject()
    project.write("tsconfig.json", '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }')
    project.write(entryPath, inMemory.replace('"./docks/index.ts"', '"@/stackdock/docks/index.ts"'))
    expect(await project.run(["docks", "--json"])).toMatchObject({ code: 0, stdout: "[]\n" })
    project.remove()
  })
})

describe("a project that cannot be loaded", () => {
  let project: RunningProject
  beforeAll(() => {
    project = createRunningProject()
  })
  afterEach(() => project.write(entryPath, inMemory))
  afterAll(() => project.remove())

  it("was never prepared", async () => {
    project.write("elsewhere/package.json", "{}")
    await fails("There is no stackdock.json", "stackdock init", { cwd: join(project.dir, "elsewhere") })
  })

  it("has lost its stackdock.ts", async () => {
    rmSync(join(project.dir, entryPath))
    await fails(`${entryPath} is missing`, "npx stackdock add")
  })

  it("lacks a package", async () => {
    project.write(entryPath, `import "not-installed/part"\n${inMemory}`)
    await fails("The package not-installed is not installed", "npm install")
    project.write(entryPath, `import "@some/package/part"\n${inMemory}`)
    await fails("The package @some/package is not installed", "npm install")
  })

  it("lacks a file", async () => {
    const path = join(project.dir, "src/stackdock/engine/sync.ts")
    renameSync(path, `${path}.away`)
    const failing = fails(
      "A file is missing from the project: src/stackdock/engine/sync.ts",
      "npx stackdock doctor",
    )
    await failing.finally(() => renameSync(`${path}.away`, path))
  })

  it("has a syntax error", async () => {
    project.write(entryPath, `${inMemory}\nexport const = 1\n`)
    const lines = inMemory.split("\n").length + 1
    await fails(`${entryPath}:${lines}: `, "mend that place")
  })

  it("throws while it is loaded", async () => {
    project.write(entryPath, `${inMemory}\nthrow new Error("MY_SETTING is not set")\n`)
    await fails("MY_SETTING is not set", "mend that place")
  })

  it("exports something else", async () => {
    for (const wrong of [
      "export default {}",
      "export const a = 1",

      "export default 'text'",
    ]) {
      project.write(entryPath, wrong)
      await fails(`${entryPath} does not export`, "createStackdock")
    }
  })

  async function fails(message: string, hint: string, options?: { cwd: string }): Promise<void> {
    const { code, stdout, stderr } = await project.run(["docks"], options)
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" })
    expect(stderr).toContain(message)
    expect(stderr.slice(stderr.indexOf("→"))).toContain(hint)
    expect(stderr).not.toContain("should not")
  }
})
