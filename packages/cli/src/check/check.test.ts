import { describe, expect, it } from "vitest"
import type { Recording } from "../../../../registry/contract/recording.ts"
import { type AnyDock, defineDock } from "../../../../registry/core/dock.ts"
import { gridpane } from "../../../../registry/docks/gridpane/index.ts"
import type { DockFiles } from "./dock-files.ts"
import { age, coverage, endpointsIn, hosts, provenance, type RecordedFiles, secrets } from "./recordings.ts"
import { fieldOrder, readme, shape } from "./shape.ts"
import { decided, imports, size } from "./source.ts"

const home = { kind: "registry", dir: "/nowhere", root: "registry" } as const

function dock(files: Record<string, string>): DockFiles {
  return { home, provider: "acme", folder: "registry/docks/acme", files: new Map(Object.entries(files)) }
}

function recorded(more: Partial<Recording> = {}): RecordedFiles {
  const one: Recording = {
    file: "things/list.json",
    scenario: "things",
    provenance: { kind: "live", date: "2026-11-01", apiVersion: "v1" },
    request: { method: "GET", url: "https://my.gridpane.com/v1/things" },
    response: { status: 200, body: [] },
    ...more,
  }
  return { recordings: [one], rows: [], unreadable: [] }
}

describe("check finds", () => {
  it("files that are missing, and what each is for", () => {
    const { state, problems } = shape(dock({ "index.ts": "", "api/index.ts": "", "types.ts": "" }), gridpane)
    expect(state).toBe("bad")
    expect(problems).toEqual([
      "sync.ts is missing: it says where rows come from, and maps them",
      "README.md is missing: it tells what the dock reads, needs and does not cover",
      "provision.ts is missing: it makes and removes",
      "acme.contract.test.ts is missing: it proves it all",
      "recordings/ is missing",
    ])
  })

  it("parts of a dock in another order", () => {
    const { provider, ...rest } = gridpane
    const odd: AnyDock = defineDock({ ...rest, provider })
    expect(fieldOrder(gridpane).state).toBe("good")
    expect(fieldOrder(odd)).toMatchObject({ state: "bad", problems: ["title is out of its place"] })
  })

  it("sources that are too long, but not tests", () => {
    const long = "\n".repeat(251)
    expect(size(dock({ "api.ts": long, "acme.contract.test.ts": long })).problems).toEqual([
      "api.ts has 251 lines",
    ])
  })

  it.each([
    ['import got from "got"', "got"],
    ['import { b } from "../other/index.ts"', "../other/index.ts"],
    ['import { scan } from "../../contract/scan.ts"', "../../contract/scan.ts"],
    ['import { readFileSync } from "node:fs"', "node:fs"],
  ])("what must not be imported: %s", (source, specifier) => {
    const [problem] = imports(dock({ "api.ts": source })).problems
    expect(problem).toContain(`api.ts imports ${specifier}: `)
  })

  it.each(["../../core/dock.ts", "../../core/dock.js", "../../core/dock"])(
    "nothing wrong with imports of core, as a project writes them: %s",
    (specifier) =>
      expect(imports(dock({ "api.ts": `import { x } from "${specifier}"\n` })).problems).toEqual([]),
  )

  it("places that nobody has decided", () => {
    const { state, problems } = decided(dock({ "sync.ts": "\n// DECIDE: is stopped off?\n" }))
    expect([state, problems]).toEqual(["bad", ["sync.ts:2 is stopped off?"]])
  })

  it("sections of the README that are missing, and tables that it does not tell", () => {
    const text = "## Mapping\n`servers`\n## Credential\n## Endpoints\n"
    const { servers, domains } = gridpane.sync
    if (!servers || !domains) throw new Error("The dock has changed.")
    const definition: AnyDock = { ...gridpane, sync: { servers, domains } }
    const { problems } = readme(dock({ "README.md": text }), definition)
    expect(problems).toEqual([
      "there is no section “Not covered”",
      "the sections stand in another order than Credential, Endpoints, Mapping, Not covered",
      "there is no section “Limits”",
      "it says nothing of domains, which the dock fills",
    ])
  })

  it("recordings that cannot be read, and dates to come", () => {
    const tomorrow = recorded({ provenance: { kind: "live", date: "2026-11-21", apiVersion: "v1" } })
    expect(
      provenance({ ...tomorrow, unreadable: ["x.json: provenance: Required"] }, "2026-11-20").problems,
    ).toEqual([
      "x.json: provenance: Required",
      "things/list.json is dated 2026-11-21, which is still to come",
    ])
    expect(provenance({ ...recorded(), recordings: [] }, "2026-11-20").problems).toEqual([
      "there is no recording",
    ])
  })

  it("recordings older than a year, as a notice", () => {
    expect(age(recorded(), "acme", "2027-11-01").state).toBe("good")
    expect(age(recorded(), "acme", "2027-11-02")).toMatchObject({
      state: "notice",
      fix: "npx stackdock record acme",
    })
  })

  it("secrets in recordings and in rows, without quoting them", () => {
    const planted = recorded({
      response: { status: 200, body: { ip: [8, 8, 8, 8].join("."), token: "b7d9a1" } },
    })
    const rows = [{ file: "servers.rows.json", held: [{ primaryIpAddress: [8, 8, 4, 4].join(".") }] }]
    expect(secrets({ ...planted, rows }).problems).toEqual([
      "things/list.json: response.body.ip: the public address",
      'things/list.json: response.body.token: a secret that does not start with "fake-secret-"',
      "servers.rows.json: [0].primaryIpAddress: the public address",
    ])
  })

  it("hosts that the dock does not name", () => {
    const other = recorded({ request: { method: "GET", url: "https://api.example.com/v1/things" } })
    expect(hosts(recorded(), gridpane).state).toBe("good")
    expect(hosts(other, gridpane).problems).toEqual(["api.example.com is called by a recording"])
  })

  it("endpoints without a recording", () => {
    const api =
      'this.#http.get("/things")\nthis.#http.delete("/things/{id}", { params })\nthis.#pages("/parts")'
    expect(coverage(dock({ "api.ts": api }), recorded()).problems).toEqual([
      "DELETE /things/{id} (api.ts)",
      "/parts (api.ts)",
    ])
  })

  it("endpoints in whichever way they are written, and nothing else", () => {
    const source = [
      '/** Not "/this". */',
      '// nor "/that"',
      'http.post("/a/{id}", { json })',
      "http.get(`/b/$" + "{kind}`)",
      'pages("/c", read)',
      'import { x } from "./d.ts"',
      'files: { "/index.html": digest }',
      'path.split("/")',
    ].join("\n")
    expect(endpointsIn(source)).toEqual([
      { method: "POST", path: "/a/{id}" },
      { method: "GET", path: "/b/{…}" },
      { method: undefined, path: "/c" },
    ])
  })
})
