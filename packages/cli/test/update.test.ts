import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, test } from "vitest"
import { findFormatters } from "../src/project/formatter.ts"
import { emptyProject, errorOf, folder, json, type Outcome, snapshot, stackdock, write } from "./command.ts"
import { publish, type SmallItem, smallRegistry } from "./small-registry.ts"

/** Enough lines that two edits do not touch. */
const text = (name: string, from = 1, to = 8) =>
  Array.from(
    { length: to + 1 - from },
    (_, index) => `export const ${name}${from + index} = ${from + index}\n`,
  ).join("")

const root = "src/stackdock"

async function installed(cwd: string, items: Record<string, SmallItem>): Promise<string> {
  const registry = smallRegistry(items)
  const added = await stackdock(
    ["add", ...Object.keys(items), "--yes", "--no-install", "--json", "--registry", registry],
    { cwd },
  )
  if (added.code !== 0) throw new Error(added.stderr)
  return registry
}

const update = (cwd: string, ...args: string[]) =>
  stackdock(["update", "--yes", "--no-install", "--no-test", "--json", ...args], { cwd })

const read = (cwd: string, path: string) => readFileSync(join(cwd, root, path), "utf8")

function edit(cwd: string, path: string, from: string, to: string): void {
  const before = read(cwd, path)
  expect(before).toContain(from)
  write(cwd, { [`${root}/${path}`]: before.replace(from, to) })
}

function states(outcome: Outcome): Record<string, string> {
  const { files } = json(outcome) as { files: { path: string; from: string | null; state: string }[] }
  return Object.fromEntries(
    files.map(({ path, from, state }) => [
      `${from === null ? "" : `${from.replace(`${root}/`, "")} → `}${path.replace(`${root}/`, "")}`,
      state,
    ]),
  )
}

/** What is on disk, but for what tells when it was written. */
const tree = (cwd: string) =>
  Object.fromEntries(Object.entries(snapshot(cwd)).filter(([path]) => !path.startsWith("node_modules")))

