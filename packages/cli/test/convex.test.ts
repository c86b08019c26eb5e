import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, relative } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { errorOf, folder, json, type Outcome, snapshot, stackdock, write } from "./command.ts"
import { type ConvexTools, convexTools } from "./convex-tools.ts"
import { linkPackages } from "./project-kinds.ts"

const manifest = `${JSON.stringify({ name: "app", private: true, type: "module", dependencies: { convex: "^1.48.0" } }, null, 2)}\n`

const schema = `import { defineSchema, defineTable } from 'convex/server';
import { v } from 'convex/values';

// Mine.
export default defineSchema({
    tasks: defineTable({ text: v.string() }), // keep
});
`
const crons = `import { cronJobs } from 'convex/server';
import { internal } from './_generated/api';

const jobs = cronJobs();
jobs.interval('clear', { minutes: 5 }, internal.tasks.clear, {});
export default jobs;
`
const tasks = `import { internalMutation } from './_generated/server';

export const clear = internalMutation({
    args: {},
    handler: async ({ db }) => {
        const [server] = await db.query('servers').withIndex('by_org', (q) => q.eq('orgId', 'o')).take(1);
        const words: string[] = server ? [server.name, server.status, server.plan ?? ''] : [];
        await db.insert('tasks', { text: words.join(' ') });
    },
});
`
const tsconfig = `{
  "compilerOptions": {
    "allowJs": true, "strict": true, "moduleResolution": "Bundler", "jsx": "react-jsx", "skipLibCheck": true,
    "allowSyntheticDefaultImports": true, "target": "ESNext", "lib": ["ES2023", "dom"],
    "forceConsistentCasingInFileNames": true, "module": "ESNext", "isolatedModules": true, "noEmit": true
  },
  "include": ["./**/*"],
  "exclude": ["./_generated"]
}
`
const theirs = {
  "package.json": manifest,
  "convex/schema.ts": schema,
  "convex/crons.ts": crons,
  "convex/tasks.ts": tasks,
  "convex/tsconfig.json": tsconfig,
}

