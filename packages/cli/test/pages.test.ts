import { execFile } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { linkPackages, makeProject, type ProjectKind } from "./project-kinds.ts"

const bin = fileURLToPath(new URL("../dist/bin.js", import.meta.url))
const minutes = 60_000

/** What shadcn's own guides have people set up, and projects that never heard of it. */
const react = { react: "^19.3.1", "react-dom": "^19.3.1", tailwindcss: "^4.3.5" }
const types = { "@types/react": "^19.3.0", "@types/react-dom": "^19.2.0" }
const strict = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  erasableSyntaxOnly: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  skipLibCheck: true,
  noEmit: true,
  target: "ES2022",
  lib: ["ES2022", "DOM", "DOM.Iterable"],
  jsx: "react-jsx",
}

interface ReactProject extends ProjectKind {
  /** Where its components are laid down. */
  readonly components: string
  readonly importsButton: string
  readonly items: readonly string[]
}

const kinds: readonly ReactProject[] = [
  {
    title: "Vite, as shadcn's guide sets it up",
    typescript: "7",
    folder: ".",
    files: {
      "package.json": {
        name: "vite-app",
        private: true,
        type: "module",
        dependencies: react,
        devDependencies: { ...types, vite: "^8.3.8" },
      },
      "components.json": {
        style: "new-york",
        rsc: false,
        tsx: true,
        tailwind: { config: "", css: "src/index.css", baseColor: "neutral", cssVariables: true, prefix: "" },
        aliases: { components: "@/components", utils: "@/lib/utils", ui: "@/components/ui" },
      },
      "tsconfig.json": {
        files: [],
        references: [{ path: "./tsconfig.app.json" }],
        compilerOptions: { paths: { "@/*": ["./src/*"] } },
      },
      "tsconfig.app.json": {
        compilerOptions: {
          ...strict,
          module: "ESNext",
          moduleResolution: "bundler",
          allowImportingTsExtensions: true,
          types: ["vite/client"],
          paths: { "@/*": ["./src/*"] },
        },
        include: ["src"],
      },
    },
    tsconfig: "tsconfig.app.json",
    root: "src/stackdock",
    importExtension: ".ts",
    components: "src/components/ui",
    importsButton: "@/components/ui/button",
    items: ["dashboard", "server", "auth", "data-fetch"],
  },
  {
    title: "a bundler, strictest settings, no alias",
    typescript: "6",
    folder: ".",
    files: {
      "package.json": { name: "plain-react", private: true, type: "module", dependencies: react },
      "tsconfig.json": {
        compilerOptions: { ...strict, module: "ESNext", moduleResolution: "bundler" },
        include: ["src"],
      },
    },
    tsconfig: "tsconfig.json",
    root: "src/stackdock",
    importExtension: "",
    components: "src/components/ui",
    importsButton: "../../../components/ui/button",
    items: ["dashboard", "server", "auth", "data-fetch"],
  },
  {
    title: "Next without a src folder",
    typescript: "5.9",
    folder: ".",
    files: {
      "package.json": {
        name: "next-app",
        private: true,
        dependencies: { next: "16.0.0", ...react },
        devDependencies: types,
      },
      "tsconfig.json": {
        compilerOptions: {
          target: "ES2022",
          lib: ["dom", "dom.iterable", "esnext"],
          skipLibCheck: true,
          strict: true,
          noEmit: true,
          esModuleInterop: true,
          module: "esnext",
          moduleResolution: "bundler",
          resolveJsonModule: true,
          isolatedModules: true,
          jsx: "preserve",
          paths: { "@/*": ["./*"] },
        },
        include: ["**/*.ts", "**/*.tsx"],
        exclude: ["node_modules"],
      },
    },
    tsconfig: "tsconfig.json",
    root: "src/stackdock",
    importExtension: "",
    components: "components/ui",
    importsButton: "@/components/ui/button",
    items: ["dashboard", "data-fetch"],
  },
  {
    title: "Convex",
    typescript: "7",
    folder: ".",
    files: {
      "package.json": {
        name: "convex-app",
        private: true,
        type: "module",
        dependencies: { convex: "^1.48.0", ...react },
        devDependencies: types,
      },
      "convex/tsconfig.json": {
        compilerOptions: {
          allowJs: true,
          strict: true,
          moduleResolution: "Bundler",
          jsx: "react-jsx",
          skipLibCheck: true,
          allowSyntheticDefaultImports: true,
          target: "ESNext",
          lib: ["ES2023", "dom"],
          module: "ESNext",
          isolatedModules: true,
          noEmit: true,
        },
        include: ["./stackdock/ui", "./stackdock/bindings"],
      },
      "src/main.ts": "export const main = 1\n",
    },
    tsconfig: "convex/tsconfig.json",
    root: "convex/stackdock",
    importExtension: "",
    components: "src/components/ui",
    importsButton: "../../../../src/components/ui/button",
    items: ["dashboard", "data-convex"],
  },
]

interface Outcome {
  code: number
  stdout: string
  output: string
}

function node(script: string, args: readonly string[], cwd: string): Promise<Outcome> {
  const { PATH, HOME, TMPDIR } = process.env
  const env = { PATH, HOME, TMPDIR, NO_COLOR: "1", CI: "1" }
  const options = { cwd, env, timeout: 10 * minutes, maxBuffer: 1e7 }
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], options, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === "number" ? error.code : 1) : 0
      resolve({ code, stdout, output: stdout + stderr })
    })
  })
}

describe.each(kinds)("$title", (kind) => {
  let home: string
  let dir: string
  let added: Outcome

  beforeAll(async () => {
    home = realpathSync(mkdtempSync(join(tmpdir(), "stackdock-pages-")))
    dir = makeProject(kind, home)
    added = await node(bin, ["add", ...kind.items, "--yes", "--no-install", "--no-tests", "--json"], dir)
    if (added.code === 0) linkPackages(dir, kind.typescript)
  }, 2 * minutes)
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  test("takes the pages, and the components they need where it has such", () => {
    expect(added.code, added.output).toBe(0)
    expect(existsSync(join(dir, kind.components, "button.tsx"))).toBe(true)
    const page = readFileSync(join(dir, kind.root, "ui/feedback/copy-button.tsx"), "utf8")
    expect(page).toContain(`from "${kind.importsButton}"`)
  })

  test(
    "typechecks under its own tsconfig",
    async () => {
      const tsc = join(dir, "node_modules/typescript/bin/tsc")
      const { code, output } = await node(tsc, ["-p", kind.tsconfig ?? "", "--noEmit"], dir)
      expect(output).toBe("")
      expect(code).toBe(0)
    },
    10 * minutes,
  )
})
