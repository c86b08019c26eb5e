import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { embeddedStore } from "../../../../registry/stores/sql/node/embedded.ts"
import { createRunningProject, type Run, type RunningProject } from "./project.ts"
import { type Acme, startAcme } from "./provider.ts"

let project: RunningProject
let acme: Acme

beforeAll(() => {
  project = createRunningProject()
})
afterAll(() => project.remove())

beforeEach(async () => {
  acme = await startAcme()
})
afterEach(async () => {
  await acme.close()
  for (const file of ["stackdock.db", "stackdock.db-wal", "stackdock.db-shm", "key"]) {
    rmSync(join(project.dir, ".stackdock", file), { force: true })
  }
})

const keyFile = () => readFileSync(join(project.dir, ".stackdock/key"), "utf8")
const materials = (): string[] => Object.values(JSON.parse(keyFile()).keys)

describe("audit", () => {
  it("shows what was done, what went wrong and to which dock, the newest first", async () => {
    await connect()
    await run(["sync"])
    await run(["disconnect", "nothing"])
    const shown = await run(["audit"])
    expect(shown.code).toBe(0)
    expect(shown.stdout.split("\n")).toEqual([
      expect.stringMatching(/^When +Who +Action +What +Result$/),
      expect.stringMatching(/Z +local +disconnect +docks +failed: unknown_dock$/),
      expect.stringMatching(/Z +local +sync +docks acme +succeeded$/),
      expect.stringMatching(/Z +local +connect +docks acme +succeeded$/),
      "",
    ])
    expect(json(await run(["audit", "--json"]))).toMatchObject([
      { action: "disconnect", actor: "local", result: "failed", errorCode: "unknown_dock" },
      { action: "sync", targetTable: "docks", targetId: expect.any(String), requestId: expect.any(String) },
      { action: "connect" },
    ])
  })

  it("can be narrowed, and says what it knows", async () => {
    await connect()
    await run(["disconnect", "nothing"])
    expect(json(await run(["audit", "--result", "failed", "--json"]))).toHaveLength(1)
    expect(json(await run(["audit", "--actor", "system", "--json"]))).toEqual([])
    const typo = await run(["audit", "--result", "deniet"])
    expect(typo).toMatchObject({ code: 2, stdout: "" })
    expect(typo.stderr).toContain("Did you mean denied?")
  })
})

