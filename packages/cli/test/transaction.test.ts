import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { acmeRegistry } from "./acme-registry.ts"
import { emptyProject, errorOf, snapshot, stackdock, write } from "./command.ts"

let registry: string
let args: string[]
beforeAll(async () => {
  registry = await acmeRegistry()
  args = ["add", "acme", "--yes", "--no-install", "--json", "--registry", registry]
})

// Every single step is tried in src/transaction/apply.test.ts; here the whole command is broken at a few.
describe.concurrent("all files of an add land, or none", () => {
  test.for([
    ["ENOSPC", "disk_full", 12],
    ["EACCES", "no_permission", 1],
    ["EACCES", "no_permission", 58],
  ] as const)("%s is told as %s (step %i), and the project is as it was", async ([code, told, at]) => {
    const cwd = emptyProject()
    const before = snapshot(cwd)
    const outcome = await stackdock(args, { cwd, fault: { at, code } })
    expect(outcome.code, outcome.stderr).toBe(1)
    expect(errorOf(outcome).code).toBe(told)
    expect(snapshot(cwd)).toEqual(before)
  })

  test.for([3, 20, 45, 56, 66])("kill -9 at step %i is undone by the next command", async (at) => {
    const cwd = emptyProject()
    const before = snapshot(cwd)
    expect((await stackdock(args, { cwd, fault: { at, code: "SIGKILL" } })).signal).toBe("SIGKILL")
    expect((await stackdock([...args, "--dry-run"], { cwd })).code).toBe(0)
    expect(snapshot(cwd)).toEqual(before)
  })

  test("an interrupted add can simply be typed again", async () => {
    const cwd = emptyProject()
    expect((await stackdock(args, { cwd, fault: { at: 45, code: "SIGKILL" } })).signal).toBe("SIGKILL")
    const again = await stackdock(args, { cwd })
    expect(again.code).toBe(0)
    expect(again.stderr).toContain("interrupted")
    const done = emptyProject()
    await stackdock(args, { cwd: done })
    expect(snapshot(cwd)).toEqual(snapshot(done))
  })

  test("leaves another running stackdock its transaction", async () => {
    const cwd = emptyProject()
    const owner = { pid: process.pid, startedAt: new Date().toISOString() }
    write(cwd, { ".stackdock/transaction/owner.json": JSON.stringify(owner) })
    const outcome = await stackdock(args, { cwd })
    expect(outcome.code).toBe(1)
    expect(errorOf(outcome).code).toBe("busy")
  })

  test("four adds at once: each ends well or says that another is at work, and one set of files lands", async () => {
    const cwd = emptyProject()
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => stackdock(args, { cwd })))
    const codes = outcomes.map((outcome) => (outcome.code === 0 ? "done" : errorOf(outcome).code))
    expect(codes).toContain("done")
    for (const code of codes) expect(["done", "busy", "changed_meanwhile"]).toContain(code)
    const done = emptyProject()
    await stackdock(args, { cwd: done })
    expect(snapshot(cwd)).toEqual(snapshot(done))
  })

  test("a committed file keeps its mode", async () => {
    const cwd = emptyProject()
    spawnSync("chmod", ["640", join(cwd, "package.json")])
    await stackdock(args, { cwd })
    expect(
      spawnSync("stat", ["-c", "%a", join(cwd, "package.json")], { encoding: "utf8" }).stdout.trim(),
    ).toBe("640")
  })
})
