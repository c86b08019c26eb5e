import { afterAll, describe, expect, it } from "vitest"
import { cyclesOf, inTurn } from "../../contract/cycle.ts"
import { loadRecordings } from "../../contract/node/load.ts"
import { replay } from "../../contract/replay.ts"
import { FAKE_SECRET } from "../../contract/scan.ts"
import { createTestbed } from "../../contract/testbed.ts"
import type { Action, ActionResult, Observation, Provision } from "../../core/provision.ts"
import type { Scope } from "../../core/resource.ts"
import { Facts } from "../../engine/facts.ts"
import { itemReader } from "../../engine/item-rows.ts"
import { isResourceTable, type ResourceRow, type ResourceTableName } from "../../schema/index.ts"
import type { CloudflareApi } from "./api/index.ts"
import { cloudflare } from "./index.ts"

const cycles = cyclesOf(loadRecordings())
const untold = new Set(cycles.keys())
const stage = replay([])
afterAll(() => expect([...untold]).toEqual([]))

/** Plays a cycle to the work, from its first recording to its last. */
async function during<Result>(name: string, work: (api: CloudflareApi) => Promise<Result>): Promise<Result> {
  untold.delete(name)
  const { standIn, left } = inTurn(cycles.get(name) ?? [])
  const { connect } = await createTestbed({
    dock: cloudflare,
    credentials: { apiToken: "fake-secret-token" },
  })
  const result = await stage.during(standIn, () => work(connect()))
  expect(left().map(({ file }) => file)).toEqual([])
  return result
}

const failureOf = (work: Promise<unknown> | undefined) =>
  Promise.resolve(work).catch((error: unknown) => error)

function rowOf(table: ResourceTableName, raw: unknown, scope: Scope = { id: "account" }): ResourceRow {
  const resource = cloudflare.sync[table]
  if (!resource) throw new Error(`No mapping of ${table}`)
  const { rows } = itemReader(table, resource, scope, new Facts())(raw)
  return rows[0] as ResourceRow
}

function kind(name: string): Provision<CloudflareApi> {
  const found = cloudflare.provision?.[name]
  if (!found) throw new Error(`No provision of ${name}`)
  return found
}

function stepOf(name: string) {
  const [step] = kind(name).steps
  if (!step) throw new Error(`No step in ${name}`)
  return step
}

const context = { made: {}, idempotencyKey: "key" }
const A1 = "a1".repeat(16)
const Z1 = "b1".repeat(16)
const accountId = A1
const CODE = "export default { fetch: () => new Response('Good morning') }"

interface Case {
  kind: string
  input: object
  /** What the step keeps of it. */
  made: object
  row: object
  refusal: string
  stays: string
}

