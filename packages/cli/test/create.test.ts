import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { emptyProject, errorOf, folder, json, snapshot, stackdock } from "./command.ts"

const create = (cwd: string, ...args: string[]) =>
  stackdock(["create", ...args, "--yes", "--json", "--no-install"], { cwd })

/** An API with one list of machines, small enough to be read here. */
const machines = {
  openapi: "3.1.0",
  info: { title: "Quayside Cloud API", version: "2026-01" },
  servers: [{ url: "https://api.quayside.example/v3" }],
  components: {
    securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Quay-Key" } },
    schemas: {
      machine: {
        type: "object",
        properties: {
          uuid: { type: "string", format: "uuid" },
          label: { type: "string" },
          state: { type: "string", enum: ["booting", "on", "off", "drydocked"] },
          harbour: { type: "object", properties: { parent: { $ref: "#/components/schemas/machine" } } },
          public_ip: { type: "string", format: "ipv4" },
          region: { type: "string" },
          root_password: { type: "string" },
          rescue: { type: "string", description: "The private key for the rescue system" },
        },
      },
    },
  },
  paths: {
    "/machines": {
      get: {
        operationId: "listMachines",
        parameters: [
          { name: "cursor", in: "query", schema: { type: "string" } },
          { name: "limit", in: "query", schema: { type: "integer", maximum: 50 } },
        ],
        responses: {
          200: {
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  properties: {
                    machines: { type: "array", items: { $ref: "#/components/schemas/machine" } },
                    next_cursor: { type: ["string", "null"] },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
}

/** As the registry's own repository is told from any other. */
function checkout(): string {
  return folder({
    "registry.json": "{}\n",
    "registry/docks/gridpane/index.ts": "export const gridpane = 1\n",
    "scripts/generate/items.ts": [
      'import { gridpane } from "../../registry/docks/gridpane/index.ts"',
      'import { vercel } from "../../registry/docks/vercel/index.ts"',
      "",
      "export const publishedDocks: readonly AnyDock[] = [vercel, gridpane]",
      "",
    ].join("\n"),
    "quayside.json": JSON.stringify(machines),
  })
}

describe.concurrent("create", () => {
  test("lays a dock down in a project, with the shared code it leans on, and lists it", async () => {
    const cwd = emptyProject()
    const outcome = await create(cwd, "acme-cloud")
    expect(outcome).toMatchObject({ code: 0 })
    const list = readFileSync(join(cwd, "src/stackdock/docks/index.ts"), "utf8")
    expect(list).toContain("acmeCloud")
    const paths = Object.keys(snapshot(cwd))
    expect(paths).toEqual(
      expect.arrayContaining([
        "src/stackdock/core/dock.ts",
        "src/stackdock/contract/conformance.ts",
        "src/stackdock/stackdock.ts",
        "src/stackdock/docks/acme-cloud/index.ts",
        "src/stackdock/docks/acme-cloud/acme-cloud.contract.test.ts",
        "src/stackdock/docks/acme-cloud/recordings/servers.rows.json",
      ]),
    )
    const decisions = json(outcome)["decisions"] as { what: string }[]
    expect(decisions.map(({ what }) => what)).toContain("where is the API?")
  })

  test("registers a dock in the registry's own repository", async () => {
    const cwd = checkout()
    const outcome = await create(join(cwd, "registry"), "quayside", "--openapi", "../quayside.json")
    expect(outcome).toMatchObject({ code: 0 })
    expect(readFileSync(join(cwd, "scripts/generate/items.ts"), "utf8")).toBe(
      [
        'import { gridpane } from "../../registry/docks/gridpane/index.ts"',
        'import { quayside } from "../../registry/docks/quayside/index.ts"',
        'import { vercel } from "../../registry/docks/vercel/index.ts"',
        "",
        "export const publishedDocks: readonly AnyDock[] = [vercel, gridpane, quayside]",
        "",
      ].join("\n"),
    )
  })

  test("proposes the list, its paging, the mapping, what is secret, and leaves open what is not told", async () => {
    const cwd = checkout()
    const outcome = await create(cwd, "quayside", "--openapi", "quayside.json", "--dry-run")
    expect(json(outcome)["spec"]).toMatchObject({
      title: "Quayside",
      baseUrl: { url: "https://api.quayside.example/v3" },
      authentication: { kind: "header", header: "X-Quay-Key" },
      resources: [
        {
          table: "servers",
          list: {
            path: "/machines",
            items: "machines",
            paging: {
              kind: "cursor",
              cursor: "cursor",
              next: "next_cursor",
              size: { name: "limit", most: 50 },
            },
          },
          columns: {
            providerResourceId: { from: "uuid" },
            name: { from: "label" },
            primaryIpAddress: { from: "public_ip" },
          },
          status: {
            from: "state",
            words: { booting: "provisioning", on: "running", off: "stopped" },
            open: ["drydocked"],
          },
          redact: ["rescue"],
        },
      ],
    })
    expect(outcome.stderr).toContain('what is meant by "drydocked"?')
    expect(Object.keys(snapshot(cwd)).filter((path) => path.includes("quayside/"))).toEqual([])
  })

  test("--from writes the same as what --dry-run --json proposed, and what was changed in it", async () => {
    const cwd = checkout()
    const proposal = await create(cwd, "quayside", "--openapi", "quayside.json", "--dry-run")
    writeFileSync(join(cwd, "spec.json"), proposal.stdout.replaceAll("drydocked", "scrapped"))
    expect(await create(cwd, "quayside", "--from", "spec.json")).toMatchObject({ code: 0 })
    const servers = readFileSync(join(cwd, "registry/docks/quayside/sync/servers.ts"), "utf8")
    expect(servers).toContain('DECIDE: what is meant by "scrapped"?')
  })

  test.each([
    ["a name that is none", ["Acme Cloud"], 2, "usage"],
    ["a table that does not exist", ["acme", "--table", "machines"], 2, "usage"],
    ["two sources", ["acme", "--from", "a.json", "--openapi", "b.json"], 2, "usage"],
    ["a file that is not there", ["acme", "--openapi", "nowhere.json"], 2, "unreadable_description"],
    ["a website that is no address", ["acme", "--website", "acme"], 2, "usage"],
  ])("refuses %s before anything is written", async (_, args, code, word) => {
    const cwd = checkout()
    const before = snapshot(cwd)
    const outcome = await create(cwd, ...args)
    expect(outcome.code).toBe(code)
    expect(errorOf(outcome).code).toBe(word)
    expect(snapshot(cwd)).toEqual(before)
  })

  test.each([
    ["a GraphQL schema", "type Query {\n  servers: [Server!]!\n}\n", "GraphQL"],
    ["captured traffic", '{"log":{"entries":[]}}', "--har"],
    ["AWS's own model", '{"metadata":{"protocol":"query"},"operations":{},"shapes":{}}', "AWS"],
    ["what is neither JSON nor YAML", '{"openapi": "3.0.0", ]', "neither JSON nor YAML"],
    ["something else", "[]", "no object"],
  ])("says of %s what it is", async (_, text, words) => {
    const cwd = checkout()
    writeFileSync(join(cwd, "api.txt"), text)
    const outcome = await create(cwd, "acme", "--openapi", "api.txt")
    expect(outcome.code).toBe(2)
    expect(errorOf(outcome).message).toContain(words)
  })

  test("never writes over a dock that is there", async () => {
    const cwd = checkout()
    const before = snapshot(cwd)
    const outcome = await create(cwd, "gridpane")
    expect(outcome.code).toBe(3)
    expect(errorOf(outcome).code).toBe("conflict")
    expect(snapshot(cwd)).toEqual(before)
  })
})
