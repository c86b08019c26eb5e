import { spawnSync } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { hostname, tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { withLock } from "./file-lock.ts"

const { sleeps } = vi.hoisted(() => ({ sleeps: [] as number[] }))
vi.mock("node:timers/promises", () => ({
  async setTimeout(ms: number) {
    sleeps.push(ms)
    await new Promise<void>((resolve) => setImmediate(resolve))
  },
}))

let folder: string
let path: string
let lock: string

beforeEach(() => {
  sleeps.length = 0
  folder = mkdtempSync(join(tmpdir(), "stackdock-lock-"))
  path = join(folder, "key")
  lock = `${path}.lock`
})
afterEach(() => rmSync(folder, { recursive: true }))

const claimOf = (pid: number, host = hostname()) => JSON.stringify({ pid, host, token: "t" })

describe("the lock of a file", () => {
  it("lets in one after the other, and leaves nothing behind", async () => {
    let inside = 0
    let done = 0
    const work = () =>
      withLock(path, async (confirm) => {
        inside += 1
        expect(inside).toBe(1)
        await new Promise<void>((resolve) => setImmediate(resolve))
        await confirm()
        inside -= 1
        done += 1
      })
    await Promise.all(Array.from({ length: 8 }, work))
    expect(done).toBe(8)
    expect(readdirSync(folder)).toEqual([])
  })

  it("is given back when the work fails", async () => {
    const failing = withLock(path, async () => {
      throw new Error("The work failed.")
    })
    await expect(failing).rejects.toThrow("The work failed.")
    expect(await withLock(path, async () => "in")).toBe("in")
  })

  it("of a dead process is broken, by one of many", async () => {
    const { pid } = spawnSync(process.execPath, ["--eval", ""])
    writeFileSync(lock, claimOf(pid))
    let inside = 0
    const all = Array.from({ length: 5 }, () =>
      withLock(path, async () => {
        inside += 1
        expect(inside).toBe(1)
        await new Promise<void>((resolve) => setImmediate(resolve))
        inside -= 1
      }),
    )
    await Promise.all(all)
    expect(readdirSync(folder)).toEqual([])
  })

  it.each([
    ["a living process", claimOf(process.pid)],
    ["a process of another machine", claimOf(1, "elsewhere.example")],
    ["somebody who did not say who", "no claim"],
  ])("of %s is waited for, and never broken", async (_, claim) => {
    writeFileSync(lock, claim)
    await expect(withLock(path, async () => "in")).rejects.toMatchObject({
      name: "VaultError",
      code: "keyset_busy",
      suggestion: expect.stringContaining(lock),
    })
    expect(sleeps.reduce((total, ms) => total + ms, 0)).toBe(10_000)
    expect(readFileSync(lock, "utf8")).toBe(claim)
    expect(readdirSync(folder)).toEqual(["key.lock"])
  })

  it("that was taken away lets nothing count, and is not given back in another's name", async () => {
    const other = claimOf(process.pid)
    const robbed = withLock(path, async (confirm) => {
      writeFileSync(lock, other)
      await confirm()
    })
    await expect(robbed).rejects.toMatchObject({ code: "keyset_busy" })
    expect(readFileSync(lock, "utf8")).toBe(other)
  })
})
