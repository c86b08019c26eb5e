import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { acmeItems, acmeRegistry, type Item } from "./acme-registry.ts"
import { emptyProject, errorOf, folder, json, snapshot, stackdock, write } from "./command.ts"

let registry: string
beforeAll(async () => {
  registry = await acmeRegistry()
})

const add = (cwd: string, ...args: string[]) =>
  stackdock(["add", "--yes", "--no-install", "--json", "--registry", registry, ...args], { cwd })

describe.concurrent("add", { timeout: 120_000 }, () => {
  test("copies a dock, what it needs, and what the project's stackdock.ts needs", async () => {
    const cwd = emptyProject()
    const outcome = await add(cwd, "acme")
    expect(outcome).toMatchObject({ code: 0 })
    expect(json(outcome)).toMatchObject({
      unchanged: [],
      dependencies: { zod: "^4.6.7", kysely: "^0.28.18" },
      devDependencies: { vitest: "^4.1.12", msw: "^2.9.0", "@types/node": "^20.19.0" },
      installed: false,
      dryRun: false,
    })
    const { written, items } = json(outcome)
    expect(items).toEqual(
      expect.arrayContaining(["acme", "core", "schema", "contract", "engine", "security", "store-sql"]),
    )
    expect(new Set(written as string[])).toEqual(
      new Set(
        Object.entries(snapshot(cwd)).flatMap(([path, content]) => (content === "(folder)" ? [] : [path])),
      ),
    )
    expect(readFileSync(join(cwd, "src/stackdock/docks/index.ts"), "utf8")).toContain("[acme]")
    expect(JSON.parse(readFileSync(join(cwd, "package.json"), "utf8"))).toMatchObject({
      dependencies: { zod: "^4.6.7" },
    })
  })

  test("a second time changes nothing and says so", async () => {
    const cwd = emptyProject()
    await add(cwd, "acme")
    const before = snapshot(cwd)
    const again = await add(cwd, "acme")
    expect(json(again)).toMatchObject({ written: [] })
    expect(json(again)["unchanged"]).toContain("src/stackdock/docks/acme/index.ts")
    expect(snapshot(cwd)).toEqual(before)
  })

  test("--dry-run shows the plan and writes nothing", async () => {
    const cwd = emptyProject()
    const before = snapshot(cwd)
    const outcome = await add(cwd, "acme", "--dry-run")
    expect(outcome.code).toBe(0)
    expect(json(outcome)).toMatchObject({ dryRun: true, installed: false })
    expect(json(outcome)["written"]).toContain("src/stackdock/docks/acme/index.ts")
    expect(outcome.stderr).toContain("api.acme.example")
    expect(snapshot(cwd)).toEqual(before)
  })

  test("--no-tests leaves out contract tests, recordings, the test kit and its packages", async () => {
    const cwd = emptyProject()
    const outcome = await add(cwd, "acme", "--no-tests")
    expect(json(outcome)["devDependencies"]).toEqual({ "@types/node": "^20.19.0" })
    expect(Object.keys(snapshot(cwd)).filter((path) => /test|recordings|contract/.test(path))).toEqual([])
    expect(existsSync(join(cwd, "src/stackdock/docks/acme/index.ts"))).toBe(true)
  })

  test("--no-tests leaves out what only the test kit needs, too", async () => {
    const items = acmeItems().map(
      (item): Item => (item.name === "contract" ? { ...item, registryDependencies: ["globex"] } : item),
    )
    const needy = await acmeRegistry(items)
    const args = ["add", "acme", "--yes", "--no-install", "--json", "--registry", needy, "--dry-run"]
    const itemsOf = async (...more: string[]) =>
      json(await stackdock([...args, ...more], { cwd: emptyProject() }))["items"]
    expect(await itemsOf()).toContain("globex")
    expect(await itemsOf("--no-tests")).not.toContain("globex")
  })

  test("writes imports as the project's module settings want them", async () => {
    const cwd = folder({
      "package.json": '{ "name": "p", "type": "module" }\n',
      "tsconfig.json": '{ "compilerOptions": { "module": "nodenext", "strict": true, "target": "es2022" } }',
    })
    await add(cwd, "acme")
    expect(readFileSync(join(cwd, "src/stackdock/docks/acme/index.ts"), "utf8")).toContain(
      '"../../core/dock.js"',
    )
    expect(json(await add(cwd, "acme"))["written"]).toEqual([])
  })

  test("works from a folder below the project", async () => {
    const cwd = emptyProject()
    write(cwd, { "deep/er/file.txt": "" })
    await add(join(cwd, "deep/er"), "acme")
    expect(existsSync(join(cwd, "src/stackdock/docks/acme/index.ts"))).toBe(true)
  })

  test("goes where `init --root` said", async () => {
    const cwd = emptyProject()
    await stackdock(["init", "--yes", "--root", "lib/clouds"], { cwd })
    await add(cwd, "acme")
    expect(existsSync(join(cwd, "lib/clouds/docks/acme/index.ts"))).toBe(true)
    expect(existsSync(join(cwd, "src"))).toBe(false)
  })

  test("names the nearest items when one is unknown", async () => {
    const cwd = emptyProject()
    const outcome = await add(cwd, "acem")
    expect(outcome.code).toBe(2)
    expect(errorOf(outcome)).toMatchObject({ code: "unknown_item", hint: "Did you mean acme?" })
    expect(Object.keys(snapshot(cwd))).toEqual(["package.json"])
  })

  test("asks before it writes, and where nobody can be asked it fails instead of guessing", async () => {
    const cwd = emptyProject()
    const outcome = await stackdock(["add", "acme", "--registry", registry], { cwd })
    expect(outcome.code).toBe(3)
    expect(outcome.stderr).toContain("--yes")
    expect(Object.keys(snapshot(cwd))).toEqual(["package.json"])
  })

  test("an existing file that differs stops everything and is listed", async () => {
    const cwd = emptyProject()
    write(cwd, { "src/stackdock/core/dock.ts": "// mine\n" })
    const before = snapshot(cwd)
    const outcome = await add(cwd, "acme")
    expect(outcome.code).toBe(3)
    expect(errorOf(outcome)).toMatchObject({ code: "conflict", conflicts: ["src/stackdock/core/dock.ts"] })
    expect(snapshot(cwd)).toEqual(before)
  })

  test("an edited file of the item itself is kept, and a missing one beside it comes back", async () => {
    const cwd = emptyProject()
    await add(cwd, "acme")
    write(cwd, { "src/stackdock/docks/acme/index.ts": "// mine\n" })
    rmSync(join(cwd, "src/stackdock/docks/acme/recordings/list.json"))
    expect(json(await add(cwd, "acme"))).toMatchObject({
      kept: ["src/stackdock/docks/acme/index.ts"],
      written: ["src/stackdock/docks/acme/recordings/list.json"],
    })
    expect(readFileSync(join(cwd, "src/stackdock/docks/acme/index.ts"), "utf8")).toBe("// mine\n")
  })

  test("edited shared code does not stand in the way of another dock, and stays edited", async () => {
    const cwd = emptyProject()
    await add(cwd, "acme")
    write(cwd, { "src/stackdock/core/dock.ts": "// mine\n" })
    const outcome = await add(cwd, "globex")
    expect(outcome.code).toBe(0)
    expect(json(outcome)).toMatchObject({ kept: ["src/stackdock/core/dock.ts"] })
    expect(readFileSync(join(cwd, "src/stackdock/core/dock.ts"), "utf8")).toBe("// mine\n")
    expect(readFileSync(join(cwd, "src/stackdock/docks/index.ts"), "utf8")).toContain("[acme, globex]")
  })

  test("shared code of a newer version replaces what nobody changed and conflicts with what somebody did", async () => {
    const [own, newer] = await Promise.all([
      acmeRegistry(),
      acmeRegistry(acmeItems(), { "src/core/dock.ts": "export type AnyDock = 2\n" }),
    ])
    const from = ["add", "globex", "--yes", "--no-install", "--json", "--registry", own]
    const [untouched, edited] = [emptyProject(), emptyProject()]
    for (const cwd of [untouched, edited]) await stackdock([...from, "acme"], { cwd })
    write(edited, { "src/stackdock/core/dock.ts": "// mine\n" })
    cpSync(newer, own, { recursive: true })
    expect(await stackdock(from, { cwd: untouched })).toMatchObject({ code: 0 })
    expect(readFileSync(join(untouched, "src/stackdock/core/dock.ts"), "utf8")).toContain("= 2")
    const refused = await stackdock(from, { cwd: edited })
    expect([refused.code, errorOf(refused).hint]).toEqual([
      3,
      expect.stringContaining("stackdock update core"),
    ])
    expect(readFileSync(join(edited, "src/stackdock/core/dock.ts"), "utf8")).toBe("// mine\n")
  })

  test("a file that a newer version has not any more goes, tests stay in step, and what is left is what is published", async () => {
    const [cwd, own] = [emptyProject(), folder({})]
    const args = ["add", "acme", "--yes", "--no-install", "--json", "--registry", own]
    cpSync(registry, own, { recursive: true })
    await stackdock(args, { cwd })
    const items = acmeItems().map(
      (item): Item => ({
        ...item,
        meta: { stackdock: { ...item.meta.stackdock, version: "1.1.0" } },
      }),
    )
    for (const item of items.filter(({ name }) => name === "acme")) {
      item.files.pop()
      item.meta.stackdock["tests"] = ["~/src/stackdock/docks/acme/acme.contract.test.ts"]
    }
    const contract = 'import { kit } from "../../contract/kit.ts"\nkit + 1\n'
    const newer = await acmeRegistry(items, { "src/docks/acme/acme.contract.test.ts": contract })
    cpSync(newer, own, { recursive: true })
    const outcome = await stackdock([...args, "--no-tests"], { cwd })
    expect(outcome).toMatchObject({ code: 0 })
    expect(json(outcome)).toMatchObject({ removed: ["src/stackdock/docks/acme/recordings/list.json"] })
    expect(readFileSync(join(cwd, "src/stackdock/docks/acme/acme.contract.test.ts"), "utf8")).toBe(contract)
    expect(await stackdock(["verify"], { cwd })).toMatchObject({ code: 0 })
  })

  test("zod 3 in the project is refused before anything is written", async () => {
    const cwd = folder({ "package.json": '{ "name": "p", "dependencies": { "zod": "^3.23.0" } }\n' })
    const before = snapshot(cwd)
    const outcome = await add(cwd, "acme")
    expect(outcome.code).toBe(3)
    expect(errorOf(outcome)).toMatchObject({ code: "package_conflict" })
    expect(errorOf(outcome).message).toContain("zod")
    expect(snapshot(cwd)).toEqual(before)
  })

  test("a symbolic link on the way is refused, and nothing lands behind it", async () => {
    const cwd = emptyProject()
    const outside = folder({})
    symlinkSync(outside, join(cwd, "src"))
    const outcome = await add(cwd, "acme")
    expect(outcome.code).toBe(1)
    expect(errorOf(outcome)).toMatchObject({ code: "unsafe_target" })
    expect(snapshot(outside)).toEqual({})
  })

  test("a symbolic link in place of a file is a conflict, not followed", async () => {
    const cwd = emptyProject()
    const outside = folder({ "victim.ts": "precious" })
    mkdirSync(join(cwd, "src/stackdock/core"), { recursive: true })
    symlinkSync(join(outside, "victim.ts"), join(cwd, "src/stackdock/core/dock.ts"))
    expect((await add(cwd, "acme")).code).toBe(3)
    expect(snapshot(outside)).toEqual({ "victim.ts": "precious" })
  })

  test("a folder without package.json says how to start", async () => {
    const outcome = await add(folder({}), "acme")
    expect(outcome.code).not.toBe(0)
    expect(errorOf(outcome).hint).toContain("npm init")
  })

  test("a failing package manager is reported, and the files stay", async () => {
    const cwd = emptyProject()
    const outcome = await stackdock(["add", "acme", "--yes", "--json", "--registry", registry], {
      cwd,
      env: {
        npm_config_registry: "http://127.0.0.1:9/",
        npm_config_fetch_retries: "0",
        npm_config_cache: join(cwd, "../npm"),
      },
    })
    rmSync(join(cwd, "../npm"), { recursive: true, force: true })
    expect(outcome.code).toBe(1)
    expect(errorOf(outcome)).toMatchObject({ code: "install_failed" })
    expect(errorOf(outcome).hint).toContain("npm install")
    expect(existsSync(join(cwd, "src/stackdock/docks/acme/index.ts"))).toBe(true)
  })
})
