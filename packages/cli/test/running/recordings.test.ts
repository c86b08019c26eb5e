import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createRunningProject, type RunningProject } from "./project.ts"
import { type Acme, acmeDock, startAcme } from "./provider.ts"

const dock = acmeDock
  .replaceAll('"../core', '"../../core')
  .replace(
    'return { state: "ready", item: body }',
    'return Object(body).status === "building" ? { state: "pending" } : { state: "ready", item: body }',
  )
const folder = "src/stackdock/docks/acme/recordings"
let acme: Acme
let project: RunningProject

beforeAll(async () => {
  acme = await startAcme()
  project = createRunningProject()
  project.write("src/stackdock/docks/acme/index.ts", dock)
  const states = ["up", "up", "down", "up"]
  acme.servers = Array.from({ length: 40 }, (_, n) => ({
    id: String(48_000 + n),
    name: `web-${n}`,
    status: states[n % 4] ?? "up",
    ip: ["88", "99", "1", String(n)].join("."),
    owner: { name: "Jane Doe", email: "jane@acmebakery.io" },
    root_password: `hunter-${n}`,
  }))
})
afterAll(async () => {
  await acme.close()
  project.remove()
})

const env = () => ({ STACKDOCK_ACME_API_KEY: acme.key })
const record = (...more: string[]) =>
  project.run(["record", "acme", "--base-url", acme.url, "--json", ...more], { env: env() })
const read = (file: string) => JSON.parse(readFileSync(join(project.dir, folder, file), "utf8"))

