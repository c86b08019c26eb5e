import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, relative } from "node:path"
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest"
import { type ApplyOptions, applyChanges } from "./apply.ts"
import type { Change } from "./change.ts"
import { readKept } from "./kept.ts"
import { recoverInterrupted } from "./recover.ts"

/** At the nth change to the disk: fail once (`error`), or from then on (`death`, as if the process were no more). */
const fault = vi.hoisted(() => ({ at: 0, count: 0, kind: "error" as "error" | "death" }))

vi.mock("node:fs", async (importActual) => {
  const real = await importActual<typeof import("node:fs")>()
  const faulty =
    (action: (...args: never[]) => unknown) =>
    (...args: never[]) => {
      fault.count += 1
      const isHit = fault.kind === "death" ? fault.count >= fault.at : fault.count === fault.at
      if (fault.at > 0 && isHit) throw Object.assign(new Error("injected"), { code: "ENOSPC" })
      return action(...args)
    }
  return {
    ...real,
    mkdirSync: faulty(real.mkdirSync),
    writeFileSync: faulty(real.writeFileSync),
    copyFileSync: faulty(real.copyFileSync),
    renameSync: faulty(real.renameSync),
    unlinkSync: faulty(real.unlinkSync),
    chmodSync: faulty(real.chmodSync),
    rmSync: faulty(real.rmSync),
  }
})

const scratch = mkdtempSync(join(tmpdir(), "stackdock-apply-"))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))
beforeEach(() => {
  fault.at = 0
})

const changes: readonly Change[] = [
  { path: "new/deep/a.ts", before: undefined, after: "a" },
  { path: "new/b.ts", before: undefined, after: "b" },
  { path: "old/kept.ts", before: "1", after: "2" },
  { path: "old/gone.ts", before: "3", after: undefined },
  { path: "package.json", before: "{}", after: "{ }" },
]

function project(): string {
  const dir = mkdtempSync(join(scratch, "p-"))
  mkdirSync(join(dir, "old"))
  writeFileSync(join(dir, "old/kept.ts"), "1")
  writeFileSync(join(dir, "old/gone.ts"), "3")
  writeFileSync(join(dir, "package.json"), "{}")
  return dir
}

const undoable: ApplyOptions = { undo: { as: "add second" } }
const before = { old: "", "old/gone.ts": "3", "old/kept.ts": "1", "package.json": "{}" }
const after = {
  new: "",
  "new/b.ts": "b",
  "new/deep": "",
  "new/deep/a.ts": "a",
  old: "",
  "old/kept.ts": "2",
  "package.json": "{ }",
}

function snapshot(dir: string): Record<string, string> {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true })
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [relative(dir, path), entry.isFile() ? readFileSync(path, "utf8") : ""]
    }),
  )
}

function attempt(
  dir: string,
  kind: "error" | "death",
  at: number,
  options: ApplyOptions = {},
): "done" | "failed" {
  Object.assign(fault, { kind, at, count: 0 })
  try {
    applyChanges(dir, changes, options)
    return "done"
  } catch {
    return "failed"
  } finally {
    fault.at = 0
  }
}

function stepsOf(action = (dir: string) => applyChanges(dir, changes), start = project): number {
  const dir = start()
  fault.count = 0
  action(dir)
  return fault.count
}

function undoableProject(): string {
  const dir = project()
  applyChanges(dir, [{ path: "first", before: undefined, after: "1" }], { undo: { as: "add first" } })
  return dir
}

function takeBack(dir: string): void {
  const changes = readKept(dir)?.changes ?? []
  const now = (path: string) => (existsSync(join(dir, path)) ? readFileSync(join(dir, path)) : undefined)
  applyChanges(
    dir,
    changes.map(({ path, content }) => ({ path, before: now(path), after: content })),
    { undo: "spent" },
  )
}

/** What is the project's own. */
function files(dir: string): Record<string, string> {
  return Object.fromEntries(Object.entries(snapshot(dir)).filter(([path]) => !path.startsWith(".stackdock")))
}

