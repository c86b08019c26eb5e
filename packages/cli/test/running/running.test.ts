import { rmSync, statSync } from "node:fs"
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

describe("from a credential to rows", () => {
  it("connects, syncs and shows, and a second sync changes nothing", async () => {
    const connected = json(await connect(["--json"]))
    expect(connected).toEqual({
      dockId: expect.any(String),
      provider: "acme",
      name: "acme",
      account: { id: "a-1", name: "Example Agency" },
    })
    expect(json(await run(["docks", "--json"]))).toMatchObject([{ id: connected.dockId, name: "acme" }])

    const first = await run(["sync", "--json"])
    expect(first.code).toBe(0)
    expect(json(first).docks).toMatchObject([
      {
        dockId: connected.dockId,
        status: "succeeded",
        scopes: [
          { table: "servers", fetched: 2, inserted: 2, requests: 1, complete: true, error: null },
          { table: "domains", fetched: 1, inserted: 1, complete: true, error: null },
        ],
      },
    ])
    expect(json(await run(["sync", "--json"])).docks).toMatchObject([
      { scopes: [{ unchanged: 2 }, { unchanged: 1 }] },
    ])

    const rows = json(await run(["resources", "servers", "--json"]))
    expect(rows).toMatchObject([
      { name: "one", status: "running", provider: "acme", dockId: connected.dockId },
      { name: "two" },
    ])
    expect(Object.keys(rows[0])).toEqual(
      expect.arrayContaining(["id", "orgId", "fullApiData", "lastSeenAt", "region"]),
    )
    expect(json(await run(["resources", "servers", "--deleted", "--json"]))).toEqual([])
  })

  it("says it to people without escape codes when nobody sits at a terminal", async () => {
    const runs = [
      await connect(),
      await run(["docks"]),
      await run(["sync"]),
      await run(["resources", "servers"]),
    ]
    const said = runs.map(({ stdout }) => stdout)
    expect(said[0]).toContain("Connected acme as Example Agency (a-1)")
    expect(said[1]).toMatch(/acme +acme +Example Agency +connected +never/)
    expect(said[2]).toMatch(/servers +2 +2 +0 +0 +0 +0 +1/)
    expect(runs[2]?.stderr).toMatch(/✓ servers +2\n.*✓ domains +1\n/)
    expect(said[3]).toMatch(/one +running +servers_1\ntwo +running +servers_2/)
    for (const { code, stdout, stderr } of runs) {
      expect(code).toBe(0)
      expect(stdout + stderr).not.toContain("\u001b")
    }
  })

  it("works on the same project from a folder inside it", async () => {
    await connect()
    const inside = await run(["docks", "--json"], { cwd: join(project.dir, "src/stackdock") })
    expect(json(inside)).toHaveLength(1)
  })

  it("keeps key and database from other users of the machine", async () => {
    await connect()
    expect(statSync(join(project.dir, ".stackdock/key")).mode & 0o077).toBe(0)
    expect(statSync(join(project.dir, ".stackdock/stackdock.db")).mode & 0o077).toBe(0)
  })
})

describe("connect", () => {
  it("takes the credential from the environment", async () => {
    const connected = await run(["connect", "acme", "--base-url", acme.url], {
      env: { STACKDOCK_ACME_API_KEY: acme.key },
    })
    expect(connected).toMatchObject({ code: 0 })
  })

  it("says what the provider said to a wrong credential, without it, and stores nothing", async () => {
    const refused = await connect(["--json"], { apiKey: "fake-secret-wrong" })
    expect(refused.code).toBe(1)
    expect(json(refused).error).toMatchObject({ code: "unauthorized", hint: expect.any(String) })
    expect(json(await run(["docks", "--json"]))).toEqual([])
  })

  it("refuses an address that is none, or that would send the credential in clear", async () => {
    for (const url of [
      "not an address",
      "acme.example",
      "ftp://acme.example",
      "http://acme.example/api",
      "",
    ]) {
      const refused = await run(["connect", "acme", "--base-url", url, "--credentials-stdin"], {
        stdin: JSON.stringify({ apiKey: acme.key }),
      })
      expect(refused, url).toMatchObject({ code: 2, stdout: "" })
      expect(refused.stderr).toContain("https://")
    }
    expect(json(await run(["docks", "--json"]))).toEqual([])
  })

  it("asks nobody where nobody is, and says what answers instead", async () => {
    const refused = await run(["connect", "acme", "--base-url", acme.url])
    expect(refused).toMatchObject({ code: 2, stdout: "" })
    expect(refused.stderr).toContain(
      '{"apiKey":"..."} into --credentials-stdin, or set STACKDOCK_ACME_API_KEY',
    )
  })

  it("knows the project's docks, and how to add another", async () => {
    const typo = await run(["connect", "acm"])
    expect(typo).toMatchObject({ code: 2 })
    expect(typo.stderr).toContain("Did you mean acme?")
    expect((await run(["connect", "vultr"])).stderr).toContain("stackdock add vultr")
  })

  it("does not take a second dock of the same name", async () => {
    await connect()
    const again = await connect()
    expect(again).toMatchObject({ code: 2 })
    expect(again.stderr).toContain('A dock is already called "acme"')
  })
})