describe("record", () => {
  it("shows what it would write, and writes nothing, with --dry-run", async () => {
    const { code, stdout, stderr } = await record("--dry-run")
    expect(stderr).toContain("e-mail address  response.body.items[].owner.email")
    expect(stderr).not.toContain("jane@")
    expect([code, JSON.parse(stdout).dryRun]).toEqual([0, true])
    expect(existsSync(join(project.dir, folder))).toBe(false)
  })

  it("asks before it writes", async () => {
    const { code, stdout } = await record()
    expect([code, JSON.parse(stdout).error.code]).toEqual([3, "needs_answer"])
  })

  it("writes what the dock asks for, scrubbed, short and stamped, and the answer to a wrong credential", async () => {
    const { code, stdout } = await record("--yes")
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ isShortened: true, missing: [], left: [] })
    expect(readdirSync(join(project.dir, folder)).sort()).toEqual(["account", "domains", "errors", "servers"])
    const { scenario, provenance, request, response } = read("servers/list.json")
    expect(scenario).toBe("GET /servers")
    expect(provenance).toMatchObject({
      kind: "live",
      note: "Scrubbed, and lists shortened. Answered at another address than the provider's own.",
    })
    expect(request).toEqual({ method: "GET", url: "https://api.acme.example/servers" })
    expect(response.headers).toBeUndefined()
    expect(response.body.items.map((item: { status: string }) => item.status)).toEqual(["up", "up", "down"])
    expect(response.body.items[0]).toEqual({
      id: "10001",
      name: "web-0",
      status: "up",
      ip: "192.0.2.1",
      owner: { name: "Person 1", email: "person-1@example.com" },
      root_password: "fake-secret-1",
    })
    expect(read("errors/unauthorized.json").response.status).toBe(401)
  })

  it("never writes the credential", () => {
    const files = readdirSync(join(project.dir, folder), { recursive: true, encoding: "utf8" })
    const texts = files.filter((file) => file.endsWith(".json")).map((file) => JSON.stringify(read(file)))
    expect(texts.join("")).not.toContain(acme.key)
  })

  it("changes nothing when nothing has changed", async () => {
    const { code, stdout } = await record("--yes")
    expect([code, JSON.parse(stdout).written]).toEqual([0, []])
  })

  it("refuses what it cannot tell, by its field, until it is told", async () => {
    const [first] = acme.servers
    if (!first) throw new Error("There is no server.")
    Object.assign(first, { blob: "kq83Jd0aZp1xWm-Qz7" })
    const { code, stdout } = await record("--yes")
    const { error } = JSON.parse(stdout)
    expect([code, error.code]).toEqual([3, "undecided"])
    expect(error.undecided).toMatchObject([{ path: "response.body.items[].blob", where: "GET /servers" }])
    expect(stdout).not.toContain("kq83")
    expect(error.hint).toContain("--treat 'response.body.items[].blob=secret'")
    const told = await record("--yes", "--treat", "items[].blob=secret")
    expect(told.code).toBe(0)
    expect(read("servers/list.json").response.body.items[0].blob).toMatch(/^fake-secret-/)
    Object.assign(first, { blob: undefined })
  })

  it("writes nothing of an account that it cannot read whole, and says why", async () => {
    acme.failServers = 403
    const { code, stdout } = await record("--yes")
    acme.failServers = undefined
    expect([code, JSON.parse(stdout).error.code]).toEqual([1, "forbidden"])
  })

  it("says which provider there is not, and what --treat takes", async () => {
    const unknown = await project.run(["record", "acmee", "--json"])
    expect([unknown.code, JSON.parse(unknown.stdout).error.hint]).toEqual([2, "Did you mean acme?"])
    const wrong = await record("--treat", "blob=rubbish")
    expect([wrong.code, JSON.parse(wrong.stdout).error.message]).toEqual([
      2,
      '--treat takes field=what, not "blob=rubbish".',
    ])
  })

  it("asks before it makes anything, and shows no secret of it", async () => {
    project.write("order.json", '{ "size": "large", "password": "hunter-2-is-mine" }')
    const { code, stdout, stderr } = await record("--writes", "server", "--file", "order.json")
    expect([code, JSON.parse(stdout).error.code, acme.made]).toEqual([3, "needs_answer", 0])
    expect(stdout).toContain('size \\"large\\", password …')
    expect(stdout + stderr).not.toContain("hunter-2")
  })

  it("asks for no credential before it knows what it is to make", async () => {
    const args = ["record", "acme", "--json", "--writes", "sever"]
    const { code, stdout } = await project.run(args, { env: {} })
    expect([code, JSON.parse(stdout).error.hint]).toEqual([2, "Did you mean server?"])
  })

  it("makes one thing under a name that tells, records it, and removes it again", async () => {
    const before = acme.servers.length
    const { code, stdout } = await record("--yes", "--writes", "server")
    expect([code, JSON.parse(stdout).left]).toEqual([0, []])
    expect([acme.made, acme.servers.length]).toEqual([1, before])
    const cycle = readdirSync(join(project.dir, folder, "cycles/server")).sort()
    expect(cycle.map((file) => file.replace(/^\d+-/, ""))).toEqual(
      expect.arrayContaining(["create.json", "look.json", "delete.json"]),
    )
    const create = read(`cycles/server/${cycle.find((file) => file.includes("create"))}`)
    expect(create.request.body.name).toMatch(/^stackdock-recording-[\da-f]{6}$/)
  })

  it("removes what it made when it is interrupted while it waits, and writes nothing", async () => {
    const before = acme.servers.length
    acme.builds = true
    const { done, kill } = project.start(
      [
        "record",
        "acme",
        "--base-url",
        acme.url,
        "--yes",
        "--json",
        "--writes",
        "server",
        "--out",
        "interrupted",
      ],
      { env: env() },
    )
    await expect.poll(() => acme.looked, { timeout: 20_000, interval: 20 }).toBe(true)
    kill("SIGINT")
    const { code, stdout } = await done
    acme.builds = false
    expect([code, JSON.parse(stdout).error.code]).toEqual([1, "canceled"])
    expect(acme.servers).toHaveLength(before)
    expect(existsSync(join(project.dir, "interrupted"))).toBe(false)
  })

  it("lists what it could not remove", async () => {
    acme.failRemovals = true
    const { code, stdout, stderr } = await record("--yes", "--writes", "server")
    acme.failRemovals = false
    expect(code).toBe(1)
    expect(JSON.parse(stdout).left).toEqual([expect.stringContaining("server made-3")])
    expect(stderr).toContain("Still at Acme, for you to remove: server made-3")
  })
})