const cases: Case[] = [
  {
    kind: "zone",
    input: { accountId, name: "New.example." },
    made: { id: "b9".repeat(16) },
    row: { providerResourceId: "b9".repeat(16), name: "new.example", kind: "zone", status: "pending" },
    refusal: "conflict",
    stays: "forbidden",
  },
  {
    kind: "dnsRecord",
    input: {
      zoneId: Z1,
      type: "SRV",
      name: "_xmpp._tcp.example.com",
      content: "5 5222 chat.example.net",
      priority: 10,
      ttl: 300,
      comment: "Chat",
    },
    made: { id: "de".repeat(16), data: { zone: Z1 } },
    row: {
      providerResourceId: `${Z1}/${"de".repeat(16)}`,
      zoneName: "example.com",
      recordType: "SRV",
      priority: 10,
      providerUrl: `https://dash.cloudflare.com/${A1}/example.com/dns/records`,
    },
    refusal: "conflict",
    stays: "invalid_request",
  },
  {
    kind: "pagesProject",
    input: {
      accountId,
      name: "garden",
      repositoryHost: "github",
      repositoryOwner: "harbour-studio",
      repositoryName: "garden",
      buildCommand: "npm run build",
      outputDirectory: "dist",
    },
    made: { id: "garden", data: { account: A1 } },
    row: {
      providerResourceId: `${A1}/pages/garden`,
      productionUrl: "https://garden.pages.dev",
      runtime: "pages",
    },
    refusal: "conflict",
    stays: "invalid_request",
  },
  {
    kind: "pagesDeployment",
    input: { accountId, project: "shop", branch: "redesign" },
    made: { id: `${A1}/pages/shop/00000061-1111-4222-8333-000000000061` },
    row: {
      providerResourceId: `${A1}/pages/shop/00000061-1111-4222-8333-000000000061`,
      status: "ready",
      environment: "preview",
      branch: "redesign",
    },
    refusal: "invalid_request",
    stays: "invalid_request",
  },
  {
    kind: "worker",
    input: { accountId, name: "greeter", code: CODE, compatibilityDate: "2026-11-01" },
    made: { id: "greeter", data: { account: A1 } },
    row: { providerResourceId: `${A1}/workers/greeter`, name: "greeter", runtime: "workers" },
    refusal: "invalid_request",
    stays: "invalid_request",
  },
  {
    kind: "d1Database",
    input: { accountId, name: "ledger", region: "weur" },
    made: { id: "d1d1d1d1-1111-4222-8333-000000000009", data: { account: A1 } },
    row: {
      providerResourceId: `${A1}/d1/d1d1d1d1-1111-4222-8333-000000000009`,
      name: "ledger",
      engine: "d1",
    },
    refusal: "conflict",
    stays: "invalid_request",
  },
  {
    kind: "kvNamespace",
    input: { accountId, name: "flags" },
    made: { id: "f9".repeat(16), data: { account: A1 } },
    row: { providerResourceId: `${A1}/kv/${"f9".repeat(16)}`, name: "flags", engine: "workers-kv" },
    refusal: "conflict",
    stays: "forbidden",
  },
  {
    kind: "r2Bucket",
    input: {
      accountId,
      name: "archive",
      region: "weur",
      storageClass: "InfrequentAccess",
      jurisdiction: "eu",
    },
    made: { id: "archive", data: { account: A1, jurisdiction: "eu" } },
    row: { providerResourceId: `${A1}/eu/archive`, region: "weur", storageClass: "InfrequentAccess" },
    refusal: "conflict",
    stays: "conflict",
  },
]
const findable = cases.filter(({ kind }) => stepOf(kind).find !== undefined)

/** Looks at it until it is no longer under way. */
async function watched(name: string, api: CloudflareApi, made: object, input: unknown): Promise<Observation> {
  for (let looks = 0; looks < 9; looks++) {
    const look = await kind(name).observe(api, { [stepOf(name).name]: { id: "", ...made } }, input)
    if (look.state !== "pending") return look
  }
  throw new Error("It is still pending.")
}

describe("what can be made", () => {
  it("has a cycle here, each of it", () => {
    expect(cases.map((it) => it.kind)).toEqual(Object.keys(cloudflare.provision ?? {}))
  })

  it.each(cases)(
    "$kind is made, seen to be ready, removed, and no longer there to be removed",
    async (it) => {
      const { table, input: shape, destroy, appliesTo } = kind(it.kind)
      const input = shape.parse(it.input)
      const { made, row } = await during(it.kind, async (api) => {
        const made = await stepOf(it.kind).create(api, input, context)
        const look = await watched(it.kind, api, made, input)
        if (look.state !== "ready") throw new Error(`It was ${look.state}`)
        const row = rowOf(table, look.item, look.scope)
        await destroy(api, row)
        await stepOf(it.kind).undo(api, made, { made: {} })
        return { made, row }
      })
      expect(made).toEqual(it.made)
      expect(row).toMatchObject(it.row)
      expect(appliesTo?.(row) ?? true).toBe(true)
    },
  )

  it.each(findable)("$kind is found again after an interruption", async ({ kind: name, input, made }) => {
    const found = await during(`${name}-interrupted`, async (api) =>
      stepOf(name).find?.(api, kind(name).input.parse(input), context),
    )
    expect(found).toEqual(made)
  })

  it.each(findable)("$kind is certainly not there where it was not begun", async ({ kind: name, input }) => {
    const found = await during(`${name}-not-begun`, async (api) =>
      stepOf(name).find?.(api, kind(name).input.parse(input), context),
    )
    expect(found).toBeNull()
  })

  it.each(findable)(
    "$kind is not said to be missing by an answer that failed",
    async ({ kind: name, input }) => {
      const { connect } = await createTestbed({
        dock: cloudflare,
        credentials: { apiToken: "fake-secret-token" },
      })
      const error = await stage.during(
        () => Response.json({ success: false, errors: [] }, { status: 500 }),
        () => failureOf(stepOf(name).find?.(connect(), kind(name).input.parse(input), context)),
      )
      expect(error).toMatchObject({ code: "provider_error" })
    },
  )

  it.each(cases)(
    "$kind that is refused is told in Cloudflare's words",
    async ({ kind: name, input, refusal }) => {
      const error = await during(`${name}-refused`, (api) =>
        failureOf(stepOf(name).create(api, kind(name).input.parse(input), context)),
      )
      expect(error).toMatchObject({ code: refusal, providerCode: expect.stringMatching(/^\d+$/) })
    },
  )

  it.each(cases)("$kind that cannot be removed says why", async ({ kind: name, row, made, stays }) => {
    const full = { ...rowOf("domains", { id: "x" }, zones), ...row }
    const error = await during(`${name}-stays`, (api) => failureOf(kind(name).destroy(api, full)))
    expect(error).toMatchObject({ code: stays })
    const undone = await during(`${name}-stays`, (api) =>
      failureOf(stepOf(name).undo(api, { id: "", ...made }, { made: {} })),
    )
    expect(undone).toMatchObject({ code: stays })
  })

  it.each(cases)("$kind that vanishes before it is ready has failed", async ({ kind: name, made, input }) => {
    const look = await during(`${name}-vanished`, (api) =>
      watched(name, api, made, kind(name).input.parse(input)),
    )
    expect(look).toMatchObject({ state: "failed", code: "not_found" })
  })

  it("is told apart by kind where several share a table", () => {
    const worker = rowOf("webServices", { id: "edge" }, { id: "x", data: { kind: "workers", account: A1 } })
    expect(kind("worker").appliesTo?.(worker)).toBe(true)
    expect(kind("pagesProject").appliesTo?.(worker)).toBe(false)
    const kv = rowOf("databases", { id: "7" }, { id: "x", data: { kind: "kv", account: A1 } })
    expect(kind("kvNamespace").appliesTo?.(kv)).toBe(true)
    expect(kind("d1Database").appliesTo?.(kv)).toBe(false)
  })
})

