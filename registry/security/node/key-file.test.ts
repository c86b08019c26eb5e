import { spawn } from "node:child_process"
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { keyFileVault } from "./key-file.ts"

const owner = { orgId: "org-1", dockId: "dock-1" }

/** Run once, before the next file is written. */
let beforeWriting: (() => Promise<void>) | undefined

vi.mock("node:fs/promises", async (importOriginal) => {
  const fs = await importOriginal<typeof import("node:fs/promises")>()
  return {
    ...fs,
    async open(path: string, flags: string, mode?: number) {
      const first = flags === "wx" ? beforeWriting : undefined
      if (first) beforeWriting = undefined
      await first?.()
      return fs.open(path, flags, mode)
    },
  }
})

let project: string
let path: string

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), "stackdock-key-"))
  path = join(project, ".stackdock", "key")
})

afterEach(() => rm(project, { recursive: true }))

describe("the key file", () => {
  it("is made on first use, for its owner alone, and leaves nothing else behind", async () => {
    const vault = keyFileVault(path)
    await vault.prepare({ encryptedRowsExist: false })
    const envelope = await vault.seal("text", owner)

    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await stat(join(project, ".stackdock"))).mode & 0o777).toBe(0o700)
    expect(await readdir(join(project, ".stackdock"))).toEqual(["key"])
    expect(await keyFileVault(path).open(envelope, owner)).toBe("text")
  })

  it("stays the same when it is there", async () => {
    await keyFileVault(path).prepare({ encryptedRowsExist: false })
    const before = await readFile(path, "utf8")
    await keyFileVault(path).prepare({ encryptedRowsExist: false })
    await keyFileVault(path).prepare({ encryptedRowsExist: true })
    expect(await readFile(path, "utf8")).toBe(before)
  })

  it("is not made anew while something is encrypted, and its error says how to get it back", async () => {
    const vault = keyFileVault(path)
    const lost = { code: "missing_key", suggestion: expect.stringContaining(`Put ${path} back`) }
    await expect(vault.prepare({ encryptedRowsExist: true })).rejects.toMatchObject(lost)
    await expect(vault.seal("text", owner)).rejects.toMatchObject(lost)
    await expect(vault.open("v1.a.b.c", owner)).rejects.toMatchObject(lost)
    expect(await readdir(project)).toEqual([])
  })

  it.skipIf(process.platform === "win32")("is refused when others can read or write it", async () => {
    const vault = keyFileVault(path)
    await vault.prepare({ encryptedRowsExist: false })
    const envelope = await vault.seal("text", owner)
    for (const mode of [0o640, 0o604, 0o620, 0o601, 0o644, 0o666]) {
      await chmod(path, mode)
      const refused = { code: "unsafe_key_file", suggestion: `Type: chmod 600 ${path}` }
      await expect(vault.open(envelope, owner)).rejects.toMatchObject(refused)
      await expect(vault.prepare({ encryptedRowsExist: false })).rejects.toMatchObject(refused)
    }
    await chmod(path, 0o600)
    expect(await vault.open(envelope, owner)).toBe("text")
  })

  it("is never replaced when it is damaged", async () => {
    await keyFileVault(path).prepare({ encryptedRowsExist: false })
    for (const damaged of ["", "{"]) {
      await writeFile(path, damaged)
      const prepared = keyFileVault(path).prepare({ encryptedRowsExist: false })
      await expect(prepared).rejects.toMatchObject({ code: "malformed_keyset" })
      expect(await readFile(path, "utf8")).toBe(damaged)
    }
  })

  it("stays that of whoever was quicker", async () => {
    const quicker = keyFileVault(path)
    let envelope = ""
    // The slower one has seen that there is no key, and is about to write its own.
    beforeWriting = async () => {
      await quicker.prepare({ encryptedRowsExist: false })
      envelope = await quicker.seal("text", owner)
    }
    const slower = keyFileVault(path)
    await slower.prepare({ encryptedRowsExist: false })
    expect(await slower.open(envelope, owner)).toBe("text")
    expect(await quicker.open(await slower.seal("too", owner), owner)).toBe("too")
    expect(await readdir(join(project, ".stackdock"))).toEqual(["key"])
  })

  it("is replaced whole when its keys change, for its owner alone, and leaves no key behind", async () => {
    const vault = keyFileVault(path)
    await vault.prepare({ encryptedRowsExist: false })
    const envelope = await vault.seal("text", owner)
    const old = (await vault.keyIds())?.primary ?? ""
    await writeFile(`${path}.next`, "what a killed process left")

    await vault.replacePrimary(old)
    const held = await vault.keyIds()
    expect(held).toEqual({ primary: expect.any(String), older: [old] })
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await readdir(join(project, ".stackdock"))).toEqual(["key"])
    expect(await vault.open(envelope, owner)).toBe("text")
    // Somebody else has replaced it already.
    await vault.replacePrimary(old)
    expect(await vault.keyIds()).toEqual(held)

    await vault.drop([old, held?.primary ?? ""])
    expect(await vault.keyIds()).toEqual({ primary: held?.primary, older: [] })
    expect(await readFile(path, "utf8")).not.toContain(old)
    await expect(vault.open(envelope, owner)).rejects.toMatchObject({ code: "unknown_key" })
  })

  it("is not changed while it is damaged or open to others", async () => {
    const vault = keyFileVault(path)
    await vault.prepare({ encryptedRowsExist: false })
    const old = (await vault.keyIds())?.primary ?? ""
    await writeFile(path, "{")
    await expect(vault.replacePrimary(old)).rejects.toMatchObject({ code: "malformed_keyset" })
    expect(await readFile(path, "utf8")).toBe("{")
    expect(await readdir(join(project, ".stackdock"))).toEqual(["key"])
  })

  it("can be imported where there is none", async () => {
    const vault = keyFileVault(path)
    await vault.prepare({ encryptedRowsExist: false })
    const envelope = await vault.seal("text", owner)
    const moved = keyFileVault(join(project, "elsewhere", "key"))
    expect(await moved.importKeys(await vault.exportKeys({ withNewPrimary: false }))).toHaveLength(1)
    expect(await moved.open(envelope, owner)).toBe("text")
    expect((await stat(join(project, "elsewhere", "key"))).mode & 0o777).toBe(0o600)
  })

  it("is the same for processes that make it at once", async () => {
    const vaults = await Promise.all(Array.from({ length: 4 }, () => startProcess()))
    for (const vault of vaults) vault.go()
    const envelopes = await Promise.all(vaults.map((vault) => vault.envelope))
    for (const envelope of envelopes) expect(await keyFileVault(path).open(envelope, owner)).toBe("text")
    expect(await readdir(join(project, ".stackdock"))).toEqual(["key"])
  })
})

/** A process that waits for a line, then prepares the vault and seals with it. */
async function startProcess() {
  const script = `
    import { keyFileVault } from ${JSON.stringify(new URL("./key-file.ts", import.meta.url).href)}
    process.stdout.write("ready\\n")
    process.stdin.once("data", async () => {
      const vault = keyFileVault(${JSON.stringify(path)})
      await vault.prepare({ encryptedRowsExist: false })
      process.stdout.write(await vault.seal("text", ${JSON.stringify(owner)}))
      process.exit(0)
    })`
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script], {
    stdio: ["pipe", "pipe", "inherit"],
  })
  let output = ""
  const ready = new Promise<void>((resolve) => {
    child.stdout.on("data", (chunk) => {
      output += chunk
      if (output.startsWith("ready\n")) resolve()
    })
  })
  const envelope = new Promise<string>((resolve, reject) => {
    child.once("error", reject)
    child.once("close", () => resolve(output.slice("ready\n".length)))
  })
  await Promise.race([ready, envelope])
  return { envelope, go: () => child.stdin.write("go\n") }
}