const scratch = mkdtempSync(join(tmpdir(), "stackdock-convex-"))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe("a Convex project", () => {
  let dir: string
  let added: Outcome
  let tools: ConvexTools
  const text = (path: string) => readFileSync(join(dir, path), "utf8")
  const run = (...args: string[]) => stackdock(args, { cwd: dir })
  const entryPoints = async () => await tools.entryPoints(join(dir, "convex"))

  beforeAll(async () => {
    tools = await convexTools(scratch)
    dir = folder(theirs)
    await run("init", "--yes")
    added = await run(
      "add",
      "gridpane",
      "vercel",
      "netlify",
      "cloudflare",
      "--yes",
      "--no-install",
      "--no-tests",
    )
    linkPackages(dir, "7")
  }, 120_000)

  test("gets our lines in its files, and keeps its own", () => {
    expect(added.code, added.stderr).toBe(0)
    expect(text("convex/schema.ts")).toBe(
      schema
        .replace(
          "'convex/values';\n",
          "'convex/values';\nimport { stackdockTables } from './stackdock/stores/convex/tables';\n",
        )
        .replace("defineSchema({\n", "defineSchema({\n    ...stackdockTables,\n"),
    )
    expect(text("convex/crons.ts")).toBe(
      crons
        .replace(
          "'./_generated/api';\n",
          "'./_generated/api';\nimport { stackdockCrons } from './stackdock/convex/crons';\n",
        )
        .replace("export default", "stackdockCrons(jobs);\n\nexport default"),
    )
    expect(text("convex/http.ts")).toContain("stackdockRoutes(http, setup)")
    expect(text("convex/convex.config.ts")).toContain('name: "stackdockPool"')
  })

  test("gets them once: what is changed or taken out afterwards stays so", async () => {
    const before = snapshot(join(dir, "convex"))
    write(dir, { "convex/crons.ts": crons })
    expect((await run("add", "gridpane", "--yes", "--no-install", "--no-tests")).code).toBe(0)
    expect(text("convex/crons.ts")).toBe(crons)
    write(dir, { "convex/crons.ts": before["crons.ts"] ?? "" })
    expect(snapshot(join(dir, "convex"))).toEqual(before)
  })

  test("deploys its own functions and three modules of ours, and nothing of the copied code by itself", async () => {
    const paths = (await entryPoints()).map((path) => relative(join(dir, "convex"), path))
    expect(paths.sort()).toEqual([
      "crons.ts",
      "http.ts",
      "stackdock.ts",
      "stackdockStore.ts",
      "stackdockWork.ts",
      "tasks.ts",
    ])
  })

  test("typechecks, with the generated files as Convex writes them", async () => {
    const paths = (await entryPoints()).map((path) => relative(join(dir, "convex"), path))
    const generated = Object.entries(tools.generated(paths.filter((path) => path !== "http.ts")))
    write(dir, Object.fromEntries(generated.map(([name, content]) => [`convex/_generated/${name}`, content])))
    // As an app calls it: what is typed wrong here would be typed wrong there.
    write(dir, {
      "convex/app.check.ts": `import { api, internal } from "./_generated/api"
import type { Doc } from "./_generated/dataModel"
import type { FunctionArgs, FunctionReturnType } from "convex/server"

export type Page = FunctionReturnType<typeof api.stackdock.resources>["page"][number]
export const name = (row: Page): string => row.name
export const status = (row: Doc<"servers">): "running" | string => row.status
export const args: FunctionArgs<typeof api.stackdock.docks> = { orgId: "o" }
export const due = internal.stackdockWork.syncDue
// @ts-expect-error: an internal function is none of the app's.
export const hidden = api.stackdockWork
// @ts-expect-error: rows are listed without the provider's answer.
export const data = (row: Page) => row.fullApiData
`,
    })
    const tsc = join(dir, "node_modules/typescript/bin/tsc")
    const check = () => execFileSync(process.execPath, [tsc, "-p", "convex"], { cwd: dir, encoding: "utf8" })
    expect(outputOf(check)).toBe("")
  }, 120_000)

  test("bundles for a runtime without Node, and each query or mutation without a dock", async () => {
    const modules = await tools.bundle(join(dir, "convex"), await entryPoints())
    const sources = new Map(modules.map(({ path, source }) => [path, source]))
    for (const [path, source] of sources) {
      expect(source, path).not.toMatch(
        /from ?"(node:|fs"|path"|crypto"|buffer")|require\("(node:|fs|path|crypto)/,
      )
    }
    expect([...sources.keys()].filter((path) => !path.startsWith("_deps/")).sort()).toEqual([
      "crons.js",
      "http.js",
      "stackdock.js",
      "stackdockStore.js",
      "stackdockWork.js",
      "tasks.js",
    ])
    // The store's functions run with every page of every sync: they do not bring the docks along.
    expect(reachable(sources, "stackdockStore.js")).not.toContain("my.gridpane.com")
    expect(reachable(sources, "stackdockWork.js")).toContain("my.gridpane.com")
  }, 60_000)

  test("is not run from a terminal, and the command says where it runs", async () => {
    const outcome = await run("docks", "--json")
    expect(outcome.code).toBe(1)
    expect(errorOf(outcome)).toMatchObject({
      code: "runs_in_convex",
      hint: expect.stringContaining("npx convex run"),
    })
  })

  test("gets keys without any store", async () => {
    const made = json(await run("keys", "new", "--json"))
    expect(made).toMatchObject({ version: 1, keys: expect.anything() })
    write(dir, { "keys.json": JSON.stringify(made) })
    const next = json(await run("keys", "next", "--file", "keys.json", "--json"))
    const keys = Object.keys(next["keys"] as object)
    expect(keys).toHaveLength(2)
    expect(keys).toContain(made["primary"])
    expect(next["primary"]).not.toBe(made["primary"])
  })
})

