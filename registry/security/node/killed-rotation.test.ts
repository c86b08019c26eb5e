import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath, pathToFileURL } from "node:url"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { dockRow } from "../../engine/fake-dock.fixture.ts"
import type { Store, Vault } from "../../engine/ports.ts"
import { createStackdock } from "../../engine/stackdock.ts"
import { embeddedStore } from "../../stores/sql/node/embedded.ts"
import { parseKeyset } from "../keyset.ts"
import { keyFileVault } from "./key-file.ts"

const program = fileURLToPath(new URL("killed-rotation.fixture.ts", import.meta.url))
const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href

let folder: string
let store: Store
let vault: Vault

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "stackdock-rotation-"))
  store = embeddedStore(join(folder, "stackdock.db"))
  vault = keyFileVault(join(folder, "key"))
  await store.migrate()
  await vault.prepare({ encryptedRowsExist: false })
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

describe("a rotation of keys in another process, killed", () => {
  it("at each change of a file, is finished by the next", { timeout: 180_000 }, async () => {
    await addDocks(3)
    for (let moment = 1; ; moment += 1) {
      const rotating = new Rotating(moment)
      await rotating.hears("ready")
      rotating.go()
      if (await rotating.ends()) {
        expect(moment).toBeGreaterThan(12)
        break
      }
      await expectAllToOpen(3)
      await expectOneKeyAfterNext(3)
    }
  })

  it("at any moment, loses no credential", { timeout: 180_000 }, async () => {
    await addDocks(400)
    let next = new Rotating()
    for (let round = 0; round < 6; round += 1) {
      const rotating = next
      await rotating.hears("ready")
      next = new Rotating()
      rotating.go()
      await sleep(Math.random() * 300)
      await rotating.kill()
      await expectAllToOpen(400)
      if (round % 2 === 1) await expectOneKeyAfterNext(400)
    }
    await next.kill()
    await expectOneKeyAfterNext(400)
  })
})

/** A process that rotates, and what it has said. */
class Rotating {
  readonly #process: ChildProcessWithoutNullStreams
  readonly #gone: Promise<unknown>
  #said = ""

  constructor(dieAt = 0) {
    this.#process = spawn(process.execPath, ["--import", loader, program, folder, String(dieAt)])
    this.#gone = once(this.#process, "close")
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

  async kill(): Promise<void> {
    this.#process.kill("SIGKILL")
    await this.#gone
  }

  /** Whether it got to its end before it was killed. */
  async ends(): Promise<boolean> {
    await this.#gone
    if (this.#process.signalCode === "SIGKILL") return false
    expect(this.#said).toContain("done")
    return true
  }
}

async function addDocks(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const owner = { orgId: "org-1", dockId: `dock-${index}` }
    const credentials = await vault.seal(`credential ${index}`, owner)
    await store.docks.insert(dockRow({ ...owner, id: owner.dockId, name: owner.dockId, credentials }))
  }
}

async function expectAllToOpen(count: number): Promise<void> {
  const opened: string[] = []
  for (const { orgId, dockId, envelope } of await store.docks.sealed({ after: undefined, limit: 1000 })) {
    opened.push(await vault.open(envelope, { orgId, dockId }))
  }
  expect(opened.sort()).toEqual(Array.from({ length: count }, (_, index) => `credential ${index}`).sort())
}

/** The next rotation leaves one key, one file, and nothing that was encrypted with another. */
async function expectOneKeyAfterNext(count: number): Promise<void> {
  const held = await parseKeyset(readFileSync(join(folder, "key"), "utf8"), "the key file")
  const rotated = await createStackdock({ docks: [], store, vault }).rotateKeys()
  if (held.older.length > 0) expect(rotated).toMatchObject({ isContinued: true, primary: held.primary.id })
  expect(rotated).toMatchObject({ kept: [], failures: [] })
  const { keys, unreadable } = await createStackdock({ docks: [], store, vault }).keyStatus()
  expect({ keys, unreadable }).toEqual({
    keys: [{ id: rotated.primary, state: "primary", credentials: count }],
    unreadable: 0,
  })
  await expectAllToOpen(count)
  // What a killed process can leave is its claim on the lock, which holds no key.
  const left = readdirSync(folder).filter((name) => name.startsWith("key") && name !== "key")
  for (const name of left) expect(readFileSync(join(folder, name), "utf8")).toMatch(/^(\{"pid":\d+.*\})?$/)
}