describe("keys", () => {
  it("status tells ids and counts, and never a key", async () => {
    expect((await run(["keys", "status"])).stderr).toContain("There is no key yet")
    await connect()
    const { keys } = json(await run(["keys", "status", "--json"]))
    expect(keys).toEqual([{ id: expect.any(String), state: "primary", credentials: 1 }])
    const shown = await run(["keys", "status"])
    expect(shown.stdout).toMatch(new RegExp(`${keys[0].id} +primary +1`))
    for (const material of materials()) expect(JSON.stringify(shown)).not.toContain(material)
  })

  it("rotate replaces the key, and everything goes on", async () => {
    await connect()
    const before = keyFile()
    const rotated = await run(["keys", "rotate"])
    expect(rotated.code).toBe(0)
    expect(rotated.stdout).toContain("1 credentials were encrypted anew")
    const old = JSON.parse(before).primary
    expect(rotated.stdout).toContain(`Gone, because nothing needs it any more: ${old}`)
    expect(rotated.stderr).toContain("A backup of the database from before needs the old key")
    expect(keyFile()).not.toContain(old)
    expect(statSync(join(project.dir, ".stackdock/key")).mode & 0o077).toBe(0)
    expect(await run(["sync"])).toMatchObject({ code: 0 })
    expect(json(await run(["audit", "--json"]))[1]).toMatchObject({ action: "rotateKeys", actor: "local" })
  })

  it("rotate says which credential it could not open, and keeps the key", async () => {
    await connect()
    await connect(["--name", "second"])
    const store = embeddedStore(join(project.dir, ".stackdock/stackdock.db"))
    const [first, second] = await store.docks.list("default")
    await store.docks.update("default", first?.id ?? "", { credentials: second?.credentials ?? null })
    await store.close()
    const rotated = await run(["keys", "rotate", "--json"])
    expect(rotated.code).toBe(1)
    expect(json(rotated)).toMatchObject({
      resealed: 1,
      dropped: [],
      kept: [expect.any(String)],
      failures: [{ dockId: first?.id, error: { code: "not_authentic" } }],
    })
    expect(materials()).toHaveLength(2)
  })

  it("export and import bring a lost key back", async () => {
    await connect()
    const text = keyFile()
    const exported = await run(["keys", "export"])
    expect(JSON.parse(exported.stdout)).toEqual(JSON.parse(text))
    expect(exported.stderr).toContain("every credential can be read")
    rmSync(join(project.dir, ".stackdock/key"))
    expect((await run(["sync"])).code).toBe(1)
    expect((await run(["keys", "status"])).stderr).toContain("stackdock keys import")
    expect(await run(["keys", "import"], { stdin: exported.stdout })).toMatchObject({ code: 0 })
    expect(await run(["sync"])).toMatchObject({ code: 0 })
    expect(json(await run(["keys", "import", "--json"], { stdin: text }))).toEqual({ added: [] })
  })

  it("export writes a file for its owner alone, relative to where it was typed, and never over another", async () => {
    await connect()
    const cwd = join(project.dir, "src")
    const file = join(cwd, "keys.json")
    const exported = await run(["keys", "export", "--file", "keys.json"], { cwd })
    expect(exported).toMatchObject({ code: 0, stderr: expect.stringContaining("every credential") })
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(JSON.parse(keyFile()))
    expect(statSync(file).mode & 0o777).toBe(0o600)
    for (const material of materials()) expect(JSON.stringify(exported)).not.toContain(material)

    writeFileSync(file, "mine")
    const again = await run(["keys", "export", "--file", "keys.json"], { cwd })
    expect(again).toMatchObject({ code: 2, stdout: "" })
    expect(readFileSync(file, "utf8")).toBe("mine")
    const imported = await run(["keys", "import", "--file", "keys.json"], { cwd })
    expect(imported.code).toBe(1)
    expect(imported.stderr).not.toContain("mine")
    rmSync(file)
    expect(await run(["keys", "import", "--file", "keys.json"], { cwd })).toMatchObject({ code: 2 })
  })

  it("export can put a new key in front, for keys that are in the environment", async () => {
    await connect()
    const { primary, keys } = json(await run(["keys", "export", "--new-primary", "--json"]))
    expect(Object.keys(keys)).toEqual([primary, JSON.parse(keyFile()).primary])
  })

  it("names what it can", async () => {
    const typo = await run(["keys", "rotat"])
    expect(typo).toMatchObject({ code: 2, stdout: "" })
    expect(typo.stderr).toContain("Did you mean rotate?")
    expect((await run(["keys", "constructor"])).stderr).toContain(
      "It can status, rotate, export, import, new, next.",
    )
  })
})

describe("connect --rotate", () => {
  it("replaces a credential once the new one is proven, and keeps the address", async () => {
    await connect()
    await run(["sync"])
    acme.key = "fake-secret-second-key"
    const rotated = await rotate({ apiKey: acme.key }, ["--json"])
    expect(json(rotated)).toMatchObject({ name: "acme", account: { id: "a-1", name: "Example Agency" } })
    expect(json(await run(["sync", "--json"])).docks).toMatchObject([
      { status: "succeeded", scopes: [{ unchanged: 2 }, { unchanged: 1 }] },
    ])
  })

  it("keeps the old one when the new one is refused", async () => {
    await connect()
    const refused = await rotate({ apiKey: "fake-secret-wrong" })
    expect(refused.code).toBe(1)
    expect(await run(["sync"])).toMatchObject({ code: 0 })
  })

  it("asks only for what is secret, and for no dock that is not there", async () => {
    await connect()
    const unasked = await run(["connect", "--rotate", "acme"])
    expect(unasked).toMatchObject({ code: 2 })
    expect(unasked.stderr).toContain("STACKDOCK_ACME_API_KEY")
    expect((await rotate({ apiKey: acme.key }, [], "acne")).stderr).toContain("Did you mean acme?")
    expect(await run(["connect", "acme", "--rotate", "acme"])).toMatchObject({ code: 2 })
    expect(await run(["connect"])).toMatchObject({ code: 2 })
  })
})

/** Every run is also searched for the credentials of these tests. */
async function run(args: readonly string[], options?: Parameters<RunningProject["run"]>[1]): Promise<Run> {
  const result = await project.run(args, options)
  expect(result.stdout + result.stderr).not.toContain("fake-secret")
  return result
}

function connect(args: readonly string[] = []): Promise<Run> {
  return run(["connect", "acme", "--base-url", acme.url, "--credentials-stdin", ...args], {
    stdin: JSON.stringify({ apiKey: acme.key }),
  })
}

function rotate(credentials: object, args: readonly string[] = [], dock = "acme"): Promise<Run> {
  return run(["connect", "--rotate", dock, "--credentials-stdin", ...args], {
    stdin: JSON.stringify(credentials),
  })
}

function json({ stdout }: Run) {
  return JSON.parse(stdout)
}
