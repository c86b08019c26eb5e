import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { emptyProject, errorOf, folder, json, snapshot, stackdock } from "./command.ts"

const names = [
  "init",
  "add",
  "remove",
  "doctor",
  "connect",
  "docks",
  "disconnect",
  "sync",
  "resources",
  "audit",
  "keys",
  "list",
  "search",
  "view",
  "build",
]

describe.concurrent("the command line", () => {
  test("--help names every command", async () => {
    const { code, stdout } = await stackdock(["--help"], { cwd: folder({}) })
    expect(code).toBe(0)
    for (const name of names) expect(stdout).toMatch(new RegExp(`^ {2}${name} `, "m"))
  })

  test.for(names)("%s --help shows usage, options and examples, and does nothing", async (name) => {
    const cwd = folder({})
    const { code, stdout, stderr } = await stackdock([name, "--help"], { cwd })
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" })
    expect(stdout).toContain(`stackdock ${name}`)
    expect(stdout).toContain("--json")
    expect(stdout).toContain("Examples")
    expect(snapshot(cwd)).toEqual({})
  })

  test("--version is the package's", async () => {
    const { stdout } = await stackdock(["--version"], { cwd: folder({}) })
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  test.for([
    [["sink"], "Did you mean sync?"],
    [["lsit"], "Did you mean list?"],
    [["add", "x", "--dryrun"], "Did you mean --dry-run?"],
    [["list", "--jason"], "Did you mean --json?"],
    [["add"], "stackdock add --help"],
    [["view", "a", "b"], "stackdock view --help"],
    [["init", "--root", "--yes"], "stackdock init --help"],
    [["list", "--json=yes"], "stackdock list --help"],
    [["list", "--cwd", "/nowhere/at/all"], "--cwd"],
    [["--json", "list"], "stackdock --help"],
  ] as const)("%j is wrong usage: exit 2, and what to type instead", async ([args, hint]) => {
    const outcome = await stackdock(args, { cwd: folder({}) })
    expect(outcome.code).toBe(2)
    expect(outcome.stderr).toContain(hint)
    expect(outcome.stderr).not.toContain("    at ")
  })

  test("with --json stdout is one document, also when it fails", async () => {
    const cwd = emptyProject()
    const good = await stackdock(["init", "--yes", "--json"], { cwd })
    expect(json(good)).toMatchObject({ root: "src/stackdock", kind: "node" })
    expect(good.stderr).not.toBe("")
    const bad = await stackdock(["view", "nothing-like-it", "--json"], { cwd })
    expect(errorOf(bad)).toMatchObject({ code: "unknown_item" })
    expect(bad.stderr).toContain("nothing-like-it")
  })

  test("--quiet leaves only the result and errors", async () => {
    const cwd = emptyProject()
    expect(await stackdock(["init", "--yes", "--quiet"], { cwd })).toEqual({
      code: 0,
      signal: null,
      stdout: "",
      stderr: "",
    })
    expect((await stackdock(["view", "nothing-like-it", "--quiet"], { cwd })).stderr).toContain(
      "nothing-like-it",
    )
  })

  test("--cwd works in another folder", async () => {
    const cwd = emptyProject()
    await stackdock(["init", "--yes", "--cwd", cwd], { cwd: folder({}) })
    expect(Object.keys(snapshot(cwd))).toContain("stackdock.json")
  })

  test("colours only where they are wanted", async () => {
    const cwd = folder({})
    const forced = await stackdock(["--help"], { cwd, env: { FORCE_COLOR: "1", NO_COLOR: "" } })
    expect(forced.stdout).toContain("\u001b[")
    const plain = await stackdock(["--help"], { cwd, env: { NO_COLOR: "" } })
    expect(plain.stdout).not.toContain("\u001b[")
  })

  test("a stack trace is for those who ask for it", async () => {
    const cwd = folder({ "package.json": "{ not json" })
    const outcome = await stackdock(["init", "--yes"], { cwd })
    expect(outcome.code).toBe(1)
    expect(outcome.stderr).not.toContain("    at ")
    const debug = await stackdock(["init", "--yes"], { cwd, env: { STACKDOCK_DEBUG: "1" } })
    expect(debug.stderr).toContain("    at ")
  })
})

describe.concurrent("init", () => {
  test("prepares a project, and a second time finds it prepared", async () => {
    const cwd = emptyProject()
    await stackdock(["init", "--yes"], { cwd })
    const first = snapshot(cwd)
    expect(JSON.parse(first["stackdock.json"] ?? "")).toMatchObject({ root: "src/stackdock" })
    expect(first[".gitignore"]).toContain(".stackdock/*")
    const again = await stackdock(["init", "--yes", "--json"], { cwd })
    expect(json(again)).toMatchObject({ written: [] })
    expect(snapshot(cwd)).toEqual(first)
  })

  test.for(["../out", "/tmp/out", "node_modules/x", ".hidden", "a/../../b", ""])(
    "refuses the root %j",
    async (root) => {
      const cwd = emptyProject()
      const outcome = await stackdock(["init", "--yes", "--root", root], { cwd })
      expect(outcome.code).toBe(2)
      expect(Object.keys(snapshot(cwd))).toEqual(["package.json"])
    },
  )

  test("does not move a project that has a root already", async () => {
    const cwd = emptyProject()
    await stackdock(["init", "--yes"], { cwd })
    const outcome = await stackdock(["init", "--yes", "--root", "elsewhere"], { cwd })
    expect(outcome.code).toBe(3)
    expect(outcome.stderr).toContain("src/stackdock")
  })

  test("asks, and without a terminal fails and names --yes", async () => {
    const cwd = emptyProject()
    const outcome = await stackdock(["init"], { cwd })
    expect(outcome.code).toBe(3)
    expect(outcome.stderr).toContain("--yes")
    expect(Object.keys(snapshot(cwd))).toEqual(["package.json"])
  })

  test("a stackdock.json that cannot be used is told, not overwritten", async () => {
    for (const text of ["{", "[]", '{"root": 1}', '{"root": "../x"}']) {
      const cwd = folder({ "package.json": "{}", "stackdock.json": text })
      const outcome = await stackdock(["doctor", "--json"], { cwd })
      expect(outcome.code, text).toBe(1)
      expect(errorOf(outcome).message).toContain(join(cwd, "stackdock.json"))
      expect(snapshot(cwd)["stackdock.json"]).toBe(text)
    }
  })
})