describe("a deployment", () => {
  it("whose build fails has failed, and is a row all the same", async () => {
    const input = kind("pagesDeployment").input.parse({ accountId, project: "shop", branch: "redesign" })
    const look = await during("pagesDeployment-fails", async (api) => {
      const made = await stepOf("pagesDeployment").create(api, input, context)
      return watched("pagesDeployment", api, made, input)
    })
    expect(look).toMatchObject({ state: "failed", code: "build_failure" })
    if (look.state !== "failed") throw new Error("It did not fail.")
    expect(rowOf("deployments", look.item, look.scope)).toMatchObject({ status: "failed" })
  })

  it("has no way to be found again, and does not pretend to", () => {
    expect(stepOf("pagesDeployment").find).toBeUndefined()
  })
})

describe("a Worker", () => {
  it("is never uploaded over one that somebody else made", async () => {
    const input = kind("worker").input.parse(cases.find((it) => it.kind === "worker")?.input)
    const error = await during("worker-taken", (api) =>
      failureOf(stepOf("worker").find?.(api, input, context)),
    )
    expect(error).toMatchObject({ code: "conflict", message: expect.stringContaining('"greeter" already') })
  })
})

describe("a DNS record", () => {
  const parse = (input: object) =>
    kind("dnsRecord").input.safeParse({ zoneId: Z1, name: "example.com", ...input })

  it("of text is the same with and without the quotes that Cloudflare adds, and not in another case", async () => {
    const input = parse({ type: "TXT", content: "v=spf1 -all" }).data
    const found = await during("dnsRecord-text-interrupted", async (api) =>
      stepOf("dnsRecord").find?.(api, input, context),
    )
    expect(found).toEqual({ id: "dd".repeat(16), data: { zone: Z1 } })
  })

  it.each([
    ["content", { type: "SRV", content: "sip.example.net", priority: 1 }, "weight port target"],
    ["priority", { type: "MX", content: "mx.example.net" }, "is needed for MX"],
    ["priority", { type: "A", content: "192.0.2.1", priority: 1 }, "is not for A"],
    ["proxied", { type: "TXT", content: "x", proxied: true }, "only for A, AAAA, CNAME"],
    ["ttl", { type: "A", content: "192.0.2.1", ttl: 5 }, "30"],
    ["type", { type: "SPF", content: "x" }, "CNAME"],
    ["zoneId", { zoneId: "example.com", type: "A", content: "192.0.2.1" }, "32 hexadecimal digits"],
  ])("is refused for its %s before anything is sent (%j)", (field, input, words) => {
    const [issue] = parse(input).error?.issues ?? []
    expect(issue?.path.join(".")).toBe(field)
    expect(issue?.message).toContain(words)
  })
})

