import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath, pathToFileURL } from "node:url"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { embeddedStore } from "../stores/sql/node/embedded.ts"
import { openLibsql } from "../stores/sql/node/libsql.ts"
import { collect, dockRow } from "./fake-dock.fixture.ts"
import type { Store } from "./ports.ts"
import { numbersOf, syncVersion } from "./versions.fixture.ts"

const ORG = { orgId: "org-1" }
const program = fileURLToPath(new URL("killed-sync.fixture.ts", import.meta.url))
const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href

/** A process that syncs, and what it has said. */
class Syncing {
  readonly #process: ChildProcessWithoutNullStreams
  #said = ""

  constructor(path: string, version: number, leaseMs: number, mode = "") {
    const args = ["--import", loader, program, path, String(version), String(leaseMs), mode]
    this.#process = spawn(process.execPath, args)
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream.on("data", (chunk) => {
        this.#said += chunk
      })
    }
  }

  async hears(word: string): Promise<void> {
    while (!this.#said.includes(word)) {
      if (this.#process.exitCode !== null) throw new Error(`It ended: ${this.#said}`)
      await sleep(5)
    }
  }

  go(): void {
    this.#process.stdin.write("go\n")
  }

  /** `kill -9`. Gives the last version that it said it had done. */
  async kill(): Promise<number | undefined> {
    const gone = once(this.#process, "exit")
    this.#process.kill("SIGKILL")
    await gone
    expect(this.#said).not.toContain("failed")
    const versions = [...this.#said.matchAll(/done (\d+)\n/g)]
    const last = versions.at(-1)?.[1]
    return last === undefined ? undefined : Number(last)
  }
}

describe("a sync in another process", () => {
  let folder: string
  let path: string
  let store: Store

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "stackdock-killed-"))
    path = join(folder, "stackdock.db")
    store = embeddedStore(path)
    await store.migrate()
    await store.docks.insert(dockRow())
    await syncVersion(store, 0)
  })
  afterEach(async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  })

  const liveNumbers = async () => {
    const rows = await collect(store.rows.list("servers", ORG))
    return rows.map((row) => Number(row.providerResourceId.slice(1)))
  }

  it("killed at any moment loses no rows and leaves no lock behind", { timeout: 120_000 }, async () => {
    const leaseMs = 300
    let version = 1
    let next = new Syncing(path, version, leaseMs)
    for (let moment = 0; moment < 20; moment += 1) {
      const syncing = next
      await syncing.hears("ready")
      syncing.go()
      await sleep(Math.random() * 250)
      const done = (await syncing.kill()) ?? version - 1
      // It may have finished one more than it could say, and have been within the one after that.
      version = done + 3
      next = new Syncing(path, version + 1, leaseMs)

      const database = await openLibsql(path)
      expect(database.prepare("pragma integrity_check").all([])).toEqual([{ integrity_check: "ok" }])
      database.close()

      const live = new Set(await liveNumbers())
      const lost = []
      for (let number = numbersOf(done + 2).first; number < numbersOf(done).end; number += 1) {
        if (!live.has(number)) lost.push(number)
      }
      expect(lost).toEqual([])

      let report = await syncVersion(store, version)
      const waitUntil = Date.now() + 5_000
      while (report.status === "busy" && Date.now() < waitUntil) {
        await sleep(50)
        report = await syncVersion(store, version)
      }
      expect(report).toMatchObject({ status: "succeeded", error: null })
      const { first, end } = numbersOf(version)
      expect((await liveNumbers()).sort((a, b) => a - b)).toEqual(
        Array.from({ length: end - first }, (_, index) => first + index),
      )
      version += 1
    }
    await next.kill()
  })

  it("keeps a second sync out until it is killed and its lease has ended", async () => {
    const leaseMs = 1_000
    const hanging = new Syncing(path, 1, leaseMs, "hang")
    await hanging.hears("ready")
    hanging.go()
    await hanging.hears("hanging")
    await sleep(leaseMs * 1.5)
    expect(await syncVersion(store, 1)).toMatchObject({ status: "busy", scopes: [] })
    await hanging.kill()
    await sleep(leaseMs)
    expect(await syncVersion(store, 1)).toMatchObject({ status: "succeeded" })
  })

  it("does not disturb a reader, and is not disturbed", async () => {
    const syncing = new Syncing(path, 1, 60_000)
    await syncing.hears("ready")
    syncing.go()
    const { first, end } = numbersOf(0)
    for (let reads = 0; reads < 20; reads += 1) {
      const rows = await collect(store.rows.list("servers", ORG))
      expect(rows.length).toBeGreaterThanOrEqual(end - first)
      expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length)
      for (const row of rows)
        expect(row.fullApiData).toMatchObject({ id: row.providerResourceId, name: row.name })
    }
    await syncing.hears("done")
    await syncing.kill()
  })
})
