import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import fc from "fast-check"
import { ts } from "ts-morph"
import { describe, expect, test } from "vitest"
import { restoreImports, rewriteImports } from "./imports.ts"

describe("rewriting imports", () => {
  test.each([
    ['import { a } from "./a.ts"', 'import { a } from "./a.js"', 'import { a } from "./a"'],
    [
      "import type { A } from '../a.ts';",
      "import type { A } from '../a.js';",
      "import type { A } from '../a';",
    ],
    ['export * from "./a/index.ts"', 'export * from "./a/index.js"', 'export * from "./a/index"'],
    ['import "./polyfill.ts"', 'import "./polyfill.js"', 'import "./polyfill"'],
    ['const a = await import("./a.ts")', 'const a = await import("./a.js")', 'const a = await import("./a")'],
    ['let a: import("./a.ts").A', 'let a: import("./a.js").A', 'let a: import("./a").A'],
    ['vi.mock("./a.ts", () => ({}))', 'vi.mock("./a.js", () => ({}))', 'vi.mock("./a", () => ({}))'],
    ['import a from "./a.contract.ts"', 'import a from "./a.contract.js"', 'import a from "./a.contract"'],
    [
      'const Page = lazy(() => import("./page.tsx"))',
      'const Page = lazy(() => import("./page.js"))',
      'const Page = lazy(() => import("./page"))',
    ],
    [
      `const t = \`\${await import("./a.ts")} "./b.ts"\``,
      `const t = \`\${await import("./a.js")} "./b.ts"\``,
      `const t = \`\${await import("./a")} "./b.ts"\``,
    ],
  ])("%s", (source, withJs, without) => {
    expect(rewriteImports(source, ".js")).toBe(withJs)
    expect(rewriteImports(source, "")).toBe(without)
    expect(rewriteImports(source, ".ts")).toBe(source)
  })

  test.each([
    '// import { a } from "./a.ts"',
    '/** import { a } from "./a.ts" */',
    "const example = `import { a } from './a.ts'`",
    "const example = 'import { a } from \"./a.ts\"'",
    'const file = "./a.ts"',
    'const move = { from: "./a.ts", import: "./b.ts" }',
    'new URL("./worker.ts", import.meta.url)',
    'const quote = /["\']/; const file = "./a.ts"',
    'registry.import("./a.ts")',
    'import data from "./data.json"',
    'import type { A } from "./a.d.ts"',
    'import { z } from "zod"',
    'import { a } from "some.ts"',
  ])("leaves alone: %s", (source) => {
    expect(rewriteImports(source, ".js")).toBe(source)
    expect(rewriteImports(source, "")).toBe(source)
  })

  test("finds the imports after a regular expression that holds quotes and slashes", () => {
    const source = 'const a = x.replace(/[/"]\\//g, "") / 2\nimport { b } from "./b.ts"\n'
    expect(rewriteImports(source, "")).toBe(source.replace("./b.ts", "./b"))
  })

  test("survives text between tags, as in a React component", () => {
    const source = '<p>don\'t</p>\nconst a = import("./a.ts")\n'
    expect(rewriteImports(source, ".js")).toBe(source.replace("./a.ts", "./a.js"))
  })

  const piece = fc.oneof(
    fc.constantFrom(
      'import { a } from "./a.ts"\n',
      "import b from '../../deep/b.contract.ts';\r\n",
      'export type { C } from "./c/index.ts"\n',
      'const d = await import("./d.ts")\n',
      'vi.mock("./e.ts", async () => await vi.importActual("./e.ts"))\n',
      'import f from "./f.json"\n',
      `const g = \`a \${\`b \${1}\`} } import('./g.ts')\`\n`,
      'const h = { from: "./h.ts" }\n',
      "// it's import('./i.ts')\n",
      '/* " */ const j = /[\'"`]/.test(k) ? 4 / 2 : 1\n',
      'import { z } from "zod"\n',
    ),
    fc.string({ maxLength: 12 }).map((text) => `const s = ${JSON.stringify(text)}\n`),
  )

  test("is reversible for any mixture of imports and look-alikes", () => {
    fc.assert(
      fc.property(fc.array(piece), fc.constantFrom(".js" as const, "" as const), (pieces, extension) => {
        const source = pieces.join("")
        expect(restoreImports(rewriteImports(source, extension), extension)).toBe(source)
      }),
    )
  })

  const token = fc.constantFrom(
    ..."\"'`/\\{}()$.\n ".split(""),
    "import",
    "from",
    "vi.mock",
    '"./a.ts"',
    "'./b.ts'",
    "/*",
    "*/",
    "//",
    "x",
  )

  test("whatever the text, it changes nothing but the endings of specifiers", () => {
    fc.assert(
      fc.property(fc.string({ unit: token, maxLength: 40 }), (source) => {
        expect(rewriteImports(source, ".js").replaceAll(".js", ".ts")).toBe(source)
      }),
      { numRuns: 1000 },
    )
  })

  test("finds exactly the imports that TypeScript finds, in every source file of this repository", () => {
    const repository = fileURLToPath(new URL("../../../../", import.meta.url))
    const files = ["registry", "packages/cli/src"].flatMap((folder) => sourceFiles(join(repository, folder)))
    expect(files.length).toBeGreaterThan(40)
    for (const file of files) {
      const source = readFileSync(file, "utf8")
      const rewritten = rewriteImports(source, ".js")
      const expected = relativeImports(source).map((specifier) => specifier.replace(/(?<!\.d)\.tsx?$/, ".js"))
      expect(relativeImports(rewritten), file).toEqual(expected)
      for (const extension of [".js", ""] as const) {
        expect(restoreImports(rewriteImports(source, extension), extension, source), file).toBe(source)
      }
    }
  })
})

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules" || entry.name === "dist") return []
    const path = join(folder, entry.name)
    // This file is full of look-alikes in forms that copied source never has.
    if (entry.isDirectory()) return sourceFiles(path)
    return /\.tsx?$/.test(entry.name) && entry.name !== "imports.test.ts" ? [path] : []
  })
}

function relativeImports(source: string): string[] {
  return ts
    .preProcessFile(source, true, true)
    .importedFiles.map((file) => file.fileName)
    .filter((name) => name.startsWith("."))
}
