import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { propose } from "../src/create/propose/index.ts"
import { specFrom } from "../src/create/source.ts"
import type { DockSpec } from "../src/create/spec.ts"
import { Ask } from "../src/framework/ask.ts"
import { describeOpenApi } from "../src/openapi/openapi.ts"
import { registryWith, repository, runContractTests, typecheck } from "./created-docks.ts"

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

describe.runIf(isHere)("published descriptions", () => {
  test.each(refused)("%s is refused by the name of its format", async (file) => {
    const [, format = ""] = REFUSED.find(([pattern]) => pattern.test(file)) ?? []
    await expect(proposed(file)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(format),
    })
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
})

type Node = Record<string, unknown>

const text = { type: "string" }
const whole = { type: "integer" }
const object = (properties: Node): Node => ({ type: "object", properties })
const listOf = (items: Node): Node => ({ type: "array", items })

interface Told {
  query?: readonly string[]
  answer: Node
  headers?: Node
  path?: readonly string[]
}

function get({ query = [], path = [], answer, headers }: Told): { get: Node } {
  const parameters = [
    ...path.map((name) => ({ name, in: "path", required: true, schema: text })),
    ...query.map((name) => ({
      name,
      in: "query",
      required: name === "cluster",
      schema: /token|cursor|cluster/.test(name) ? text : whole,
    })),
  ]
  const content = { "application/json": { schema: answer } }
  return { get: { parameters, responses: { 200: { content, ...(headers ? { headers } : {}) } } } }
}

function specOf(provider: string, paths: Node, scheme: Node): DockSpec {
  const description = describeOpenApi({
    openapi: "3.0.3",
    info: { title: provider, version: "1" },
    servers: [{ url: `https://api.${provider}.example` }],
    components: { securitySchemes: { only: scheme } },
    paths,
  })
  const { candidates, specFor } = propose(description)
  const best = [...candidates.values()].flatMap(([first]) => first ?? [])
  const website = `https://${provider}.example`
  return specFor({ provider, title: provider, website, source: "document" }, best)
}

const thing = object({ id: text, name: text, state: { ...text, enum: ["active", "failed"] } })

/** Each list goes on in another way. */
const pagings = specOf(
  "pagings",
  {
    "/servers": get({
      query: ["page_token"],
      answer: object({ servers: listOf(thing), next_page_token: text }),
    }),
    "/domains": get({ query: ["cursor"], answer: listOf(object({ cursor: text, domain: thing })) }),
    "/databases": get({ query: ["page"], answer: listOf(thing), headers: { Link: { schema: text } } }),
    "/volumes": get({ answer: object({ value: listOf(thing), nextLink: text }) }),
    "/buckets": get({ query: ["offset", "limit"], answer: object({ data: listOf(thing), total: whole }) }),
    "/issues": get({ query: ["page"], answer: listOf(thing) }),
    "/backups": get({
      query: ["page"],
      answer: object({
        result: object({ backups: listOf(thing) }),
        meta: object({ next_page: whole, total: whole }),
      }),
    }),
  },
  { type: "apiKey", in: "header", name: "X-Key" },
)

const item = object({ id: whole, name: text, type: text, content: text, ttl: whole, created_at: text })

const named = { content: { "application/json": { schema: object({ name: text }) } } }

/** Lists within lists, below a place that no list tells. */
const places = specOf(
  "places",
  {
    "/{organization}/projects": get({
      path: ["organization"],
      answer: listOf(object({ slug: text, name: text })),
    }),
    "/buckets": {
      ...get({ query: ["cluster"], answer: object({ buckets: listOf(thing) }) }),
      post: { ...get({ query: ["cluster"], answer: thing })["get"], requestBody: named },
    },
    "/buckets/{id}": {
      ...get({ path: ["id"], answer: thing }),
      delete: get({ path: ["id"], answer: thing })["get"],
    },
    "/{organization}/projects/{project}/zones": get({
      path: ["organization", "project"],
      query: ["page"],
      answer: object({ zones: listOf(object({ id: whole, name: text, dns: text })), last_page: whole }),
    }),
    "/{organization}/projects/{project}/zones/{zone_id}/records": get({
      path: ["organization", "project", "zone_id"],
      answer: object({ records: listOf(item) }),
    }),
  },
  { type: "http", scheme: "basic" },
)

describe("descriptions of all sorts", () => {
  test("every way in which a list goes on is recognised", () => {
    const kinds = pagings.resources.map(({ table, list: { paging } }) => [table, paging.kind])
    expect(Object.fromEntries(kinds)).toEqual({
      servers: "cursor",
      domains: "cursor",
      databases: "links",
      blockVolumes: "links",
      buckets: "offset",
      issues: "numbers",
      backups: "numbers",
    })
    expect(pagings.resources.find(({ table }) => table === "issues")?.list.decide).toContain(
      "does not say how",
    )
  })

  test("what the query must say when one is made is said", () => {
    const buckets = places.resources.find(({ table }) => table === "buckets")
    expect(buckets?.making).toMatchObject({ path: "/buckets/{id}", query: ["cluster"] })
  })

  test("a list within others is asked for in each of them; what no list tells is asked of a person", () => {
    const records = places.resources.find(({ table }) => table === "dnsRecords")
    expect(records?.list.within).toMatchObject({
      parameter: "zone_id",
      id: "id",
      of: { within: { parameter: "project", id: "slug", of: { path: "/{organization}/projects" } } },
    })
    expect(places.places).toEqual(
      expect.arrayContaining([
        { name: "organization", title: "Organization" },
        { name: "cluster", title: "Cluster" },
      ]),
    )
    expect(records?.columns["domainProviderId"]).toEqual({ from: "zone_id", as: "scope" })
  })
})

/** One program and one run for all: what takes time is to begin. */
describe("docks as they are created", () => {
  test("each typechecks as strictly as the registry does", { timeout: 240_000 }, async () => {
    const specs: DockSpec[] = [pagings, places]
    for (const file of readable) specs.push(await proposed(file))
    expect(await typecheck(registryWith(specs))).toBe("")
  })

  test("each passes its contract tests as it was written", { timeout: 240_000 }, async () => {
    const clouds = isHere ? CLOUDS : []
    const specs = await Promise.all(clouds.map(({ file }) => proposed(file, ["servers"])))
    const { files, failures } = await runContractTests(registryWith([pagings, places, ...specs]))
    expect(failures).toEqual([])
    expect(files).toBe(3 + 2 * clouds.length)
  })
})
