import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { linkPackages } from "../packages/cli/test/project-kinds.ts"
import { Workbench } from "./interop/bench.ts"

const minutes = 60_000
const bench = new Workbench()

/** As `shadcn init` leaves a project of Vite and React. */
const project = {
  "package.json": JSON.stringify({
    name: "app",
    private: true,
    type: "module",
    dependencies: { react: "^19.3.1", "react-dom": "^19.3.1", tailwindcss: "^4.3.5" },
    devDependencies: { "@types/react": "^19.3.0", "@types/react-dom": "^19.2.0", vite: "^8.3.8" },
  }),
  "components.json": JSON.stringify({
    style: "new-york-v4",
    rsc: false,
    tsx: true,
    tailwind: { config: "", css: "src/style.css", baseColor: "neutral", cssVariables: true, prefix: "" },
    iconLibrary: "lucide",
    aliases: { components: "@/components", utils: "@/lib/utils", ui: "@/components/ui", lib: "@/lib" },
  }),
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      module: "esnext",
      moduleResolution: "bundler",
      target: "es2022",
      lib: ["es2022", "dom", "dom.iterable"],
      strict: true,
      noEmit: true,
      jsx: "react-jsx",
      allowImportingTsExtensions: true,
      skipLibCheck: true,
      types: ["vite/client"],
      paths: { "@/*": ["./src/*"] },
    },
    include: ["src"],
  }),
  "vite.config.ts": "export default {}\n",
  "src/style.css": '@import "tailwindcss";\n',
}

let names: string[]
beforeAll(async () => {
  await bench.open(project)
  names = ["dashboard", "data-fetch", "auth"]
  const added = await bench.shadcn("add", ...names.map((name) => `${bench.url}/${name}.json`), "--yes")
  expect(added.status, added.printed).toBe(0)
}, 8 * minutes)
afterAll(() => bench.close())

test("shadcn's command adds the dashboard byte for byte, and takes the components from its own registry", () => {
  const pages = bench.items().filter(({ meta }) => meta.stackdock.kind !== "component")
  const present = pages.filter(({ files }) => existsSync(at(files[0]?.target ?? "")))
  expect(present.map(({ name }) => name)).toEqual(
    expect.arrayContaining([...names, "ui", "server", "overview-page", "settings-page"]),
  )
  for (const { name } of present)
    for (const { target, content } of bench.item(name).files)
      expect(readFileSync(at(target), "utf8"), target).toBe(content)
  expect(existsSync(join(bench.project, "src/components/ui/button.tsx"))).toBe(true)
  expect(existsSync(join(bench.project, "src/lib/utils.ts"))).toBe(true)
})

test(
  "our command adopts it, and leaves the components to whoever laid them down",
  async () => {
    const before = readFileSync(join(bench.project, "src/components/ui/button.tsx"), "utf8")
    const outcome = await bench.stackdock("adopt", "--yes", "--no-install", "--json")
    expect(outcome.status, outcome.printed).toBe(0)
    const { adopted, edited } = JSON.parse(outcome.printed)
    expect(adopted).toEqual(expect.arrayContaining([...names, "ui"]))
    expect(adopted).not.toContain("button")
    expect(edited).toEqual([])
    expect(readFileSync(join(bench.project, "src/components/ui/button.tsx"), "utf8")).toBe(before)
  },
  2 * minutes,
)

test(
  "it typechecks there, with the packages that its items name",
  async () => {
    linkPackages(bench.project, "7")
    const checked = await bench.run(join(bench.project, "node_modules/typescript/bin/tsc"), ["-p", "."])
    expect(checked).toEqual({ status: 0, printed: "" })
  },
  4 * minutes,
)

function at(target: string): string {
  return join(bench.project, target.slice(2))
}
