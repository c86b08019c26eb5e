import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { errorOf, folder, json, snapshot, stackdock, write } from "./command.ts"
import { publish, smallRegistry } from "./small-registry.ts"

const page = `import { cn } from "@/lib/utils"
import { Title } from "./title.tsx"

export function Page() {
  return <Title className={cn("text-sm", "p-2")} />
}
`
const title = `export function Title({ className }: { className: string }) {
  return <h1 className={className}>Servers</h1>
}
`
const item = {
  version: "1.0.0",
  files: { "ui/page.tsx": page, "ui/title.tsx": title },
  registryDependencies: ["@shadcn/utils"],
}

let registry: string
beforeAll(() => {
  registry = smallRegistry({ page: item })
})

const react = { react: "^19.3.1", "react-dom": "^19.3.1", tailwindcss: "^4.3.5" }
const manifest = JSON.stringify({ name: "app", private: true, type: "module", dependencies: react })
const bundler = {
  module: "esnext",
  moduleResolution: "bundler",
  strict: true,
  target: "es2022",
  jsx: "react-jsx",
}
const tsconfig = (options: object) =>
  JSON.stringify({ compilerOptions: { ...bundler, ...options }, include: ["src", "app", "lib", "stackdock"] })

const add = (cwd: string, from: string, ...args: string[]) =>
  stackdock(["add", "--yes", "--no-install", "--json", "--registry", from, ...args], { cwd })
const read = (cwd: string, path: string) => readFileSync(join(cwd, path), "utf8")

describe.concurrent("components that are shared with shadcn/ui", { timeout: 120_000 }, () => {
  test("without an alias, ours are laid down beside the copied code and imported by their way there", async () => {
    const cwd = folder({ "package.json": manifest, "tsconfig.json": tsconfig({}) })
    const outcome = await add(cwd, registry, "page")
    expect(outcome).toMatchObject({ code: 0 })
    expect(json(outcome)).toMatchObject({
      items: ["utils", "page"],
      origins: { utils: "bundled" },
      dependencies: { clsx: expect.any(String), "tailwind-merge": expect.any(String) },
    })
    expect(read(cwd, "src/lib/utils.ts")).toContain("export function cn")
    expect(read(cwd, "src/stackdock/ui/page.tsx")).toContain('import { cn } from "../../lib/utils"')
    expect(read(cwd, "src/stackdock/ui/page.tsx")).toContain('import { Title } from "./title"')
  })

  test.each([
    [".ts", { allowImportingTsExtensions: true, noEmit: true }, "../../lib/utils.ts", "./title.tsx"],
    [".js", { module: "nodenext", moduleResolution: "nodenext" }, "../../lib/utils.js", "./title.js"],
  ])("with imports that end in %s, so do these", async (_, options, utils, other) => {
    const cwd = folder({ "package.json": manifest, "tsconfig.json": tsconfig(options) })
    await add(cwd, registry, "page")
    const written = read(cwd, "src/stackdock/ui/page.tsx")
    expect(written).toContain(`from "${utils}"`)
    expect(written).toContain(`from "${other}"`)
  })

  test("where tsconfig.json knows @/, they are where that leads", async () => {
    const options = tsconfig({ paths: { "@/*": ["./*"] } })
    const cwd = folder({ "package.json": manifest, "tsconfig.json": options, "app/page.tsx": "" })
    await add(cwd, registry, "page")
    expect(existsSync(join(cwd, "lib/utils.ts"))).toBe(true)
    expect(read(cwd, "src/stackdock/ui/page.tsx")).toContain('from "@/lib/utils"')
  })

  test("components.json says where they are and what they are called", async () => {
    const aliases = { components: "~/widgets", utils: "~/shared/names" }
    const cwd = folder({
      "package.json": manifest,
      "tsconfig.json": tsconfig({ paths: { "~/*": ["./src/*"] } }),
      "components.json": JSON.stringify({ aliases, tailwind: { prefix: "" } }),
    })
    await add(cwd, registry, "page")
    expect(read(cwd, "src/stackdock/ui/page.tsx")).toContain('from "~/shared/names"')
    expect(existsSync(join(cwd, "src/shared/names.ts"))).toBe(true)
  })

  test("an alias that leads nowhere is told before anything is written", async () => {
    const cwd = folder({
      "package.json": manifest,
      "tsconfig.json": tsconfig({}),
      "components.json": JSON.stringify({ aliases: { components: "@/components", utils: "@/lib/utils" } }),
    })
    const before = snapshot(cwd)
    const outcome = await add(cwd, registry, "page")
    expect(outcome.code).toBe(1)
    expect(errorOf(outcome)).toMatchObject({ code: "unknown_alias", hint: expect.stringContaining("paths") })
    expect(snapshot(cwd)).toEqual(before)
  })

  test("in another package they are used where they are, and never laid down there", async () => {
    const aliases = { components: "@acme/ui/components", utils: "@acme/ui/utils" }
    const files = {
      "app/package.json": manifest,
      "app/tsconfig.json": tsconfig({ paths: { "@acme/ui/*": ["../ui/src/*"] } }),
      "app/components.json": JSON.stringify({ aliases }),
    }
    const without = folder(files)
    const outcome = await add(join(without, "app"), registry, "page")
    expect(errorOf(outcome)).toMatchObject({ code: "components_elsewhere" })
    expect(Object.keys(snapshot(join(without, "app")))).toHaveLength(3)
    const cwd = folder({ ...files, "ui/src/utils.ts": "export const cn = String\n" })
    expect(await add(join(cwd, "app"), registry, "page")).toMatchObject({ code: 0 })
    expect(read(cwd, "app/src/stackdock/ui/page.tsx")).toContain('from "@acme/ui/utils"')
  })

  test("what the project has of them stays as it is, unknown to stackdock.lock, through updates too", async () => {
    const own = "export const cn = (...names: string[]) => names.join(' ')\n"
    const mine = smallRegistry({ page: item })
    const cwd = folder({ "package.json": manifest, "tsconfig.json": tsconfig({}), "src/lib/utils.ts": own })
    expect(json(await add(cwd, mine, "page"))["items"]).toEqual(["page"])
    publish(mine, {
      page: { ...item, version: "1.1.0", files: { ...item.files, "ui/page.tsx": `// new\n${page}` } },
    })
    const updated = await stackdock(["update", "--yes", "--no-install", "--json"], { cwd })
    expect(updated).toMatchObject({ code: 0 })
    expect(read(cwd, "src/stackdock/ui/page.tsx")).toContain("// new")
    expect(read(cwd, "src/lib/utils.ts")).toBe(own)
    expect(Object.keys(JSON.parse(read(cwd, "stackdock.lock")).items)).toEqual(["page"])
    const status = await stackdock(["verify", "--json"], { cwd })
    expect(json(status)).toMatchObject({ mismatches: [] })
  })

  test("ours is updated like all that was copied, and a second add leaves it alone", async () => {
    const cwd = folder({ "package.json": manifest, "tsconfig.json": tsconfig({}) })
    await add(cwd, registry, "page")
    const again = await add(cwd, registry, "page")
    expect(json(again)).toMatchObject({ written: [], items: ["utils", "page"] })
    expect(JSON.parse(read(cwd, "stackdock.lock")).items.utils).toMatchObject({
      registry: "bundled",
      requested: false,
      files: { "src/lib/utils.ts": { target: "@lib/utils.ts" } },
    })
    expect(json(await stackdock(["verify", "--json"], { cwd }))).toMatchObject({ mismatches: [] })
  })

  test("a project that has a registry of its own under @shadcn is given theirs", async () => {
    const theirs = smallRegistry({
      utils: { version: "3.0.0", files: { "@lib/utils.ts": "export const cn = String\n" } },
    })
    const cwd = folder({ "package.json": manifest, "tsconfig.json": tsconfig({}) })
    write(cwd, {
      "stackdock.json": JSON.stringify({ root: "src/stackdock", registries: { "@shadcn": theirs } }),
    })
    const outcome = await add(cwd, registry, "page")
    expect(json(outcome)).toMatchObject({ origins: { utils: "@shadcn" } })
    expect(read(cwd, "src/lib/utils.ts")).toContain("cn = String")
  })

  test("one that does not come with the command is named, with what lays it down", async () => {
    const other = smallRegistry({ page: { ...item, registryDependencies: ["@shadcn/carousel"] } })
    const cwd = folder({ "package.json": manifest, "tsconfig.json": tsconfig({}) })
    const outcome = await add(cwd, other, "page")
    expect(errorOf(outcome)).toMatchObject({
      code: "unknown_item",
      hint: expect.stringContaining("npx shadcn@latest add carousel"),
    })
  })
})