const zones = { id: "zones", data: { kind: "zones" } }
const zoneRow = () => rowOf("domains", { id: Z1, name: "example.com" }, zones)
const recordScope = { id: "x", data: { id: Z1, name: "example.com", url: null } }
const recordRow = (record: object) => rowOf("dnsRecords", record, recordScope)
const addressRow = () =>
  recordRow({ id: "dd".repeat(16), type: "A", name: "example.com", content: "192.0.2.1" })
const serviceRow = () =>
  recordRow({
    id: "de".repeat(16),
    type: "SRV",
    name: "_xmpp._tcp.example.com",
    content: "5 5222 chat.example.net",
    priority: 10,
  })
const pagesRow = () =>
  rowOf(
    "webServices",
    { name: "shop", production_branch: "main" },
    { id: "x", data: { kind: "pages", account: A1 } },
  )
const workerRow = () =>
  rowOf("webServices", { id: "edge-api" }, { id: "x", data: { kind: "workers", account: A1 } })
const liveRow = () =>
  rowOf(
    "deployments",
    {
      id: "00000051-1111-4222-8333-000000000051",
      environment: "production",
      latest_stage: { name: "deploy", status: "success" },
    },
    { id: "x", data: { account: A1, project: "shop" } },
  )

const live = { deploymentId: "00000051-1111-4222-8333-000000000051" }
const domain = "Store.example.com"
const variable = { variables: { MAIL_KEY: "fake-secret-mail-key" } }
const batch = {
  remove: [`${Z1}/${"d0".repeat(16)}`],
  add: [
    { type: "A", name: "shop.example.com", content: "192.0.2.20", proxied: true },
    { type: "MX", name: "example.com", content: "mx2.example.net", priority: 20 },
  ],
}
const moved = { content: "192.0.2.99", ttl: 120, comment: "Moved" }

function actionOf(table: string, name: string): Action<CloudflareApi> {
  const found = isResourceTable(table) ? cloudflare.actions?.[table]?.[name] : undefined
  if (!found) throw new Error(`No action ${table}.${name}`)
  return found
}

const run = (table: string, name: string, row: ResourceRow, input: object, cycle: string) => {
  const { input: shape, run, appliesTo } = actionOf(table, name)
  expect(appliesTo?.(row) ?? true).toBe(true)
  return during(cycle, (api) => failureOf(run(api, row, shape.parse(input), context)))
}

