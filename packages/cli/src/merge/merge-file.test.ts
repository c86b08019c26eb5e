import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { type Formatter, findFormatters } from "../project/formatter.ts"
import { countMarkers, takeSide } from "./markers.ts"
import { type MergeInput, mergeFile } from "./merge-file.ts"

const base = `import { a } from "./a.ts"

export function first(): string {
  return "first"
}

export function second(value: { one: number; two: number }): number {
  return value.one + value.two
}

export const last = a
`
const theirs = base.replace('"first"', '"FIRST"')
const mine = base.replace("value.one + value.two", "value.one * value.two")
const both = theirs.replace("value.one + value.two", "value.one * value.two")

function input(over: Partial<Omit<MergeInput, "theirs">> & { theirs?: string }): MergeInput {
  const path = over.path ?? "src/stackdock/core/some.ts"
  return {
    path,
    base,
    yours: mine,
    importExtension: ".ts",
    formatters: [],
    labels: { yours: "yours", theirs: "core 1.1.0" },
    ...over,
    theirs: [{ path, text: over.theirs ?? theirs }],
  }
}

async function mergedText(of: MergeInput): Promise<string | undefined> {
  const { files } = await mergeFile(of)
  expect(files.map(({ conflicts }) => conflicts)).toEqual([0])
  return files[0]?.text
}

describe("merging a file", () => {
  test("takes what each side changed", async () => {
    expect(await mergeFile(input({}))).toEqual({ from: "both", files: [{ text: both, conflicts: 0 }] })
  })

  test("keeps the user's file byte for byte when upstream has nothing new", async () => {
    const yours = mine.replaceAll("\n", "\r\n")
    for (const same of [base, mine]) expect(await mergedText(input({ yours, theirs: same }))).toBe(yours)
  })

  test("a side that has lines like markers in it is told from the other all the same", async () => {
    const page = (side: string) => `# Page\n\n${side} heading\n=======\n${side} text\n`
    const of = { path: "README.md", base: page("A"), yours: page("My"), theirs: page("Their") }
    const { files } = await mergeFile(input(of))
    const shown = files[0]?.text ?? ""
    expect(countMarkers(shown)).toBe(files[0]?.conflicts)
    expect(takeSide(shown, "mine")).toBe(of.yours)
    expect(takeSide(shown, "theirs")).toBe(of.theirs)
  })

  test("shows both where both changed the same lines, and says so", async () => {
    const { files } = await mergeFile(input({ yours: base.replace('"first"', '"mine"') }))
    expect(files[0]?.conflicts).toBe(1)
    expect(files[0]?.text).toContain(
      '{\n<<<<<<< yours\n  return "mine"\n=======\n  return "FIRST"\n>>>>>>> core 1.1.0\n}\n',
    )
  })

  test("takes the side that is preferred, there and nowhere else", async () => {
    const yours = mine.replace('"first"', '"mine"')
    expect(await mergedText(input({ yours, prefer: "mine" }))).toBe(yours)
    expect(await mergedText(input({ yours, prefer: "theirs" }))).toBe(both)
  })

  test.each([
    ["CRLF", (text: string) => text.replaceAll("\n", "\r\n")],
    ["no newline at the end", (text: string) => text.replace(/\n$/, "")],
    ["a byte order mark", (text: string) => `\uFEFF${text}`],
    ["CRLF and no newline at the end", (text: string) => text.replace(/\n$/, "").replaceAll("\n", "\r\n")],
  ])("%s is kept and is no edit", async (_, shape) => {
    expect(await mergedText(input({ yours: shape(mine) }))).toBe(shape(both))
    expect(await mergeFile(input({ yours: shape(base) }))).toEqual({
      from: "theirs",
      files: [{ text: shape(theirs), conflicts: 0 }],
    })
  })

  test.each([
    ["./a.js", ".ts"],
    ["./a", ".ts"],
    ["./a.ts", ".js"],
    ["./a", ".js"],
    ["./a.js", ""],
  ] as const)("imports as %s are no edit where the project asks for %j now", async (now, importExtension) => {
    const as = (text: string, specifier: string) => text.replace("./a.ts", specifier)
    const asked = `./a${importExtension}`
    const sides = { base: as(base, asked), theirs: as(theirs, asked), importExtension }
    expect(await mergedText(input({ ...sides, yours: as(mine, now) }))).toBe(as(both, asked))
    expect(await mergeFile(input({ ...sides, yours: as(base, now) }))).toMatchObject({ from: "theirs" })
  })

  test("a file that upstream split takes the user's edits where their lines went", async () => {
    const parts = [
      { path: "first.ts", text: theirs.slice(0, theirs.indexOf("export function second")) },
      { path: "second.ts", text: `// Moved.\n${base.slice(base.indexOf("export function second"))}` },
    ]
    for (const order of [parts, [...parts].reverse()]) {
      const { files } = await mergeFile({ ...input({}), theirs: order })
      expect(files.map(({ conflicts }) => conflicts)).toEqual([0, 0])
      const [first, second] = order === parts ? files : [...files].reverse()
      expect(first?.text).toBe(parts[0]?.text)
      expect(second?.text).toBe(parts[1]?.text.replace("value.one + value.two", "value.one * value.two"))
    }
  })
})

describe("a file that the project's own formatter reshaped", () => {
  const dir = mkdtempSync(join(tmpdir(), "stackdock-formatter-"))
  afterAll(() => rmSync(dir, { recursive: true, force: true }))
  let formatters: { Biome: Formatter[]; Prettier: Formatter[] }
  beforeAll(() => {
    const modules = { Biome: "../../../../node_modules/@biomejs", Prettier: "../../node_modules/prettier" }
    const project = (name: keyof typeof modules, link: string, config: string, settings: object) => {
      const folder = join(dir, name)
      mkdirSync(join(folder, "node_modules"), { recursive: true })
      symlinkSync(fileURLToPath(new URL(modules[name], import.meta.url)), join(folder, "node_modules", link))
      writeFileSync(join(folder, "package.json"), "{}")
      writeFileSync(join(folder, config), JSON.stringify(settings))
      return findFormatters(folder).filter((formatter) => formatter.name === name)
    }
    formatters = {
      Biome: project("Biome", "@biomejs", "biome.json", { formatter: { indentStyle: "tab", lineWidth: 40 } }),
      Prettier: project("Prettier", "prettier", ".prettierrc", { semi: true, tabWidth: 4, printWidth: 40 }),
    }
  })

  test.each(["Biome", "Prettier"] as const)("%s: is no edit, and edits to it merge as ever", async (name) => {
    const [formatter] = formatters[name]
    const path = "src/some.ts"
    const formatted = async (text: string) => (await formatter?.format(path, text)) ?? ""
    expect((await formatted(base)).split(";").length).toBeGreaterThan(3)
    const reshaped = { ...input({ path }), formatters: formatters[name], yours: await formatted(base) }
    expect(await mergeFile(reshaped)).toEqual({
      from: "theirs",
      files: [{ text: await formatted(theirs), conflicts: 0 }],
    })
    const editedToo = { ...reshaped, yours: (await formatted(mine)).replaceAll("\n", "\r\n") }
    expect(await mergedText(editedToo)).toBe((await formatted(both)).replaceAll("\n", "\r\n"))
  })
})