describe("changes to a project", () => {
  test("all land, and nothing else is left", () => {
    const dir = project()
    applyChanges(dir, changes)
    expect(snapshot(dir)).toEqual(after)
  })

  test("a failure at any step leaves the project as it was", () => {
    const steps = stepsOf()
    expect(steps).toBeGreaterThan(20)
    for (let at = 1; at <= steps; at++) {
      const dir = project()
      const outcome = attempt(dir, "error", at)
      recoverInterrupted(dir)
      expect(snapshot(dir), `step ${at} of ${steps}`).toEqual(outcome === "done" ? after : before)
      // Only clearing away what is no longer needed may fail without failing the whole.
      if (at < steps - 1) expect(outcome, `step ${at} of ${steps}`).toBe("failed")
    }
  })

  test("death at any step is undone by the next command, unless everything had landed", () => {
    const steps = stepsOf()
    const outcomes = new Set<unknown>()
    for (let at = 1; at <= steps; at++) {
      const dir = project()
      attempt(dir, "death", at)
      recoverInterrupted(dir)
      const now = snapshot(dir)
      expect([before, after], `step ${at} of ${steps}`).toContainEqual(now)
      outcomes.add(JSON.stringify(now))
    }
    expect(outcomes.size).toBe(2)
  })

  test("death in the middle of undoing is undone by the command after that", () => {
    const steps = stepsOf()
    for (let at = 1; at <= steps; at++) {
      const dir = project()
      attempt(dir, "death", Math.max(1, steps - 4))
      Object.assign(fault, { kind: "death", at, count: 0 })
      try {
        recoverInterrupted(dir)
      } catch {
        // Dead.
      }
      fault.at = 0
      recoverInterrupted(dir)
      expect([before, after], `step ${at}`).toContainEqual(snapshot(dir))
    }
  })

  test("what can be taken back is kept, and only the last; taken back, nothing is left of it", () => {
    const dir = project()
    applyChanges(dir, [{ path: "first", before: undefined, after: "1" }], { undo: { as: "add first" } })
    applyChanges(dir, changes, { undo: { as: "add second" } })
    expect(readKept(dir)?.command).toBe("add second")
    takeBack(dir)
    expect(snapshot(dir)).toEqual({ ...before, first: "1" })
    expect(readKept(dir)).toBeUndefined()
  })

  test("death at any step of an undoable change keeps either it or the one before it", () => {
    const steps = stepsOf((dir) => applyChanges(dir, changes, undoable), undoableProject)
    for (let at = 1; at <= steps; at++) {
      const dir = undoableProject()
      attempt(dir, "death", at, undoable)
      recoverInterrupted(dir)
      const kept = readKept(dir)?.command
      expect(["add first", "add second"], `step ${at} of ${steps}`).toContain(kept)
      expect(files(dir)).toEqual({ ...(kept === "add second" ? after : before), first: "1" })
      takeBack(dir)
      expect(files(dir)).toEqual(kept === "add second" ? { ...before, first: "1" } : before)
    }
  })

  test("death at any step of taking back leaves it to be taken back again, or done", () => {
    const prepared = () => {
      const dir = undoableProject()
      applyChanges(dir, changes, { undo: { as: "add second" } })
      return dir
    }
    const steps = stepsOf((dir) => takeBack(dir), prepared)
    const outcomes = new Set<string>()
    for (let at = 1; at <= steps; at++) {
      const dir = prepared()
      Object.assign(fault, { kind: "death", at, count: 0 })
      try {
        takeBack(dir)
      } catch {
        // Dead.
      }
      fault.at = 0
      recoverInterrupted(dir)
      const kept = readKept(dir)?.command
      expect(files(dir), `step ${at} of ${steps}`).toEqual({
        ...(kept === undefined ? before : after),
        first: "1",
      })
      outcomes.add(String(kept))
    }
    expect([...outcomes].sort()).toEqual(["add second", "undefined"])
  })

  test("what a person changed after the interruption is left alone", () => {
    const steps = stepsOf()
    const dir = project()
    attempt(dir, "death", steps - 2)
    writeFileSync(join(dir, "new/b.ts"), "mine")
    recoverInterrupted(dir)
    expect(snapshot(dir)).toEqual({ ...before, new: "", "new/b.ts": "mine" })
  })

  test("a file that became another since the plan stops everything", () => {
    const dir = project()
    writeFileSync(join(dir, "package.json"), "{ mine }")
    expect(() => applyChanges(dir, changes)).toThrow(/package\.json changed/)
    expect(snapshot(dir)).toEqual({ ...before, "package.json": "{ mine }" })
  })
})