describe("what can be done", () => {
  it("has a cycle here, each of it, and one that is refused", () => {
    const names = Object.entries(cloudflare.actions ?? {}).flatMap(([table, actions]) =>
      Object.keys(actions).map((name) => `${table}.${name}`),
    )
    for (const name of names) {
      expect(
        [...cycles.keys()].some((cycle) => cycle.startsWith(name) && !cycle.endsWith("-refused")),
        name,
      ).toBe(true)
      expect(cycles.has(`${name}-refused`), name).toBe(true)
    }
  })

  it.each([
    ["domains", "purgeCache", zoneRow, {}, "", "whole cache"],
    [
      "domains",
      "purgeCache",
      zoneRow,
      { files: ["https://example.com/a.css", "https://example.com/b.js"] },
      "-files",
      "of these",
    ],
    ["domains", "setPaused", zoneRow, { paused: true }, "", "is paused"],
    ["domains", "changeRecords", zoneRow, batch, "", "1 records removed, 2 added"],
    ["dnsRecords", "update", addressRow, moved, "", "changed"],
    ["dnsRecords", "update", serviceRow, { priority: 30 }, "-priority", "changed"],
    ["webServices", "addDomain", pagesRow, { name: domain }, "-pages", "store.example.com is being added"],
    ["webServices", "addDomain", workerRow, { name: domain }, "-worker", "store.example.com is being added"],
    ["webServices", "removeDomain", pagesRow, { name: domain }, "-pages", "is removed"],
    ["webServices", "removeDomain", workerRow, { name: domain }, "-worker", "is removed"],
    ["webServices", "setEnvironmentVariables", pagesRow, variable, "-pages", "for production"],
    ["webServices", "setEnvironmentVariables", workerRow, variable, "-worker", "Set: MAIL_KEY"],
    [
      "webServices",
      "removeEnvironmentVariables",
      pagesRow,
      { names: ["MAIL_KEY"] },
      "-pages",
      "Removed: MAIL_KEY",
    ],
    [
      "webServices",
      "removeEnvironmentVariables",
      workerRow,
      { names: ["MAIL_KEY"] },
      "-worker",
      "Removed: MAIL_KEY",
    ],
    ["webServices", "redeploy", pagesRow, {}, "", "head of main"],
    [
      "webServices",
      "configure",
      pagesRow,
      { productionBranch: "main", buildCommand: "npm run all" },
      "",
      "next",
    ],
    ["webServices", "deploy", workerRow, { code: CODE }, "", "is live"],
    ["webServices", "rollback", pagesRow, live, "", "goes back"],
    ["deployments", "retry", liveRow, {}, "", "again"],
  ])("%s.%s does what it says (%#)", async (table, name, row, input, variant, words) => {
    const result = await run(table, name, row(), input, `${table}.${name}${variant}`)
    expect(result).toHaveProperty("message", expect.stringContaining(words))
    const { item, scope, ...told } = result as ActionResult
    const kept = item && isResourceTable(table) ? rowOf(table, item, scope) : undefined
    expect(JSON.stringify([told, kept])).not.toContain(FAKE_SECRET)
  })

  it.each([
    ["domains", "purgeCache", zoneRow, {}, "forbidden"],
    ["domains", "setPaused", zoneRow, { paused: true }, "not_found"],
    ["domains", "changeRecords", zoneRow, batch, "conflict"],
    ["dnsRecords", "update", addressRow, moved, "invalid_request"],
    ["webServices", "addDomain", pagesRow, { name: domain }, "conflict"],
    ["webServices", "removeDomain", pagesRow, { name: domain }, "invalid_request"],
    ["webServices", "setEnvironmentVariables", workerRow, variable, "not_found"],
    ["webServices", "removeEnvironmentVariables", workerRow, { names: ["MAIL_KEY"] }, "forbidden"],
    ["webServices", "redeploy", pagesRow, {}, "invalid_request"],
    [
      "webServices",
      "configure",
      pagesRow,
      { productionBranch: "main", buildCommand: "npm run all" },
      "not_found",
    ],
    ["webServices", "deploy", workerRow, { code: CODE }, "invalid_request"],
    ["webServices", "rollback", pagesRow, live, "invalid_request"],
    ["deployments", "retry", liveRow, {}, "not_found"],
  ])("%s.%s says why it cannot be", async (table, name, row, input, code) => {
    const error = await run(table, name, row(), input, `${table}.${name}-refused`)
    expect(error).toMatchObject({ code })
    expect(JSON.stringify(error)).not.toContain(FAKE_SECRET)
  })

  it("tells the changed record as a row", async () => {
    const result = await run("dnsRecords", "update", addressRow(), moved, "dnsRecords.update")
    const { item, scope } = result as { item: unknown; scope: Scope }
    expect(rowOf("dnsRecords", item, scope)).toMatchObject({
      content: "192.0.2.99",
      ttl: 120,
      comment: "Moved",
    })
  })

  it("names the deployment that it makes", async () => {
    const result = await run("webServices", "redeploy", pagesRow(), {}, "webServices.redeploy")
    expect(result).toHaveProperty(
      "madeProviderResourceId",
      `${A1}/pages/shop/00000062-1111-4222-8333-000000000062`,
    )
  })

  it("gives a Worker no domain of a zone that another account has", async () => {
    const error = await run(
      "webServices",
      "addDomain",
      workerRow(),
      { name: domain },
      "webServices.addDomain-no-zone",
    )
    expect(error).toMatchObject({ code: "not_found", message: expect.stringContaining("store.example.com") })
  })

  it("sends no batch that would reach into another zone", async () => {
    const { input, run } = actionOf("domains", "changeRecords")
    const { connect } = await createTestbed({
      dock: cloudflare,
      credentials: { apiToken: "fake-secret-token" },
    })
    const foreign = input.parse({ remove: [`${"b2".repeat(16)}/${"d0".repeat(16)}`] })
    expect(await failureOf(run(connect(), zoneRow(), foreign, context))).toMatchObject({
      code: "invalid_request",
    })
  })

  it("is not offered to rows of another kind", () => {
    expect(actionOf("webServices", "redeploy").appliesTo?.(workerRow())).toBe(false)
    expect(actionOf("webServices", "deploy").appliesTo?.(pagesRow())).toBe(false)
    const attached = rowOf(
      "domains",
      { id: "1", hostname: "a.example.com" },
      {
        id: "x",
        data: { kind: "worker-domains", account: A1 },
      },
    )
    expect(actionOf("domains", "purgeCache").appliesTo?.(attached)).toBe(false)
    expect(kind("zone").appliesTo?.(attached)).toBe(false)
  })
})