describe.concurrent("what a page needs to be shown at all", { timeout: 120_000 }, () => {
  const expects = ["react", "react-dom", "tailwindcss"]
  const needing = (packages: object) =>
    folder({ "package.json": JSON.stringify({ name: "app", type: "module", dependencies: packages }) })

  test.each([
    ["nothing of it", {}, "React and Tailwind CSS"],
    ["React alone", { react: "^19.3.1", "react-dom": "^19.3.1" }, "Tailwind CSS"],
  ])("a project with %s is told what is missing, and nothing is written", async (_, packages, named) => {
    const pages = smallRegistry({ page: { ...item, expects } })
    const cwd = needing(packages)
    const before = snapshot(cwd)
    const outcome = await add(cwd, pages, "page")
    expect(outcome.code).toBe(3)
    expect(errorOf(outcome)).toMatchObject({ code: "unprepared", message: expect.stringContaining(named) })
    expect(errorOf(outcome).hint).toContain("init --template dashboard")
    expect(snapshot(cwd)).toEqual(before)
  })

  test("a tsconfig that cannot read components is told what it lacks", async () => {
    const pages = smallRegistry({ page: { ...item, expects } })
    const settings = { jsx: undefined, lib: ["ES2022"] }
    const cwd = folder({ "package.json": manifest, "tsconfig.json": tsconfig(settings) })
    expect(json(await add(cwd, pages, "page"))["hints"]).toEqual([
      expect.stringContaining('"jsx": "react-jsx"'),
      expect.stringContaining('"DOM"'),
    ])
  })

  test("Tailwind by its plugin is enough, classes with a prefix are not", async () => {
    const pages = smallRegistry({ page: { ...item, expects } })
    const packages = { react: "^19.3.1", "react-dom": "^19.3.1", "@tailwindcss/vite": "^4.3.5" }
    const cwd = needing(packages)
    expect(await add(cwd, pages, "page")).toMatchObject({ code: 0 })
    const prefixed = needing(packages)
    write(prefixed, { "components.json": JSON.stringify({ tailwind: { prefix: "tw" } }) })
    expect(errorOf(await add(prefixed, pages, "page"))).toMatchObject({ code: "unprepared" })
  })
})
