import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { detectProject } from "./detect.ts"

let home: string

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "stackdock-detect-")))
  vi.stubEnv("npm_config_user_agent", "")
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(home, { recursive: true })
})

/** Makes files; what is not text is written as JSON. */
function project(files: Record<string, unknown>): string {
  for (const [path, content] of Object.entries(files)) {
    const file = join(home, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content, null, 2))
  }
  return home
}

const nodenext = { compilerOptions: { module: "NodeNext", strict: true } }

describe("the kind of project", () => {
  test("is Convex when it has the package and the folder, though Next is there too", async () => {
    const dir = project({
      "package.json": { dependencies: { convex: "^1.20.0", next: "^16.0.0" } },
      "convex/tsconfig.json": { compilerOptions: { module: "ESNext", moduleResolution: "Bundler" } },
      "tsconfig.json": nodenext,
    })
    const found = await detectProject(dir)
    expect(found).toMatchObject({ kind: "convex", root: "convex/stackdock", importExtension: "" })
    expect(found.typescript.tsconfig).toBe("convex/tsconfig.json")
  })

  test("follows convex.json to another folder of functions", async () => {
    const dir = project({
      "package.json": { dependencies: { convex: "^1.20.0" } },
      "convex.json": { functions: "src/convex/" },
      "src/convex/schema.ts": "",
    })
    expect(await detectProject(dir)).toMatchObject({ kind: "convex", root: "src/convex/stackdock" })
  })

  test.each([
    [{ dependencies: { next: "16.0.0" } }, "next"],
    [{ devDependencies: { vite: "^8.0.0" } }, "vite"],
    [{ dependencies: { hono: "^4.0.0" } }, "node"],
    [{ dependencies: { convex: "^1.0.0" } }, "node"],
  ])("%j is %s", async (manifest, kind) => {
    expect((await detectProject(project({ "package.json": manifest }))).kind).toBe(kind)
  })

  test("is found from a folder deep inside", async () => {
    const dir = project({ "package.json": {}, "src/server/routes/a.ts": "" })
    expect((await detectProject(join(dir, "src/server/routes"))).dir).toBe(dir)
  })

  test("without a package.json the way out is named", async () => {
    await expect(detectProject(project({ "notes.txt": "", ".git/HEAD": "" }))).rejects.toMatchObject({
      code: "no_package_json",
      hint: expect.stringContaining("npm init"),
    })
  })

  test("a broken package.json is named, with the place", async () => {
    const dir = project({ "package.json": '{ "name": ' })
    await expect(detectProject(dir)).rejects.toMatchObject({
      code: "invalid_json",
      message: expect.stringContaining(join(dir, "package.json")),
    })
  })
})

describe("how imports are written", () => {
  test.each([
    [{ module: "NodeNext" }, ".js"],
    [{ module: "node20" }, ".js"],
    [{ module: "NodeNext", rewriteRelativeImportExtensions: true }, ".ts"],
    [{ module: "NodeNext", allowImportingTsExtensions: true, noEmit: true }, ".ts"],
    [{ module: "ESNext", moduleResolution: "bundler" }, ""],
    [{ module: "ESNext", moduleResolution: "Bundler", allowImportingTsExtensions: true }, ".ts"],
    [{ module: "Preserve" }, ""],
    [{ module: "CommonJS" }, ""],
    [{ module: "CommonJS", moduleResolution: "node10" }, ""],
    [{}, ""],
  ])("%j: %j", async (compilerOptions, extension) => {
    const dir = project({ "package.json": {}, "tsconfig.json": { compilerOptions } })
    expect((await detectProject(dir)).importExtension).toBe(extension)
  })

  test("with .ts where there is no tsconfig: Node runs the source itself", async () => {
    const found = await detectProject(project({ "package.json": { type: "module" } }))
    expect(found).toMatchObject({ importExtension: ".ts", moduleFormat: "esm" })
    expect(found.typescript.tsconfig).toBeUndefined()
  })

  test("as the tsconfig says that Vite's references lead to", async () => {
    const dir = project({
      "package.json": { type: "module", devDependencies: { vite: "^8.0.0" } },
      "tsconfig.json": {
        files: [],
        references: [{ path: "./tsconfig.node.json" }, { path: "./tsconfig.app.json" }],
      },
      "tsconfig.node.json": { compilerOptions: { module: "NodeNext" }, include: ["vite.config.ts"] },
      "tsconfig.app.json": `{
        // the app
        "compilerOptions": { "moduleResolution": "bundler", "allowImportingTsExtensions": true, /* no */ },
        "include": ["src"],
      }`,
    })
    const found = await detectProject(dir)
    expect(found.importExtension).toBe(".ts")
    expect(found.typescript).toMatchObject({ tsconfig: "tsconfig.app.json", included: true })
  })

  test("as a chain of extends says, through arrays and packages", async () => {
    const dir = project({
      "package.json": {},
      "node_modules/@acme/tsconfig/package.json": { name: "@acme/tsconfig" },
      "node_modules/@acme/tsconfig/base.json": nodenext,
      "config/tsconfig.lib.json": { compilerOptions: { target: "ES2023" } },
      "tsconfig.json": { extends: ["@acme/tsconfig/base.json", "./config/tsconfig.lib.json"] },
    })
    const found = await detectProject(dir)
    expect(found.importExtension).toBe(".js")
    expect(found.typescript).toMatchObject({ strict: true, target: "es2023", moduleResolution: "nodenext" })
  })

  test("a tsconfig that extends what is not installed asks for the install", async () => {
    const dir = project({ "package.json": {}, "tsconfig.json": { extends: "@acme/none/tsconfig.json" } })
    await expect(detectProject(dir)).rejects.toMatchObject({
      code: "invalid_tsconfig",
      hint: expect.stringContaining("install"),
    })
  })
})

