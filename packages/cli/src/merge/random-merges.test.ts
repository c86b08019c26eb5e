import { spawnSync } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import * as prettier from "prettier"
import ts from "typescript-5.9"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Formatter } from "../project/formatter.ts"
import { isSameButForLayout } from "../project/layout.ts"
import { plain } from "./form.ts"
import { type Merged, mergeFile } from "./merge-file.ts"
import { anyEdits, edited, randomFrom, typeKeepingEdits } from "./random-edits.fixture.ts"

const registry = fileURLToPath(new URL("../../../../registry", import.meta.url))
const PAIRS = 300

const files = ["core", "docks/gridpane"].flatMap((folder) =>
  readdirSync(join(registry, folder), { recursive: true, encoding: "utf8" })
    .map((path) => join(registry, folder, path))
    .filter((path) => /(?<!\.test)\.ts$/.test(path) || /recordings.*\.json$/.test(path))
    .sort(),
)

const tidy: Formatter = {
  name: "Prettier",
  format: (path, text) =>
    prettier.format(text, { filepath: path, tabWidth: 4, singleQuote: true }).catch(() => undefined),
}

interface Pair {
  readonly seed: number
  readonly path: string
  readonly keepsTypes: boolean
  readonly isReformatted: boolean
  readonly base: string
  readonly yours: string
  readonly theirs: string
  /** In the form in which they are merged. */
  readonly compared: { readonly base: string; readonly yours: string; readonly theirs: string }
  readonly merged: Merged
}

async function pairOf(seed: number): Promise<Pair> {
  const random = randomFrom(seed)
  const keepsTypes = seed % 2 === 0
  const among = keepsTypes ? files.filter((path) => path.endsWith(".ts")) : files
  const path = among[Math.floor(random() * among.length)] ?? ""
  const base = readFileSync(path, "utf8")
  const kinds = keepsTypes ? typeKeepingEdits : anyEdits
  const sides = { yours: edited(base, kinds, random, "Yours"), theirs: edited(base, kinds, random, "Theirs") }
  const [isReformatted, isCrlf] = [keepsTypes && random() < 0.1, random() < 0.2]
  const format = (text: string) => (isReformatted ? inSameFormat(path, text) : text)
  const compared = {
    base: await format(base),
    yours: await format(sides.yours),
    theirs: await format(sides.theirs),
  }
  const yours = isCrlf ? compared.yours.replaceAll("\n", "\r\n") : compared.yours
  const merged = await mergeFile({
    path,
    base,
    yours,
    theirs: [{ path, text: sides.theirs }],
    importExtension: ".ts",
    formatters: isReformatted ? [tidy] : [],
    labels: { yours: "yours", theirs: "theirs" },
  })
  return { seed, path, keepsTypes, isReformatted, base, yours, theirs: sides.theirs, compared, merged }
}

async function inSameFormat(path: string, text: string): Promise<string> {
  return (await tidy.format(path, text)) ?? text
}

describe(`${PAIRS} random pairs of edits, merged`, () => {
  const scratch = mkdtempSync(join(tmpdir(), "stackdock-merge-"))
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))
  const pairs: Pair[] = []
  beforeAll(async () => {
    for (let seed = 1; seed <= PAIRS; seed++) pairs.push(await pairOf(seed))
  }, 120_000)
  const clean = () => pairs.filter(({ merged }) => conflictsOf(merged) === 0)

  test("are of both kinds, so that the rest says something", () => {
    expect(clean().length).toBeGreaterThan(PAIRS / 3)
    expect(pairs.length - clean().length).toBeGreaterThan(PAIRS / 6)
  })

  test("lose no line that either side wrote", () => {
    for (const { seed, isReformatted, compared, merged } of pairs) {
      // A formatter may break a line elsewhere.
      const bare = (text: string) => (isReformatted ? text.replaceAll(/\s/g, "") : text)
      const result = bare(plain(textOf(merged)))
      const known = new Set(compared.base.split("\n"))
      for (const line of [...compared.yours.split("\n"), ...compared.theirs.split("\n")])
        if (!known.has(line)) expect(result.includes(bare(line)), `seed ${seed}: ${line}`).toBe(true)
    }
  })

  test("are never called clean where git sees a conflict, and say the same where both call them clean", async () => {
    for (const { seed, path, isReformatted, compared, merged } of pairs) {
      if (conflictsOf(merged) > 0) continue
      if (merged.from !== "both") {
        // One side changed the layout at most. To git that is a change, too.
        const { base, yours, theirs } = compared
        const isSame = (one: string, other: string) => isSameButForLayout(path, one, other)
        const isExplained =
          merged.from === "theirs"
            ? [[base, yours]]
            : [
                [base, theirs],
                [yours, theirs],
              ]
        expect(
          isExplained.some(([one = "", other = ""]) => isSame(one, other)),
          `seed ${seed}`,
        ).toBe(true)
        continue
      }
      const names = (["yours", "base", "theirs"] as const).map((side) => {
        const path = join(scratch, side)
        writeFileSync(path, compared[side])
        return path
      })
      const git = spawnSync("git", ["merge-file", "-p", "-q", ...names], { encoding: "utf8" })
      expect(git.status, `seed ${seed}`).toBe(0)
      // Prettier does not always leave alone what it has written itself.
      const settled = async (text: string) =>
        isReformatted ? inSameFormat(path, await inSameFormat(path, text)) : text
      expect(await settled(plain(textOf(merged))), `seed ${seed}`).toBe(await settled(git.stdout))
    }
  })

  test("keep the line ends of the user's file", () => {
    for (const { seed, yours, merged } of pairs)
      expect(/\r\n/.test(textOf(merged)), `seed ${seed}`).toBe(yours.includes("\r\n"))
  })

  test("typecheck when they are clean and both sides did", () => {
    const merges = clean().filter(({ keepsTypes }) => keepsTypes)
    expect(merges.length).toBeGreaterThan(PAIRS / 6)
    // Beside the original, so that its relative imports lead where they did.
    const virtual = new Map(
      merges.map(({ seed, path, merged }) => [
        join(dirname(path), `merged-${seed}.ts`),
        { seed, text: textOf(merged) },
      ]),
    )
    const found = typeErrors(new Map([...virtual].map(([path, { text }]) => [path, text])))
    expect(found).toEqual([])
  }, 120_000)
})

function conflictsOf({ files }: Merged): number {
  return files.reduce((sum, { conflicts }) => sum + conflicts, 0)
}

function textOf({ files }: Merged): string {
  return files[0]?.text ?? ""
}

/** Of files that are not on disk, under the settings of the registry: one program for all of them. */
function typeErrors(virtual: ReadonlyMap<string, string>): string[] {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(registry, "tsconfig.json"),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
  )
  const options = config?.options ?? {}
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (path) => virtual.has(path) || fileExists(path)
  host.readFile = (path) => virtual.get(path) ?? readFile(path)
  host.getSourceFile = (path, version, ...rest) => {
    const text = virtual.get(path)
    return text === undefined
      ? getSourceFile(path, version, ...rest)
      : ts.createSourceFile(path, text, version)
  }
  const program = ts.createProgram([...virtual.keys()], options, host)
  return [...virtual.keys()].flatMap((path) => {
    const source = program.getSourceFile(path)
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) =>
        `${relative(registry, path)}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    )
  })
}
