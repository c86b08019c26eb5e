import { rmSync } from "node:fs"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
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
  const stdin = JSON.stringify({ apiKey: acme.key })
  await run(["connect", "acme", "--base-url", acme.url, "--credentials-stdin"], { stdin })
})
afterEach(async () => {
  await acme.close()
  for (const file of ["stackdock.db", "stackdock.db-wal", "stackdock.db-shm", "key"]) {
    rmSync(join(project.dir, ".stackdock", file), { force: true })
  }
})

const provision = (...args: string[]) => run(["provision", "acme", "server", ...args])
const rows = async (...args: string[]) => json(await run(["resources", "servers", "--json", ...args]))

describe("provision", () => {
  it("makes it, and its row can be found, changed and removed by its id", async () => {
    const report = json(await provision("--set", "name=three", "--wait", "--json"))
    expect(report).toMatchObject({
      state: "provisioned",
      kind: "server",
      providerResourceId: "made-1",
      error: null,
    })
    const [row] = await rows()
    expect(row).toMatchObject({ id: report.resourceId, name: "three", provisioningSource: "api" })
    expect(json(await run(["provisionings", "--json"]))).toMatchObject([
      { id: report.id, state: "provisioned" },
    ])

    const unasked = await run(["deprovision", row.id])
    expect(unasked).toMatchObject({ code: 3 })
    expect(acme.servers).toHaveLength(3)
    const removed = json(await run(["deprovision", row.id, "--yes", "--json"]))
    expect(removed).toMatchObject({ operation: "deprovision", state: "deprovisioned", resourceId: row.id })
    expect(acme.servers).toHaveLength(2)
    expect(await rows("--deleted")).toMatchObject([{ id: row.id, provisioningState: "deprovisioned" }])
  })

  it("says it to people", async () => {
    const made = await provision("--set", "name=three")
    expect(made).toMatchObject({ code: 0 })
    expect(made.stdout).toMatch(/server made-1 {2}provisioned {2}servers_1/)
    expect((await run(["provisionings"])).stdout).toMatch(
      /just now +server made-1 +acme +provisioned +servers_1/,
    )
  })

  it("takes fields from a file and from stdin, and --set over both", async () => {
    project.write("spec.json", JSON.stringify({ name: "from-file", size: "large" }))
    const first = json(await provision("--file", "spec.json", "--set", "size=small", "--json"))
    expect(first.input).toEqual({ name: "from-file", size: "small" })
    const spec = JSON.stringify({ name: "from-stdin", password: "fake-secret-password" })
    const second = await run(["provision", "acme", "server", "--file", "-", "--json"], { stdin: spec })
    expect(json(second).input).toEqual({ name: "from-stdin" })
  })

  it("shows the exact request in a dry run, without its secrets, and does nothing", async () => {
    project.write("spec.json", JSON.stringify({ name: "three", password: "fake-secret-password" }))
    const dry = json(await provision("--file", "spec.json", "--dry-run", "--json"))
    expect(dry).toMatchObject({
      dryRun: true,
      steps: [
        {
          step: "server",
          request: {
            method: "POST",
            url: `${acme.url}/servers`,
            body: { name: "three", size: "small", password: "[redacted]" },
          },
        },
      ],
    })
    expect((await provision("--file", "spec.json", "--dry-run")).stdout).toContain(`POST ${acme.url}/servers`)
    expect(acme.made).toBe(0)
    expect(json(await run(["provisionings", "--json"]))).toEqual([])
  })

  it("says in its help what a dock makes and what a kind takes", async () => {
    const kinds = await run(["provision", "acme", "--help"])
    expect(kinds.stdout).toMatch(/server +Server +servers/)
    const fields = await run(["provision", "acme", "server", "--help"])
    expect(fields.stdout).toMatch(/name +text +Name. Unique in the account \(required\)/)
    expect(fields.stdout).toMatch(/size +small \| large +Size \(default "small"\)/)
    expect(fields.stdout).toMatch(/password +text +Password \(secret: asked for\)/)
  })

  it.each([
    [["--set", "name=x"], "name: Too small: expected string to have >=3 characters"],
    [["--set", "name=three", "--set", "size=huge"], 'size: expected one of "small"|"large"'],
    [[], "name is missing: expected string"],
    [["--set", "nam=three"], "Did you mean name?"],
    [["--set", "name"], "--set takes field=value"],
    [["--set", "password=x"], "others can read a command line"],
    [["--file", "nothing.json"], "nothing.json cannot be read"],
  ])("refuses %j before anything is sent", async (args, message) => {
    const refused = await provision(...args)
    expect(refused).toMatchObject({ code: 2, stdout: "" })
    expect(refused.stderr).toContain(message)
    expect(acme.made).toBe(0)
  })

  it("refuses a kind that the dock has not, with the nearest", async () => {
    const refused = await run(["provision", "acme", "serve"])
    expect(refused).toMatchObject({ code: 2 })
    expect(refused.stderr).toMatch(/Did you mean .*server\?/)
  })

  it("fails with what the provider said", async () => {
    const failed = await provision("--set", "name=taken", "--json")
    expect(failed.code).toBe(1)
    expect(json(failed)).toMatchObject({ state: "failed", error: { code: "name_taken" } })
    expect((await run(["audit"])).stdout).toMatch(/provision +provisionings .*failed: name_taken/)
  })

  it("whose outcome is unknown asks for a decision where the provider cannot tell", async () => {
    acme.hangUp = true
    const blind = ["provision", "acme", "blindServer", "--set", "name=three", "--json"]
    const unknown = await run(blind)
    expect(unknown.code).toBe(1)
    expect(json(unknown)).toMatchObject({ state: "provisioning", error: { code: "network" } })
    acme.hangUp = false
    const asking = await run(blind)
    expect(asking.code).toBe(3)
    const { id, error } = json(asking)
    expect(error.suggestion).toContain("--adopt <its id>, --retry or --abandon")
    const adopted = await run(["provisionings", id, "--adopt", "made-1", "--json"])
    expect(adopted.code).toBe(0)
    expect(json(adopted)).toMatchObject([{ id, state: "provisioned", providerResourceId: "made-1" }])
    expect(acme.made).toBe(1)
  })
})

describe("action", () => {
  beforeEach(async () => {
    await run(["sync"])
  })

  it("that is disruptive asks first", async () => {
    expect(await run(["action", "servers_1", "restart"])).toMatchObject({ code: 3 })
    const done = await run(["action", "servers_1", "restart", "--set", "delay=5", "--yes", "--json"])
    expect(json(done)).toMatchObject({ resourceId: "servers_1", action: "restart", message: "Restarting." })
  })

  it("says in its help what there is for a row", async () => {
    expect((await run(["action", "servers_1", "--help"])).stdout).toMatch(/restart +Restart +servers/)
    expect((await run(["action", "servers_1", "restart", "--help"])).stdout).toContain("Seconds to wait")
    expect((await run(["action", "domains_1", "--help"])).stdout).toContain("Actions: none.")
  })

  it("refuses what it does not know", async () => {
    for (const args of [
      ["servers_9", "restart"],
      ["nothing", "restart"],
      ["servers_1", "restat"],
    ]) {
      expect(await run(["action", ...args])).toMatchObject({ code: 2, stdout: "" })
    }
  })
})

/** Every run is also searched for the credentials of these tests. */
async function run(args: readonly string[], options?: Parameters<RunningProject["run"]>[1]): Promise<Run> {
  const result = await project.run(args, options)
  expect(result.stdout + result.stderr).not.toContain("fake-secret")
  return result
}

function json({ stdout }: Run) {
  return JSON.parse(stdout)
}