describe.concurrent("update", { timeout: 120_000 }, () => {
  const one = {
    version: "1.0.0",
    files: {
      "core/plain.ts": text("plain"),
      "core/edited.ts": text("edited"),
      "core/same.ts": text("same"),
      "core/windows.ts": text("windows"),
      "core/deleted.ts": text("deleted"),
      "core/moved.ts": `import { plain1 } from "./plain.ts"\n${text("moved")}export const two = plain1\n`,
      "core/user.ts": `import { moved1 } from "./moved.ts"\nexport const used = moved1\n`,
      "core/old-name.ts": text("renamed"),
      "core/old-alike.ts": text("alike"),
      "core/split.ts": text("first") + text("second"),
      "core/removed.ts": text("removed"),
      "core/left.ts": text("left"),
    },
  }
  const two: SmallItem = {
    version: "1.1.0",
    files: {
      "core/plain.ts": text("plain", 1, 9),
      "core/edited.ts": text("edited", 1, 9),
      "core/same.ts": text("same"),
      "core/windows.ts": text("windows", 1, 9),
      "core/deleted.ts": text("deleted", 1, 9),
      "core/moved.ts": `import { plain1 } from "./plain.ts"\n${text("moved", 1, 9)}export const two = plain1\n`,
      "core/user.ts": `import { moved1 } from "./moved.ts"\n\nexport const used = moved1\nexport const more = 1\n`,
      "core/new/name.ts": text("renamed", 1, 9),
      "core/new-alike.ts": text("alike", 1, 9),
      "core/one.ts": `// The first half.\n${text("first")}`,
      "core/two.ts": text("second"),
      "core/added.ts": text("added"),
    },
    renames: {
      "core/old-name.ts": "core/new/name.ts",
      "core/split.ts": ["core/one.ts", "core/two.ts"],
    },
  }

  test("brings what is newer, keeps what was made of it here, and undo takes all of it back", async () => {
    const cwd = folder({
      "package.json": '{ "name": "p", "type": "module" }\n',
      "tsconfig.json": '{ "compilerOptions": { "module": "nodenext", "strict": true } }',
    })
    const registry = await installed(cwd, { core: one })
    edit(cwd, "core/edited.ts", "edited2 = 2", "edited2 = 22")
    edit(cwd, "core/same.ts", "same2 = 2", "same2 = 22")
    edit(cwd, "core/windows.ts", text("windows"), text("windows").replaceAll("\n", "\r\n"))
    edit(cwd, "core/windows.ts", "windows2 = 2", "windows2 = 22")
    edit(cwd, "core/old-name.ts", "renamed2 = 2", "renamed2 = 22")
    edit(cwd, "core/old-alike.ts", "alike2 = 2", "alike2 = 22")
    edit(cwd, "core/split.ts", "first2 = 2", "first2 = 22")
    edit(cwd, "core/split.ts", "second2 = 2", "second2 = 22")
    edit(cwd, "core/left.ts", "left2 = 2", "left2 = 22")
    rmSync(join(cwd, root, "core/deleted.ts"))
    mkdirSync(join(cwd, "src/own"))
    renameSync(join(cwd, root, "core/moved.ts"), join(cwd, "src/own/mine.ts"))
    write(cwd, {
      "src/own/mine.ts": readFileSync(join(cwd, "src/own/mine.ts"), "utf8")
        .replace('"./plain.js"', '"../stackdock/core/plain.js"')
        .replace("moved2 = 2", "moved2 = 22"),
    })
    edit(cwd, "core/user.ts", '"./moved.js"', '"../../own/mine.js"')
    publish(registry, { core: two })
    const before = tree(cwd)

    const planned = await update(cwd, "--dry-run")
    expect(planned.code, planned.stderr).toBe(0)
    expect(tree(cwd)).toEqual(before)
    const outcome = await update(cwd)
    expect(outcome.code, outcome.stderr).toBe(0)
    expect(states(outcome)).toEqual(states(planned))
    expect(states(outcome)).toEqual({
      "core/plain.ts": "updated",
      "core/edited.ts": "merged",
      "core/windows.ts": "merged",
      "core/deleted.ts": "deleted",
      "src/own/mine.ts": "merged",
      "core/user.ts": "updated",
      "core/old-name.ts → core/new/name.ts": "merged",
      "core/old-alike.ts → core/new-alike.ts": "merged",
      "core/split.ts → core/one.ts": "merged",
      "core/split.ts → core/two.ts": "merged",
      "core/removed.ts": "removed",
      "core/left.ts": "left",
      "core/added.ts": "added",
    })
    expect(read(cwd, "core/plain.ts")).toBe(text("plain", 1, 9))
    const merged = (name: string) => text(name, 1, 9).replace(`${name}2 = 2`, `${name}2 = 22`)
    expect(read(cwd, "core/edited.ts")).toBe(merged("edited"))
    expect(read(cwd, "core/windows.ts")).toBe(merged("windows").replaceAll("\n", "\r\n"))
    expect(read(cwd, "core/new/name.ts")).toBe(merged("renamed"))
    expect(read(cwd, "core/new-alike.ts")).toBe(merged("alike"))
    expect(read(cwd, "core/one.ts")).toBe(
      `// The first half.\n${text("first").replace("first2 = 2", "first2 = 22")}`,
    )
    expect(read(cwd, "core/two.ts")).toBe(text("second").replace("second2 = 2", "second2 = 22"))
    expect(read(cwd, "core/left.ts")).toContain("left2 = 22")
    expect(readFileSync(join(cwd, "src/own/mine.ts"), "utf8")).toBe(
      `import { plain1 } from "../stackdock/core/plain.js"\n${merged("moved")}export const two = plain1\n`,
    )
    expect(read(cwd, "core/user.ts")).toContain('from "../../own/mine.js"')
    for (const gone of ["deleted.ts", "moved.ts", "old-name.ts", "old-alike.ts", "split.ts", "removed.ts"])
      expect(existsSync(join(cwd, root, "core", gone)), gone).toBe(false)

    const again = await update(cwd)
    expect(json(again)).toMatchObject({ items: [], conflicts: [] })
    expect((await stackdock(["verify"], { cwd })).code).toBe(0)
    const undone = await stackdock(["undo", "--yes"], { cwd })
    expect(undone.code, undone.stderr).toBe(0)
    expect(tree(cwd)).toEqual(before)
  })

  const three = { version: "1.0.0", files: { "core/a.ts": text("a"), "core/b.ts": text("b") } }
  const four = {
    version: "2.0.0",
    files: {
      "core/a.ts": text("a").replace("a2 = 2", "a2 = 222").replace("a8 = 8", "a8 = 888"),
      "core/b.ts": text("b").replace("b2 = 2", "b2 = 222"),
    },
  }
  async function inConflict(): Promise<string> {
    const cwd = emptyProject()
    const registry = await installed(cwd, { core: three })
    edit(cwd, "core/a.ts", "a2 = 2", "a2 = 22")
    edit(cwd, "core/b.ts", "b2 = 2", "b2 = 22")
    publish(registry, { core: four })
    return cwd
  }

  test("conflicts end with 3, keep both sides whole, and are finished by resolve", async () => {
    const cwd = await inConflict()
    const outcome = await update(cwd)
    expect(outcome.code, outcome.stderr).toBe(3)
    expect(json(outcome)).toMatchObject({ conflicts: [`${root}/core/a.ts`, `${root}/core/b.ts`] })
    const shown = read(cwd, "core/a.ts")
    expect(shown).toContain(
      "<<<<<<< yours\nexport const a2 = 22\n=======\nexport const a2 = 222\n>>>>>>> core 2.0.0\n",
    )
    expect(shown).toContain("a8 = 888")
    const side = (name: string) =>
      readFileSync(join(cwd, ".stackdock/conflicts", root, `core/a.ts.${name}`), "utf8")
    expect(side("mine")).toBe(text("a").replace("a2 = 2", "a2 = 22"))
    expect(side("theirs")).toBe(four.files["core/a.ts"])
    expect(side("base")).toBe(text("a"))

    expect((await stackdock(["status"], { cwd })).stderr).toContain("npx stackdock resolve")
    expect(errorOf(await update(cwd))).toMatchObject({ code: "unfinished" })
    const open = await stackdock(["resolve", "--json"], { cwd })
    expect(open.code).toBe(3)
    expect(json(open)).toEqual({
      resolved: [],
      left: [
        { path: `${root}/core/a.ts`, markers: 1 },
        { path: `${root}/core/b.ts`, markers: 1 },
      ],
    })
    const half = await stackdock(["resolve", `${root}/core/b.ts`, "--mine", "--json"], { cwd })
    expect(half.code).toBe(3)
    expect(json(half)).toMatchObject({ resolved: [`${root}/core/b.ts`], left: [] })
    expect(read(cwd, "core/b.ts")).toBe(text("b").replace("b2 = 2", "b2 = 22"))
    write(cwd, { [`${root}/core/a.ts`]: text("a").replace("a2 = 2", "a2 = 42") })
    const done = await stackdock(["resolve", "--json"], { cwd })
    expect(done.code, done.stderr).toBe(0)
    expect(existsSync(join(cwd, ".stackdock/conflicts"))).toBe(false)
    expect(json(await update(cwd))).toMatchObject({ items: [], conflicts: [] })
    expect((await stackdock(["resolve"], { cwd })).code).toBe(0)
  })

  test("undo takes an unfinished update back whole; --keep-mine and --take-theirs leave nothing to decide", async () => {
    const cwd = await inConflict()
    const before = tree(cwd)
    expect((await update(cwd)).code).toBe(3)
    for (const [option, kept] of [
      ["--keep-mine", 22],
      ["--take-theirs", 222],
    ] as const) {
      expect((await stackdock(["undo", "--yes"], { cwd })).code).toBe(0)
      expect(tree(cwd)).toEqual(before)
      const outcome = await update(cwd, option)
      expect(outcome.code, outcome.stderr).toBe(0)
      expect(read(cwd, "core/a.ts")).toBe(
        text("a").replace("a2 = 2", `a2 = ${kept}`).replace("a8 = 8", "a8 = 888"),
      )
    }
  })

  test("an item that would no longer fit another is told before anything is written, by update and by add", async () => {
    const cwd = emptyProject()
    const dock = {
      version: "1.0.0",
      files: { "docks/dock.ts": text("dock") },
      registryDependencies: ["core"],
    }
    const registry = await installed(cwd, { core: three, old: { ...dock, needs: { core: "^1.0.0" } } })
    publish(registry, {
      core: four,
      fresh: { ...dock, files: { "docks/fresh.ts": text("fresh") }, needs: { core: "^2.0.0" } },
    })
    const before = tree(cwd)
    const updated = await update(cwd)
    const added = await stackdock(
      ["add", "fresh", "--yes", "--no-install", "--json", "--registry", registry],
      { cwd },
    )
    for (const outcome of [updated, added]) {
      expect(outcome.code, outcome.stderr).toBe(3)
      expect(errorOf(outcome)).toMatchObject({ code: "breaks_items" })
      expect(errorOf(outcome).message).toContain("old 1.0.0 needs core ^1.0.0, and that would be 2.0.0")
    }
    expect(tree(cwd)).toEqual(before)

    publish(registry, { old: { ...dock, version: "1.1.0", needs: { core: ">=1.0.0" } } })
    const alone = await update(cwd, "old")
    expect(json(alone)["items"]).toEqual([{ name: "old", from: "1.0.0", to: "1.1.0" }])
    const rest = await update(cwd)
    expect(json(rest)["items"]).toEqual([{ name: "core", from: "1.0.0", to: "2.0.0" }])
  })

  test("what an item newly needs comes along: a newer shared item, another item, an npm package", async () => {
    const cwd = emptyProject()
    const registry = await installed(cwd, { core: three })
    publish(registry, {
      extra: { version: "0.3.0", files: { "extra/x.ts": text("x") } },
      core: { ...four, registryDependencies: ["extra"], dependencies: ["zod@^4.6.7"] },
    })
    const checked = await stackdock(["update", "--yes", "--no-install", "--json"], { cwd })
    expect(checked.code).toBe(3)
    expect(errorOf(checked)).toMatchObject({ code: "packages_first", packages: ["zod"] })
    const outcome = await update(cwd, "core")
    expect(outcome.code, outcome.stderr).toBe(0)
    expect(json(outcome)).toMatchObject({
      items: [
        { name: "core", from: "1.0.0", to: "2.0.0" },
        { name: "extra", from: null, to: "0.3.0" },
      ],
      dependencies: { zod: "^4.6.7" },
    })
    expect(read(cwd, "extra/x.ts")).toBe(text("x"))
    expect(readFileSync(join(cwd, "package.json"), "utf8")).toContain('"zod": "^4.6.7"')
  })

  test("an item that came without its tests gets none, whatever another item has", async () => {
    const cwd = emptyProject()
    const item = (name: string, version: string): SmallItem => ({
      version,
      files: { [`${name}/a.ts`]: text(name), [`${name}/a.test.ts`]: text("test") },
      devDependencies: [`${name}-kit@^1.0.0`],
    })
    const registry = smallRegistry({ bare: item("bare", "1.0.0") })
    const add = ["--yes", "--no-install", "--quiet", "--registry", registry]
    expect((await stackdock(["add", "bare", "--no-tests", ...add], { cwd })).code).toBe(0)
    publish(registry, { tested: item("tested", "1.0.0") })
    expect((await stackdock(["add", "tested", ...add], { cwd })).code).toBe(0)
    publish(registry, { bare: item("bare", "1.1.0"), tested: item("tested", "1.1.0") })
    const outcome = await update(cwd)
    expect(outcome.code, outcome.stderr).toBe(0)
    expect(json(outcome)).toMatchObject({
      items: [{ name: "bare" }, { name: "tested" }],
      files: [],
      devDependencies: {},
    })
    const { items } = JSON.parse(readFileSync(join(cwd, "stackdock.lock"), "utf8"))
    expect([items.bare.packages, items.tested.packages]).toEqual([[], ["tested-kit"]])
  })

  test("nothing goes back to an older version, and what is published no more stays", async () => {
    const cwd = emptyProject()
    const registry = await installed(cwd, {
      core: four,
      gone: { version: "1.0.0", files: { "gone.ts": "\n" } },
    })
    publish(registry, { core: three })
    rmSync(join(registry, "gone.json"))
    const before = tree(cwd)
    const outcome = await update(cwd)
    expect(outcome.code).toBe(0)
    expect(json(outcome)["skipped"]).toEqual([
      { name: "core", reason: "its registry has 1.0.0, which is older than the installed 2.0.0" },
      { name: "gone", reason: "its registry does not publish it any more" },
    ])
    expect(tree(cwd)).toEqual(before)
    expect((await update(cwd, "cor")).code).toBe(2)
    expect((await update(cwd, "--keep-mine", "--take-theirs")).code).toBe(2)
  })

  test.for([
    ["Prettier", "packages/cli/node_modules/prettier", "prettier", ".prettierrc", { tabWidth: 4 }],
    ["Biome", "node_modules/@biomejs", "@biomejs", "biome.json", { formatter: { lineWidth: 40 } }],
  ] as const)(
    "a file that the project's %s reformatted and somebody edited is merged",
    async ([, ...tool]) => {
      const [from, name, config, settings] = tool
      const cwd = emptyProject()
      write(cwd, { [config]: JSON.stringify(settings) })
      link(cwd, { [name]: from })
      const list = (...entries: string[]) =>
        `export const list = { first: "${entries[0]}", second: "${entries[1]}", third: "${entries[2]}" }\n`
      const source = (first: string, third: string) =>
        `${list("a", "b", first)}\n${text("line")}\n${list("d", "e", third)}`
      const registry = await installed(cwd, {
        core: { version: "1.0.0", files: { "core/a.ts": source("c", "f") } },
      })
      const [formatter] = findFormatters(cwd)
      const formatted = async (code: string) => (await formatter?.format(`${root}/core/a.ts`, code)) ?? ""
      write(cwd, { [`${root}/core/a.ts`]: await formatted(source("mine", "f")) })
      publish(registry, { core: { version: "1.1.0", files: { "core/a.ts": source("c", "theirs") } } })
      const outcome = await update(cwd)
      expect(outcome.code, outcome.stderr).toBe(0)
      expect(read(cwd, "core/a.ts")).toBe(await formatted(source("mine", "theirs")))
      expect(read(cwd, "core/a.ts")).toContain(";")
    },
  )

  test.for([4, 14])("kill -9 at step %i leaves all of it or nothing", async (at) => {
    const cwd = await inConflict()
    const before = tree(cwd)
    const killed = await stackdock(["update", "--yes", "--no-test", "--no-install"], {
      cwd,
      fault: { at, code: "SIGKILL" },
    })
    expect(killed.signal).toBe("SIGKILL")
    expect((await stackdock(["status"], { cwd })).code).toBe(0)
    expect(tree(cwd)).toEqual(before)
  })
})