describe("a sync that does not go well", () => {
  it("reports a table that failed, syncs the other, keeps the rows and exits 1", async () => {
    await connect()
    await run(["sync"])
    acme.failServers = 403
    const failed = await run(["sync"])
    expect(failed.code).toBe(1)
    expect(failed.stdout).toMatch(/servers +0 .*✗ failed\n/)
    expect(failed.stdout).toMatch(/domains +1 +0 +0 +1/)
    expect(failed.stdout).toMatch(/✗ servers: .*403.*No +\[31mway/)
    expect(await servers()).toHaveLength(2)
  })

  it("says that the provider cannot be reached", async () => {
    await connect()
    await run(["sync"])
    await acme.close()
    const failed = await run(["sync", "--json"])
    expect(failed.code).toBe(1)
    expect(json(failed).docks).toMatchObject([
      { status: "failed", scopes: [{ error: { code: "network" } }, { error: { code: "network" } }] },
    ])
    expect(await servers()).toHaveLength(2)
  })

  it("stops before a mass deletion with exit 3, and goes on with the command it names", async () => {
    acme.servers = Array.from({ length: 60 }, (_, index) => ({ id: `${index}`, name: `server-${index}` }))
    await connect(["--name", "big one"])
    await run(["sync"])
    acme.servers = acme.servers.slice(0, 10)
    const stopped = await run(["sync"])
    expect(stopped.code).toBe(3)
    expect(stopped.stdout).toContain("servers: 50 of 60 rows are no longer at the provider")
    expect(await servers()).toHaveLength(60)

    const command = /type: npx stackdock (.*)/.exec(stopped.stdout)?.[1] ?? ""
    const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "")
    expect(await run(words)).toMatchObject({ code: 0 })
    expect(await servers()).toHaveLength(10)
    expect(await servers({ deleted: true })).toHaveLength(50)
  })

  it("leaves a dock alone that another sync is at work on", async () => {
    await connect()
    const held = hold()
    const first = project.start(["sync"])
    await held.reached
    const second = await run(["sync", "--json"])
    expect(second.code).toBe(1)
    expect(json(second).docks).toMatchObject([{ status: "busy", scopes: [] }])
    held.release()
    expect(await first.done).toMatchObject({ code: 0 })
  })

  it("ends cleanly on Ctrl-C, keeps its rows, and can be run again at once", async () => {
    await connect()
    await run(["sync"])
    const held = hold()
    const canceled = project.start(["sync", "--json"])
    await held.reached
    canceled.kill("SIGINT")
    const result = await canceled.done
    held.release()
    expect(result.code).toBe(1)
    expect(json(result).docks).toMatchObject([{ status: "canceled" }])
    expect(await run(["sync"])).toMatchObject({ code: 0 })
    expect(await servers()).toHaveLength(2)
  })

  it("changes nothing in a dry run", async () => {
    await connect()
    const dry = await run(["sync", "--dry-run", "--json"])
    expect(json(dry).docks).toMatchObject([{ scopes: [{ inserted: 2 }, { inserted: 1 }] }])
    expect(await servers()).toEqual([])
  })

  it("names the tables and docks it knows", async () => {
    await connect()
    const refused = await run(["sync", "--table", "server"])
    expect(refused).toMatchObject({ code: 2, stdout: "" })
    expect(refused.stderr).toContain("Did you mean servers")
    for (const args of [
      ["sync", "acne"],
      ["resources", "servers", "--dock", "acne", "--json"],
    ]) {
      const refused = await run(args)
      expect(refused, args.join(" ")).toMatchObject({ code: 2 })
      expect(refused.stderr).toContain("Connected are acme")
    }
  })

  it("says how to get a lost key back, and makes no new one", async () => {
    await connect()
    rmSync(join(project.dir, ".stackdock/key"))
    const failed = await run(["sync"])
    expect(failed.code).toBe(1)
    expect(failed.stdout).toContain("Put .stackdock/key back from your backup")
    const connecting = await connect(["--name", "other"])
    expect(connecting).toMatchObject({ code: 1 })
    expect(connecting.stderr).toContain("Put .stackdock/key back from your backup")
  })
})

describe("disconnect", () => {
  it("keeps the rows; removing them needs a yes", async () => {
    await connect()
    await run(["sync"])
    expect(json(await run(["disconnect", "acme", "--json"]))).toMatchObject({
      name: "acme",
      rowsRemoved: false,
    })
    expect(await servers()).toHaveLength(2)

    const unasked = await run(["disconnect", "acme", "--remove-rows"])
    expect(unasked).toMatchObject({ code: 3 })
    expect(unasked.stderr).toContain("--yes")
    expect(await servers()).toHaveLength(2)

    expect(await run(["disconnect", "acme", "--remove-rows", "--yes"])).toMatchObject({ code: 0 })
    expect(json(await run(["docks", "--json"]))).toEqual([])
    expect(await servers()).toEqual([])
  })
})

/** Every run is also searched for the credentials of these tests. */
async function run(args: readonly string[], options?: Parameters<RunningProject["run"]>[1]): Promise<Run> {
  const result = await project.run(args, options)
  expect(result.stdout + result.stderr).not.toContain("fake-secret")
  return result
}

function connect(args: readonly string[] = [], credentials: object = { apiKey: acme.key }): Promise<Run> {
  return run(["connect", "acme", "--base-url", acme.url, "--credentials-stdin", ...args], {
    stdin: JSON.stringify(credentials),
  })
}

function json({ stdout }: Run) {
  return JSON.parse(stdout)
}

/** What the database holds, read beside the command. */
async function servers({ deleted = false } = {}): Promise<unknown[]> {
  const store = embeddedStore(join(project.dir, ".stackdock/stackdock.db"))
  const rows: unknown[] = []
  for await (const row of store.rows.list("servers", { orgId: "default", deleted })) rows.push(row)
  await store.close()
  return rows
}

/** Keeps the provider from answering until it is released. */
function hold() {
  let release = () => {}
  let reach = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const reached = new Promise<void>((resolve) => {
    reach = resolve
  })
  acme.beforeServers = () => {
    reach()
    return released
  }
  return { reached, release: () => release() }
}
