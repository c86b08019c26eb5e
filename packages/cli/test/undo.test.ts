import { existsSync, rmSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { acmeRegistry } from "./acme-registry.ts"
import { emptyProject, errorOf, json, snapshot, stackdock, write } from "./command.ts"

let registry: string
beforeAll(async () => {
  registry = await acmeRegistry()
})

const add = (cwd: string, ...items: string[]) =>
  stackdock(["add", ...items, "--yes", "--no-install", "--registry", registry], { cwd })
const undo = (cwd: string, ...args: string[]) => stackdock(["undo", "--yes", "--json", ...args], { cwd })
/** With nothing of stackdock's left that version control would not ignore. */
const project = (cwd: string) => {
  const { ".stackdock": _, ...rest } = snapshot(cwd)
  return rest
}

describe.concurrent("undo", { timeout: 120_000 }, () => {
  test("takes an add back, package.json included, and says what to install; a second time there is nothing", async () => {
    const cwd = emptyProject()
    const before = snapshot(cwd)
    await add(cwd, "acme")
    const after = snapshot(cwd)
    expect(json(await undo(cwd, "--dry-run"))).toMatchObject({ command: "add acme", dryRun: true })
    expect(snapshot(cwd)).toEqual(after)
    const outcome = await undo(cwd)
    expect(outcome).toMatchObject({ code: 0 })
    expect(json(outcome)).toMatchObject({
      command: "add acme",
      restored: ["package.json"],
      packages: ["@types/node", "kysely", "msw", "vitest", "zod"],
      install: "npm install",
    })
    expect(snapshot(cwd)).toEqual(before)
    const again = await undo(cwd)
    expect(again.code).toBe(1)
    expect(errorOf(again).code).toBe("nothing_to_undo")
    expect(snapshot(cwd)).toEqual(before)
  })

  test("takes a remove back, edited files that were deleted included", async () => {
    const cwd = emptyProject()
    await add(cwd, "acme")
    write(cwd, { "src/stackdock/docks/acme/index.ts": "// mine\n" })
    const before = project(cwd)
    await stackdock(["remove", "acme", "--yes", "--delete-edited"], { cwd })
    expect(existsSync(join(cwd, "src/stackdock/docks/acme"))).toBe(false)
    expect(json(await undo(cwd))).toMatchObject({ command: "remove acme", install: null })
    expect(project(cwd)).toEqual(before)
  })

  test("of an add that changed nothing still means the one before it", async () => {
    const cwd = emptyProject()
    await add(cwd, "acme")
    await add(cwd, "acme")
    expect(json(await undo(cwd))["command"]).toBe("add acme")
    expect(project(cwd)).toEqual(project(emptyProject()))
  })

  test("refuses when files changed since, names each, and changes nothing", async () => {
    const cwd = emptyProject()
    await add(cwd, "acme")
    write(cwd, { "src/stackdock/docks/acme/index.ts": "// mine\n" })
    const before = snapshot(cwd)
    const outcome = await undo(cwd)
    expect(outcome.code).toBe(3)
    expect(errorOf(outcome)).toMatchObject({
      code: "changed_since",
      changed: ["src/stackdock/docks/acme/index.ts"],
    })
    expect(snapshot(cwd)).toEqual(before)
    // What is gone already stands in nobody's way.
    rmSync(join(cwd, "src/stackdock/docks/acme/index.ts"))
    expect((await undo(cwd)).code).toBe(0)
  })

  test("leaves .gitignore as long as it keeps a key out of git", async () => {
    const cwd = emptyProject()
    await add(cwd, "acme")
    write(cwd, { ".stackdock/key": "k" })
    expect(json(await undo(cwd))).toMatchObject({ kept: [".gitignore"] })
    expect(snapshot(cwd)[".gitignore"]).toContain(".stackdock/*")
  })

  test("asks first, and without a terminal fails and names --yes", async () => {
    const cwd = emptyProject()
    await add(cwd, "acme")
    const outcome = await stackdock(["undo"], { cwd })
    expect(outcome.code).toBe(3)
    expect(outcome.stderr).toContain("--yes")
  })

  // Every single step is tried in src/transaction/apply.test.ts.
  test("killed in the middle, the next command puts the add back in place, and it can be undone again", async () => {
    const cwd = emptyProject()
    await add(cwd, "acme")
    const before = project(cwd)
    const killed = await stackdock(["undo", "--yes"], { cwd, fault: { at: 40, code: "SIGKILL" } })
    expect(killed.signal).toBe("SIGKILL")
    expect(project(cwd)).not.toEqual(before)
    const outcome = await undo(cwd)
    expect(outcome.stderr).toContain("interrupted")
    expect(outcome.code).toBe(0)
    expect(project(cwd)).toEqual(project(emptyProject()))
  })
})
