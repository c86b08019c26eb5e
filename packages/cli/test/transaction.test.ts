import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { acmeRegistry } from "./acme.ts"
import { emptyProject, errorOf, snapshot, stackdock, write } from "./command.ts"

let registry: string
let args: string[]
beforeAll(async () => {
  registry = await acmeRegistry()
  args = ["add", "acme", "--yes", "--no-install", "--json", "--registry", registry]
})

describe.concurrent("all files of an add land, or none", () => {
  test("a full disk or a missing permission at any step leaves the project as it was", async () => {
    const steps = await everyStep(async (at) => {
      const cwd = emptyProject()
      const before = snapshot(cwd)
      const code = at % 2 === 0 ? "ENOSPC" : "EACCES"
      const outcome = await stackdock(args, { cwd, fault: { at, code } })
      if (outcome.code === 0) return false
      expect(outcome.code, outcome.stderr).toBe(1)
      expect(errorOf(outcome).code).toBe(code === "ENOSPC" ? "disk_full" : "no_permission")
      expect(snapshot(cwd), `step ${at}`).toEqual(before)
      return true
    })
    expect(steps).toBeGreaterThan(40)
  })

  test("a kill at any step is undone by the next command, unless everything had landed", async () => {
    const ignored = { ".gitignore": "node_modules\n" }
    const done = emptyProject()
    write(done, ignored)
    await stackdock(args, { cwd: done })
    const after = snapshot(done)
    const steps = await everyStep(async (at) => {
      const cwd = emptyProject()
      write(cwd, ignored)
      const before = snapshot(cwd)
      const outcome = await stackdock(args, { cwd, fault: { at, code: "SIGKILL" } })
      if (outcome.code === 0) return false
      expect(outcome.signal).toBe("SIGKILL")
      expect((await stackdock([...args, "--dry-run"], { cwd })).code).toBe(0)
      expect([before, after], `step ${at}`).toContainEqual(snapshot(cwd))
      return true
    })
    expect(steps).toBeGreaterThan(40)
  })

  test("an interrupted add can simply be typed again", async () => {
    const cwd = emptyProject()
    expect((await stackdock(args, { cwd, fault: { at: 30, code: "SIGKILL" } })).signal).toBe("SIGKILL")
    const again = await stackdock(args, { cwd })
    expect(again.code).toBe(0)
    expect(again.stderr).toContain("interrupted")
    const done = emptyProject()
    await stackdock(args, { cwd: done })
    expect(snapshot(cwd)).toEqual(snapshot(done))
  })

  test("what a person changed after the interruption is not undone", async () => {
    const cwd = emptyProject()
    await stackdock(args, { cwd, fault: { at: 45, code: "SIGKILL" } })
    const landed = Object.keys(snapshot(cwd)).filter(
      (path) => path.startsWith("src/") && path.endsWith(".ts"),
    )
    const [path = ""] = landed
    expect(path).not.toBe("")
    write(cwd, { [path]: "// mine\n" })
    await stackdock(["doctor"], { cwd })
    expect(readFileSync(join(cwd, path), "utf8")).toBe("// mine\n")
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

/** Runs `attempt` for step 1, 2, 3, … until one says that there was no such step; returns how many there were. */
async function everyStep(attempt: (at: number) => Promise<boolean>): Promise<number> {
  const abreast = 4
  for (let first = 1; ; first += abreast) {
    const reached = await Promise.all(Array.from({ length: abreast }, (_, offset) => attempt(first + offset)))
    if (reached.includes(false)) return first + reached.indexOf(false) - 1
  }
}