/** Packages of this repository, as if they were installed in the project. */
function link(cwd: string, packages: Readonly<Record<string, string>>): void {
  for (const [name, from] of Object.entries(packages)) {
    mkdirSync(dirname(join(cwd, "node_modules", name)), { recursive: true })
    symlinkSync(fileURLToPath(new URL(`../../../${from}`, import.meta.url)), join(cwd, "node_modules", name))
  }
}

describe("update, with checks", () => {
  const item = (version: string, half: string): SmallItem => ({
    version,
    files: {
      "core/half.ts": half,
      "core/half.test.ts":
        'import { expect, test } from "vitest"\nimport { half } from "./half.ts"\ntest("halves", () => expect(half(4)).toBe(2))\n',
    },
  })
  const half = (body: string) => `export function half(of: number): number {\n  ${body}\n}\n`

  test("red types or tests leave the project byte for byte; green ones do not stand in the way", async () => {
    const cwd = folder({
      "package.json": '{ "name": "p", "type": "module" }\n',
      "tsconfig.json": JSON.stringify({
        compilerOptions: {
          module: "preserve",
          target: "es2022",
          strict: true,
          allowImportingTsExtensions: true,
          noEmit: true,
          types: [],
          skipLibCheck: true,
        },
        include: ["src"],
      }),
      "src/own.ts": 'import { half } from "./stackdock/core/half.ts"\nexport const two: number = half(4)\n',
      "src/wrong.ts": 'export const wrong: number = "was so before"\n',
    })
    link(cwd, { vitest: "registry/node_modules/vitest", typescript: "node_modules/typescript" })
    const registry = await installed(cwd, { core: item("1.0.0", half("return of / 2")) })
    const before = tree(cwd)
    const run = () => stackdock(["update", "--yes", "--no-install", "--json"], { cwd })

    publish(registry, {
      core: item("1.1.0", half("return String(of / 2)").replace(": number {", ": string {")),
    })
    const types = await run()
    expect(types.code, types.stderr).toBe(1)
    expect(errorOf(types)).toMatchObject({ code: "checks_failed" })
    expect(errorOf(types).message).toContain("src/own.ts(2,14): error TS2322")
    expect(errorOf(types).message).not.toContain("wrong.ts")
    expect(tree(cwd)).toEqual(before)

    publish(registry, { core: item("1.1.0", half("return of / 3")) })
    const tests = await run()
    expect(tests.code, tests.stderr).toBe(1)
    expect(errorOf(tests).message).toMatch(/contract tests would fail:\n {4}halves: /)
    expect(tree(cwd)).toEqual(before)

    publish(registry, { core: item("1.1.0", half("return of * 0.5")) })
    const good = await run()
    expect(good.code, good.stderr).toBe(0)
    expect(json(good)["checks"]).toEqual([
      { name: "types", outcome: "passed", said: ["errors that were there before: 1"] },
      { name: "tests", outcome: "passed", said: ["1 passed"] },
    ])
    expect(read(cwd, "core/half.ts")).toContain("of * 0.5")
  }, 240_000)

  test("a dock of ours, edited, takes an upstream fix, typechecks and passes its contract tests", async () => {
    const bundled = fileURLToPath(new URL("../dist/registry", import.meta.url))
    const registry = folder({})
    cpSync(bundled, registry, { recursive: true })
    const cwd = folder({
      "package.json": '{ "name": "p", "type": "module" }\n',
      "tsconfig.json": JSON.stringify({
        compilerOptions: {
          module: "preserve",
          target: "es2022",
          strict: true,
          noEmit: true,
          skipLibCheck: true,
        },
        include: ["src"],
      }),
      // The others are the same for every dock, take longer, and are run where the docks are.
      "vitest.config.ts": 'export default { test: { testNamePattern: "recordings|sync|reading" } }\n',
    })
    const packages = ["@types", "libsql", "msw", "vitest", "zod"]
    link(cwd, {
      typescript: "node_modules/typescript",
      ...Object.fromEntries(packages.map((name) => [name, `registry/node_modules/${name}`])),
    })
    const added = await stackdock(["add", "netlify", "--yes", "--no-install", "--registry", registry], {
      cwd,
    })
    expect(added.code, added.stderr).toBe(0)
    const path = "docks/netlify/sync/index.ts"
    const published = JSON.parse(readFileSync(join(registry, "netlify.json"), "utf8"))
    const file = published.files.find(({ target }: { target: string }) => target.endsWith(path))
    file.content = `// Upstream was here.\n${file.content}`
    published.meta.stackdock.version = "0.1.1"
    delete published.meta.stackdock.files
    write(registry, { "netlify.json": JSON.stringify(published) })
    write(cwd, { [`${root}/${path}`]: `${read(cwd, path)}// I was here.\n` })
    const outcome = await stackdock(["update", "--yes", "--no-install", "--json"], { cwd })
    expect(outcome.code, outcome.stderr).toBe(0)
    expect(json(outcome)["checks"]).toEqual([
      { name: "types", outcome: "passed", said: [] },
      { name: "tests", outcome: "passed", said: [expect.stringMatching(/^\d\d+ passed$/)] },
    ])
    expect(read(cwd, path)).toMatch(/^\/\/ Upstream was here\.\n(.*\n)*\/\/ I was here\.\n$/)
  }, 300_000)
})
