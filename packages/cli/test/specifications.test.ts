import { spawn } from "node:child_process"
import { existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { beforeAll, describe, expect, test } from "vitest"
import { dockFiles } from "../src/create/dock-files.ts"
import { specFrom } from "../src/create/source.ts"
import type { DockSpec } from "../src/create/spec.ts"
import { Ask } from "../src/framework/ask.ts"
import { folder, write } from "./command.ts"

const repository = fileURLToPath(new URL("../../..", import.meta.url))
const specifications = join(repository, "../shared/specs")
const isHere = existsSync(specifications)
if (!isHere) console.warn("No specifications beside the repository: create is not tried on them.")

/** Formats that describe no HTTP API with JSON resources. Each is refused by its name. */
const REFUSED: readonly (readonly [RegExp, string])[] = [
  [/^aws-/, "AWS"],
  [/\.graphql$/, "GraphQL"],
]

const files = isHere ? readdirSync(specifications).sort() : []
const refused = files.filter((file) => REFUSED.some(([pattern]) => pattern.test(file)))
const readable = files.filter((file) => !refused.includes(file))

function providerOf(file: string): string {
  return file
    .replace(/\.(json|ya?ml)$/, "")
    .toLowerCase()
    .replace(/[^a-z\d]+/g, "-")
}

function proposed(file: string, table: readonly string[] = []): Promise<DockSpec> {
  const nobody = new Ask({ CI: "1" })
  const nothing = { har: undefined, from: undefined, title: undefined, website: undefined }
  return specFrom(
    providerOf(file),
    { ...nothing, openapi: join(specifications, file), table, yes: true },
    repository,
    nobody,
  )
}

/** A registry with these docks, which lean on the shared code of this one. */
function registryWith(specs: readonly DockSpec[]): string {
  const dir = folder({
    "package.json": '{ "type": "module" }',
    "tsconfig.json": JSON.stringify({
      extends: join(repository, "tsconfig.base.json"),
      compilerOptions: { typeRoots: [join(repository, "registry/node_modules/@types")] },
      include: ["registry/docks"],
    }),
  })
  mkdirSync(join(dir, "registry"))
  for (const part of ["core", "schema", "engine", "contract", "stores"]) {
    symlinkSync(join(repository, "registry", part), join(dir, "registry", part), "junction")
  }
  symlinkSync(join(repository, "registry/node_modules"), join(dir, "node_modules"), "junction")
  for (const spec of specs) {
    const written = [...dockFiles(spec, "2026-01-01")].map(([path, text]) => [
      `registry/docks/${spec.provider}/${path}`,
      text,
    ])
    write(dir, Object.fromEntries(written))
  }
  return dir
}

function run(
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(repository, "node_modules", program), ...args], {
      cwd,
      env: { ...process.env, NO_COLOR: "1", CI: "1" },
    })
    let said = ""
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text
      })
    }
    child.on("error", reject).on("close", (code) => resolve({ code, said }))
  })
}

describe.runIf(isHere)("published descriptions", () => {
  test.each(refused)("%s is refused by the name of its format", async (file) => {
    const [, format = ""] = REFUSED.find(([pattern]) => pattern.test(file)) ?? []
    await expect(proposed(file)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(format),
    })
  })

  test("each yields a dock that typechecks as strictly as the registry does", {
    timeout: 240_000,
  }, async () => {
    const specs: DockSpec[] = []
    for (const file of readable) specs.push(await proposed(file))
    const { code, said } = await run("typescript/lib/tsc.js", ["-p", "."], registryWith(specs))
    expect(said).toBe("")
    expect(code).toBe(0)
  })
})

/** What must be found without being told. */
const CLOUDS = [
  {
    file: "digitalocean.json",
    list: "/v2/droplets",
    items: "droplets",
    paging: { kind: "numbers", page: "page", next: "links.pages.next", total: "meta.total" },
    columns: {
      providerResourceId: "id",
      name: "name",
      primaryIpAddress: "networks.v4[type=public].ip_address",
      region: "region.slug",
    },
    status: "status",
    running: "active",
  },
  {
    file: "vultr.json",
    list: "/instances",
    items: "instances",
    paging: { kind: "cursor", cursor: "cursor", next: "meta.links.next", total: "meta.total" },
    columns: { providerResourceId: "id", name: "label", primaryIpAddress: "main_ip", region: "region" },
    status: "status",
    running: "active",
  },
  {
    file: "hetzner.json",
    list: "/servers",
    items: "servers",
    paging: { kind: "numbers", page: "page", lastPage: "meta.pagination.last_page" },
    columns: {
      providerResourceId: "id",
      name: "name",
      primaryIpAddress: "public_net.ipv4.ip",
      region: "location.name",
    },
    status: "status",
    running: "running",
  },
  {
    file: "linode.json",
    list: "/linode/instances",
    items: "data",
    paging: { kind: "numbers", page: "page", lastPage: "pages", total: "results" },
    columns: { providerResourceId: "id", name: "label", primaryIpAddress: "ipv4[0]", region: "region" },
    status: "status",
    running: "running",
  },
] as const

describe.runIf(isHere)("servers of DigitalOcean, Vultr, Hetzner and Linode", () => {
  let specs: DockSpec[]
  beforeAll(async () => {
    specs = await Promise.all(CLOUDS.map(({ file }) => proposed(file, ["servers"])))
  })

  test.each(CLOUDS)("$file: the list, its paging, and what tells a server", async (cloud) => {
    const servers = specs.find(({ provider }) => provider === providerOf(cloud.file))?.resources[0]
    expect(servers?.list).toMatchObject({ path: cloud.list, items: cloud.items, paging: cloud.paging })
    const found = Object.entries(servers?.columns ?? {}).map(([column, { from }]) => [column, from])
    expect(Object.fromEntries(found)).toMatchObject(cloud.columns)
    expect(servers?.status).toMatchObject({ from: cloud.status, words: { [cloud.running]: "running" } })
    expect(servers?.making?.inputs.map(({ name }) => name)).toContain(cloud.columns.name)
  })

  test("their docks pass the contract tests as they are written", { timeout: 240_000 }, async () => {
    const dir = registryWith(specs)
    const { code, said } = await run(
      "vitest/vitest.mjs",
      ["run", "--dir", "registry/docks", "--reporter=json"],
      dir,
    )
    const report = JSON.parse(said.slice(said.indexOf("{")))
    expect(report.testResults.flatMap(failures)).toEqual([])
    expect(report.testResults).toHaveLength(2 * CLOUDS.length)
    expect(code).toBe(0)
  })
})

interface FileResult {
  message: string
  assertionResults: { status: string; fullName: string; failureMessages: string[] }[]
}

function failures({ message, assertionResults }: FileResult): string[] {
  const failed = assertionResults.filter(({ status }) => status !== "passed")
  return [
    ...(message ? [message] : []),
    ...failed.map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages.join("; ")}`),
  ]
}