describe("a Convex project of another shape", () => {
  const add = (files: Record<string, string>) => {
    const dir = folder({ ...theirs, ...files })
    return {
      dir,
      outcome: stackdock(["add", "gridpane", "--yes", "--no-install", "--no-tests", "--json"], { cwd: dir }),
    }
  }

  test("with a table of the same name is left alone", async () => {
    const { dir, outcome } = add({
      "convex/schema.ts": schema.replace("tasks:", "organizations: defineTable({}),\n    tasks:"),
    })
    const before = snapshot(dir)
    expect((await outcome).code).toBe(3)
    expect(errorOf(await outcome)).toMatchObject({ code: "table_taken", tables: ["organizations"] })
    expect(snapshot(dir)).toEqual(before)
  })

  test("is told what to do by hand where its files cannot be edited", async () => {
    const odd = 'export { default } from "./other"\n'
    const { dir, outcome } = add({ "convex/schema.ts": odd, "convex/http.ts": odd })
    const { hints } = json(await outcome) as { hints: string[] }
    expect(hints).toEqual([
      expect.stringMatching(/^convex\/schema\.ts: .*stackdockTables/),
      expect.stringMatching(/^convex\/http\.ts: .*stackdockRoutes/),
    ])
    expect(readFileSync(join(dir, "convex/schema.ts"), "utf8")).toBe(odd)
  })

  test("with its tables in a variable, or in one line, gets ours beside them", async () => {
    const named = add({
      "convex/schema.ts": schema
        .replace("export default defineSchema(", "const all = ")
        .replace("});\n", "};\nexport default defineSchema(all);\n"),
    })
    await named.outcome
    expect(readFileSync(join(named.dir, "convex/schema.ts"), "utf8")).toContain(
      "const all = {\n    ...stackdockTables,\n    tasks",
    )
    const short = add({
      "convex/schema.ts": 'import { defineSchema } from "convex/server"\nexport default defineSchema({})\n',
    })
    await short.outcome
    expect(readFileSync(join(short.dir, "convex/schema.ts"), "utf8")).toContain(
      "defineSchema({ ...stackdockTables })",
    )
  })
})

describe("the template of a new Convex app", () => {
  test("builds and typechecks, and takes a dock", async () => {
    const dir = folder({})
    const made = await stackdock(["init", "--template", "convex", "--yes", "--json"], { cwd: dir })
    expect(made.code, made.stderr).toBe(0)
    const again = await stackdock(["init", "--template", "convex", "--yes", "--json"], { cwd: dir })
    expect(errorOf(again)).toMatchObject({ code: "conflict" })
    expect(
      (await stackdock(["add", "vercel", "--yes", "--no-install", "--no-tests"], { cwd: dir })).code,
    ).toBe(0)
    linkPackages(dir, "7", "templates")

    const tools = await convexTools(scratch)
    const functions = join(dir, "convex")
    const paths = (await tools.entryPoints(functions)).map((path) => relative(functions, path))
    const generated = Object.entries(tools.generated(paths.filter((path) => path !== "http.ts")))
    write(dir, Object.fromEntries(generated.map(([name, content]) => [`convex/_generated/${name}`, content])))
    const run =
      (tool: string, ...args: string[]) =>
      () =>
        execFileSync(process.execPath, [join(dir, "node_modules", tool), ...args], {
          cwd: dir,
          encoding: "utf8",
        })
    expect(outputOf(run("typescript/bin/tsc"))).toBe("")
    expect(outputOf(run("typescript/bin/tsc", "-p", "convex"))).toBe("")
    expect(outputOf(run("vite/bin/vite.js", "build"))).toContain("built in")
    expect(readFileSync(join(dir, "dist/index.html"), "utf8")).toContain("/assets/")
    // The pages are beside the functions, and none of them is taken for one.
    expect(paths.filter((path) => path.startsWith("stackdock/"))).toEqual([])
  }, 600_000)
})

/** All that is loaded with a module. */
function reachable(sources: ReadonlyMap<string, string>, path: string, seen = new Set<string>()): string {
  if (seen.has(path)) return ""
  seen.add(path)
  const source = sources.get(path) ?? ""
  const imports = [...source.matchAll(/(?:from|import) ?"\.\/([^"]+)"/g)].map(([, name = ""]) => name)
  const inFolder = path.includes("/") ? "_deps/" : ""
  return source + imports.map((name) => reachable(sources, inFolder + name, seen)).join("")
}

function outputOf(work: () => string): string {
  try {
    return work()
  } catch (error) {
    return String((error as { stdout?: string }).stdout ?? error)
  }
}