describe("where the code goes", () => {
  test("src/stackdock, also when there is no src yet", async () => {
    expect((await detectProject(project({ "package.json": {} }))).root).toBe("src/stackdock")
  })

  test("beside the sources when the tsconfig looks elsewhere", async () => {
    const dir = project({ "package.json": {}, "tsconfig.json": { include: ["lib/**/*.ts"] } })
    expect(await detectProject(dir)).toMatchObject({ root: "lib/stackdock", typescript: { included: true } })
  })

  test("where it was decided already", async () => {
    const dir = project({ "package.json": {}, "tsconfig.json": nodenext })
    expect((await detectProject(dir, { root: "server/infra" })).root).toBe("server/infra")
  })
})

describe("the package manager", () => {
  test.each([
    [{ "pnpm-lock.yaml": "" }, "pnpm"],
    [{ "yarn.lock": "" }, "yarn"],
    [{ "bun.lock": "" }, "bun"],
    [{ "bun.lockb": "" }, "bun"],
    [{ "package-lock.json": "{}" }, "npm"],
    [{}, "npm"],
  ])("%j: %s", async (files, manager) => {
    expect((await detectProject(project({ "package.json": {}, ...files }))).packageManager).toBe(manager)
  })

  test("is the declared one, whatever lockfile lies about", async () => {
    const dir = project({ "package.json": { packageManager: "yarn@4.9.0" }, "package-lock.json": "{}" })
    expect((await detectProject(dir)).packageManager).toBe("yarn")
  })

  test("is the one that started the command when nothing else tells", async () => {
    vi.stubEnv("npm_config_user_agent", "pnpm/10.34.9 npm/? node/v20.20.0 linux x64")
    expect((await detectProject(project({ "package.json": {} }))).packageManager).toBe("pnpm")
  })

  test("is not taken from a folder above that is another project", async () => {
    const dir = project({ "package.json": {}, "pnpm-lock.yaml": "", "demo/package.json": {} })
    expect((await detectProject(join(dir, "demo"))).packageManager).toBe("npm")
  })
})

describe("a monorepo", () => {
  const monorepo = {
    "package.json": { name: "acme" },
    "pnpm-workspace.yaml":
      "packages:\n  # the apps\n  - 'apps/*'\n\n  - \"packages/**\"\n  - '!packages/old'\ncatalog:\n  - x\n",
    "pnpm-lock.yaml": "",
    "apps/web/package.json": { name: "web", dependencies: { next: "16" } },
    "packages/deep/api/package.json": { name: "api" },
    "packages/old/package.json": { name: "old" },
  }

  test("is the package that one stands in, with the lockfile above", async () => {
    const dir = project(monorepo)
    const found = await detectProject(join(dir, "apps/web"))
    expect(found).toMatchObject({ dir: join(dir, "apps/web"), packageManager: "pnpm", workspace: { dir } })
  })

  test("a folder that the workspace leaves out is on its own", async () => {
    const dir = project(monorepo)
    const found = await detectProject(join(dir, "packages/old"))
    expect(found).toMatchObject({ workspace: undefined, packageManager: "npm" })
  })

  test("its root is no package: the packages are named", async () => {
    await expect(detectProject(project(monorepo))).rejects.toMatchObject({
      code: "workspace_root",
      message: expect.stringMatching(/apps\/web, packages\/deep\/api\.$/),
      hint: "Choose one: --cwd apps/web",
    })
  })

  test("its root may have code of its own", async () => {
    const dir = project({ ...monorepo, "src/index.ts": "" })
    expect((await detectProject(dir)).dir).toBe(dir)
  })

  test.each([
    { workspaces: ["apps/{web,docs}"], packageManager: "yarn@4.0.0" },
    { workspaces: { packages: ["./apps/*/"] }, packageManager: "yarn@4.0.0" },
  ])("is read from package.json: %j", async (manifest) => {
    const dir = project({ "package.json": manifest, "apps/web/package.json": {} })
    expect(await detectProject(join(dir, "apps/web"))).toMatchObject({
      workspace: { dir },
      packageManager: "yarn",
    })
  })
})

describe("the style of files that init writes", () => {
  test.each([
    [{ "biome.json": '{ // biome\n "formatter": {} }' }, "\t", "\n"],
    [{ "biome.jsonc": { formatter: { indentStyle: "space", indentWidth: 4 } } }, "    ", "\n"],
    [{ ".prettierrc": "useTabs: true\nendOfLine: crlf\n" }, "\t", "\r\n"],
    [{ "prettier.config.mjs": "export default { tabWidth: 4 }" }, "    ", "\n"],
    [
      {
        ".editorconfig":
          "root = true\n[*]\nindent_style = tab\nend_of_line = crlf\n[*.md]\nindent_style = space",
      },
      "\t",
      "\r\n",
    ],
    [{ "package.json": '{\r\n\t"name": "x"\r\n}\r\n' }, "\t", "\r\n"],
    [{}, "  ", "\n"],
  ])("%j", async (files, indent, newline) => {
    const dir = project({ "package.json": { name: "x" }, ...files })
    expect((await detectProject(dir)).style).toEqual({ indent, newline })
  })
})