describe("replay", () => {
  const replay = (...more: string[]) => project.run(["replay", "acme", "--json", ...more], { env: {} })

  it("makes the rows of the recordings, with no account and no network", async () => {
    const { code, stdout } = await replay()
    const { account, rows, missing } = JSON.parse(stdout)
    expect([code, account.name, missing]).toEqual([0, expect.any(String), []])
    expect(rows.domains).toMatchObject([{ name: "example.com", status: "active" }])
    expect(rows.servers.length).toBeGreaterThan(2)
  })

  it("shows the rows to people", async () => {
    const { stdout } = await project.run(["replay", "acme"])
    expect(stdout).toMatch(/servers \d+\nName +Status/)
    expect(stdout).toContain("✓ Every request had a recording")
  })

  it("plays captures of one's own, says what is missing, and keeps what it has", async () => {
    const capture = (path: string, body: unknown) =>
      JSON.stringify({ request: { url: `https://api.acme.example${path}` }, response: { body } })
    project.write("captures/a.json", capture("/account?x=1", { id: "a", name: "A" }))
    project.write("captures/s.json", capture("/servers", { items: [{ id: "1", name: "mine" }] }))
    const { code, stdout } = await replay("--recordings", "captures")
    const { account, rows, missing, verifyError } = JSON.parse(stdout)
    expect([code, account, verifyError.code]).toEqual([1, null, expect.any(String)])
    expect(rows.servers).toMatchObject([{ name: "mine" }])
    expect(missing.map(({ request }: { request: string }) => request)).toEqual([
      "GET https://api.acme.example/account",
      "GET https://api.acme.example/domains",
    ])
    expect(missing[0].nearest[0]).toContain("a.json: query x is absent")
  })

  it("plays a HAR", async () => {
    const entry = (path: string, body: unknown) => ({
      startedDateTime: "2026-11-20T10:00:00Z",
      request: { method: "GET", url: `https://api.acme.example${path}` },
      response: { status: 200, content: { size: 2, text: JSON.stringify(body) } },
    })
    const entries = [
      entry("/account", { id: "a", name: "A" }),
      entry("/servers", { items: [{ id: "1", name: "mine" }] }),
      entry("/domains", { items: [] }),
    ]
    project.write("traffic.har", JSON.stringify({ log: { entries } }))
    const { code, stdout } = await replay("--recordings", "traffic.har")
    expect([code, JSON.parse(stdout).rows.servers.length]).toEqual([0, 1])
  })

  it("records a HAR as well", async () => {
    const { code, stdout } = await project.run(
      ["record", "acme", "--har", "traffic.har", "--out", "from-har", "--yes", "--json"],
      {},
    )
    expect([code, JSON.parse(stdout).written.sort()]).toEqual([
      0,
      ["from-har/account/one.json", "from-har/domains/list.json", "from-har/servers/list.json"],
    ])
  })

  it("lets nothing through to the network, whichever way a dock takes", async () => {
    const source = readFileSync(join(project.dir, "src/stackdock/docks/acme/index.ts"), "utf8")
    const sly = source.replace(
      "verify: async (api) =>",
      'verify: async (api) => (await import("node:http")).get("http://127.0.0.1:9") &&',
    )
    expect(sly).not.toBe(source)
    project.write("src/stackdock/docks/acme/index.ts", sly)
    const { code, stdout } = await replay()
    project.write("src/stackdock/docks/acme/index.ts", source)
    expect(code).toBe(1)
    expect(stdout).toContain("nothing reaches the network")
  })

  it("says when there is nothing to play", async () => {
    const { code, stdout } = await replay("--recordings", "nowhere")
    expect([code, JSON.parse(stdout).error.code]).toEqual([2, "no_recordings"])
  })
})

describe("check", () => {
  it("tells all that a dock lacks, with what to do about each", async () => {
    project.write("src/stackdock/docks/acme/types.ts", "// DECIDE: what is on the wire?\n")
    const { code, stdout } = await project.run(["check", "acme", "--no-test", "--json"])
    const { ok, docks } = JSON.parse(stdout)
    expect([code, ok, docks.length]).toEqual([1, false, 1])
    const bad = docks[0].checks.filter(({ state }: { state: string }) => state === "bad")
    expect(bad.every(({ fix }: { fix?: string }) => fix !== undefined)).toBe(true)
    const problems = bad.flatMap((check: { problems: string[] }) => check.problems)
    expect(problems).toEqual(
      expect.arrayContaining([
        "api.ts is missing: it is the client: one method an endpoint",
        "types.ts:1 what is on the wire?",
        "there is no section “Credential”",
      ]),
    )
  })

  it("tells what keeps a dock from loading, and goes on with the rest", async () => {
    project.write("src/stackdock/docks/broken/index.ts", "export const broken = {{")
    const { code, stdout } = await project.run(["check", "broken", "--no-test"])
    expect(code).toBe(1)
    expect(stdout).toContain("✗ The dock cannot be loaded")
    expect(stdout).toContain("recordings/ is missing")
  })
})
