import { execFileSync } from "node:child_process"
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { format } from "prettier"
import { afterAll, describe, expect, test } from "vitest"
import { tokens } from "./imports.ts"
import { isSameButForLayout } from "./layout.ts"

const repository = fileURLToPath(new URL("../../../..", import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), "stackdock-layout-"))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const parts = `a || \`\${b} \${c}\``

describe("layout", () => {
  test.for([
    ["line ends", "a.ts", "const a = 1\nconst b = 2\n", "const a = 1\r\nconst b = 2\r\n"],
    ["line ends of any file", "a.sql", "select 1;\nselect 2;\n", "\uFEFFselect 1;\r\nselect 2;"],
    ["quotes", "a.ts", `f("it's", 'say "x"')`, `f('it\\'s', "say \\"x\\"")`],
    ["semicolons and commas at the end", "a.ts", "f([1, 2])\n", "f([\n  1,\n  2,\n]);\n"],
    ["brackets around a parameter", "a.ts", "map((x) => x)", "map(x => x)"],
    ["brackets around what is returned", "a.ts", "return a && b\n}", "return (\n a &&\n b\n)\n}"],
    ["brackets around a template of two parts", "a.ts", `return ${parts}`, `return (\n  ${parts}\n);\n`],
    ["quoted keys", "a.ts", '({ "a": 1, b: 2 })', "({ a: 1, b: 2 })"],
    ["the bar before the first of several types", "a.ts", "type A = 1 | 2", "type A =\n  | 1\n  | 2"],
    ["indented comments", "a.ts", "/**\n * x\n */\n{ }", "  /**\n   * x\n   */\n{}"],
    ["import extensions", "a.ts", 'import a from "./a.ts"', 'import a from "./a.js"'],
    ["left out import extensions", "a.ts", 'import a from "./a.ts"', 'import a from "./a"'],
    ["tables and lists", "a.md", "| a | b |\n|---|---|\n* *x*", "| a   | b |\n| --- | --- |\n\n- _x_\n"],
  ] as const)("%s are layout", ([, path, one, other]) => {
    expect(isSameButForLayout(path, one, other)).toBe(true)
  })

  test.for([
    ["another precedence", "a.ts", "a * (b + c)", "a * b + c"],
    ["an object instead of a body", "a.ts", "() => ({ a })", "() => { a }"],
    ["one argument instead of two", "a.ts", "f((a, b))", "f(a, b)"],
    ["a called function", "a.ts", "x = f", "x = f()"],
    ["a comment", "a.ts", "f() // now", "f() // later"],
    ["blanks in a string", "a.ts", 'f("a b")', 'f("a  b")'],
    ["blanks in a template", "a.ts", "f(`a b`)", "f(`a\nb`)"],
    ["another file", "a.ts", 'import a from "./a.ts"', 'import a from "./b.ts"'],
    ["a package that ends alike", "a.ts", 'import a from "a.js"', 'import a from "a.ts"'],
    ["a word of prose", "a.md", "one two\n", "one too\n"],
    ["a line of a file of any kind", "a.sql", "select 1;\n", "select  1;\n"],
  ] as const)("%s is no layout", ([, path, one, other]) => {
    expect(isSameButForLayout(path, one, other)).toBe(false)
  })

  test("no word, number, string or operator of a real file can change unnoticed", () => {
    const source = readFileSync(join(repository, "registry/core/http.ts"), "utf8")
    const unnoticed = [...tokens(source)]
      .filter(({ token }) => !/^[;,()]$/.test(token))
      .filter(({ token, at }, index) => {
        if (index % 29 !== 0) return false
        const changed = `${source.slice(0, at)}${token} zzz ${source.slice(at + token.length)}`
        return (
          isSameButForLayout("http.ts", source, changed) ||
          isSameButForLayout("http.ts", source, source.slice(0, at) + source.slice(at + token.length))
        )
      })
    expect(unnoticed).toEqual([])
  })

  test("what Prettier makes of a dock by other rules is layout", async () => {
    const folder = join(repository, "registry/docks/netlify")
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => /sync\/.*\.ts$|\.md$/.test(path))
      .map((path) => ({ path, before: readFileSync(join(folder, path), "utf8") }))
    expect(files.length).toBeGreaterThan(4)
    for (const { path, before } of files) {
      const after = await format(before, {
        filepath: path,
        semi: true,
        singleQuote: true,
        printWidth: 60,
        arrowParens: "avoid",
        trailingComma: "none",
        useTabs: true,
        endOfLine: "crlf",
      })
      expect(after, path).not.toBe(before)
      expect(isSameButForLayout(path, before, after), path).toBe(true)
    }
  })

  test("what Biome makes of the whole of core and a dock by other rules is layout", () => {
    const dir = mkdtempSync(join(scratch, "biome-"))
    for (const part of ["core", "docks/gridpane"]) {
      cpSync(join(repository, "registry", part), join(dir, part), { recursive: true })
    }
    const config = {
      formatter: { indentStyle: "tab", lineWidth: 60, lineEnding: "crlf" },
      javascript: {
        formatter: {
          quoteStyle: "single",
          semicolons: "always",
          arrowParentheses: "asNeeded",
          trailingCommas: "none",
          quoteProperties: "preserve",
        },
      },
    }
    writeFileSync(join(dir, "biome.json"), JSON.stringify(config))
    const biome = join(repository, "node_modules/.bin/biome")
    execFileSync(biome, ["format", "--write", "."], { cwd: dir, stdio: "ignore" })
    const files = readdirSync(dir, { recursive: true, encoding: "utf8" }).filter((path) =>
      /\.(ts|json)$/.test(path),
    )
    const pairs = files
      .filter((path) => path !== "biome.json")
      .map((path) => ({
        path,
        before: readFileSync(join(repository, "registry", path), "utf8"),
        after: readFileSync(join(dir, path), "utf8"),
      }))
    expect(pairs.filter(({ before, after }) => before !== after).length).toBeGreaterThan(100)
    const seenAsEdited = pairs.filter(({ path, before, after }) => !isSameButForLayout(path, before, after))
    expect(seenAsEdited.map(({ path }) => path)).toEqual([])
  })
})
