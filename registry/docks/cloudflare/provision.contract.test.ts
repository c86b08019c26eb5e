import { describe, expect, it } from "vitest"
import { inTurn } from "../../contract/cycle.ts"
import { loadRecordings } from "../../contract/node/load.ts"
import { type Doing, failureOf, type Making, provisioningConformance } from "../../contract/provisioning.ts"
import { createTestbed } from "../../contract/testbed.ts"
import type { Scope } from "../../core/resource.ts"
import type { CloudflareApi } from "./api/index.ts"
import { cloudflare } from "./index.ts"

const credentials = { apiToken: "fake-secret-token" }
const A1 = "a1".repeat(16)
const Z1 = "b1".repeat(16)
const accountId = A1
const CODE = "export default { fetch: () => new Response('Good morning') }"

const makes: Readonly<Record<string, Making>> = {
  zone: {
    input: { accountId, name: "New.example." },
    row: { providerResourceId: "b9".repeat(16), name: "new.example", kind: "zone", status: "pending" },
  },
  dnsRecord: {
    input: {
      zoneId: Z1,
      type: "SRV",
      name: "_xmpp._tcp.example.com",
      content: "5 5222 chat.example.net",
      priority: 10,
      ttl: 300,
      comment: "Chat",
    },
    row: {
      providerResourceId: `${Z1}/${"de".repeat(16)}`,
      zoneName: "example.com",
      recordType: "SRV",
      priority: 10,
      providerUrl: `https://dash.cloudflare.com/${A1}/example.com/dns/records`,
    },
  },
  pagesProject: {
    input: {
      accountId,
      name: "garden",
      repositoryHost: "github",
      repositoryOwner: "harbour-studio",
      repositoryName: "garden",
      buildCommand: "npm run build",
      outputDirectory: "dist",
    },
    row: {
      providerResourceId: `${A1}/pages/garden`,
      productionUrl: "https://garden.pages.dev",
      runtime: "pages",
    },
  },
  pagesDeployment: {
    input: { accountId, project: "shop", branch: "redesign" },
    row: {
      providerResourceId: `${A1}/pages/shop/00000061-1111-4222-8333-000000000061`,
      status: "ready",
      environment: "preview",
      branch: "redesign",
    },
  },
  "pagesDeployment-fails": {
    input: { accountId, project: "shop", branch: "redesign" },
    fails: { code: "build_failure", message: 'The deployment\'s stage "build" ended in: failure.' },
    row: { status: "failed" },
  },
  pagesUpload: {
    input: {
      accountId,
      project: "brochure",
      branch: "autumn",
      message: "Autumn prices",
      files: [
        { path: "index.html", content: "<h1>Brochure</h1>" },
        { path: "/img/dot.bin", content: "AAE=", encoding: "base64" },
        { path: "_headers", content: "/*\n  X-Season: autumn\n" },
      ],
    },
    again: ["2-missing.json", "3-upload.json", "4-in-use.json"],
    row: {
      providerResourceId: `${A1}/pages/brochure/00000071-1111-4222-8333-000000000071`,
      status: "ready",
      environment: "preview",
      branch: "autumn",
    },
  },
  worker: {
    input: { accountId, name: "greeter", code: CODE, compatibilityDate: "2026-11-01" },
    row: { providerResourceId: `${A1}/workers/greeter`, name: "greeter", runtime: "workers" },
  },
  "worker-modules": {
    input: {
      accountId,
      name: "greeter",
      code: "import words from './words.mjs'\nexport default { fetch: () => new Response(words) }",
      modules: [
        { name: "words.mjs", content: "export default 'Good morning'" },
        { name: "mark.bin", type: "data", content: "ZG90", encoding: "base64" },
      ],
      bindings: [
        { type: "kv_namespace", name: "FLAGS", namespace_id: "f9".repeat(16) },
        { type: "plain_text", name: "TONE", text: "warm" },
      ],
      compatibilityFlags: ["nodejs_compat"],
      compatibilityDate: "2026-11-01",
    },
    row: { providerResourceId: `${A1}/workers/greeter`, name: "greeter", runtime: "workers" },
  },
  d1Database: {
    input: { accountId, name: "ledger", region: "weur" },
    row: {
      providerResourceId: `${A1}/d1/d1d1d1d1-1111-4222-8333-000000000009`,
      name: "ledger",
      engine: "d1",
    },
  },
  kvNamespace: {
    input: { accountId, name: "flags" },
    row: { providerResourceId: `${A1}/kv/${"f9".repeat(16)}`, name: "flags", engine: "workers-kv" },
  },
  r2Bucket: {
    input: {
      accountId,
      name: "archive",
      region: "weur",
      storageClass: "InfrequentAccess",
      jurisdiction: "eu",
    },
    row: { providerResourceId: `${A1}/eu/archive`, region: "weur", storageClass: "InfrequentAccess" },
  },
}

const zones = { id: "zones", data: { kind: "zones" } }
const recordScope = { id: "x", data: { id: Z1, name: "example.com", url: null } }
const zone = { item: { id: Z1, name: "example.com" }, scope: zones }
const address = {
  item: { id: "dd".repeat(16), type: "A", name: "example.com", content: "192.0.2.1" },
  scope: recordScope,
}
const service = {
  item: {
    id: "de".repeat(16),
    type: "SRV",
    name: "_xmpp._tcp.example.com",
    content: "5 5222 chat.example.net",
    priority: 10,
  },
  scope: recordScope,
}
const pages = {
  item: { name: "shop", production_branch: "main" },
  scope: { id: "x", data: { kind: "pages", account: A1 } },
}
const worker = { item: { id: "edge-api" }, scope: { id: "x", data: { kind: "workers", account: A1 } } }
const liveDeployment = {
  item: {
    id: "00000051-1111-4222-8333-000000000051",
    environment: "production",
    latest_stage: { name: "deploy", status: "success" },
  },
  scope: { id: "x", data: { account: A1, project: "shop" } },
}

const database = {
  item: { uuid: "d1d1d1d1-1111-4222-8333-000000000009", name: "ledger" },
  scope: { id: "x", data: { kind: "d1", account: A1 } },
}
const bucket = {
  item: { name: "archive", location: "WEUR", storage_class: "InfrequentAccess" },
  scope: { id: "x", data: { account: A1, jurisdiction: "eu" } },
}

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

const does: Readonly<Record<string, Doing>> = {
  "domains.purgeCache": { on: zone, input: {}, done: { message: expect.stringContaining("whole cache") } },
  "domains.purgeCache-files": {
    on: zone,
    input: { files: ["https://example.com/a.css", "https://example.com/b.js"] },
    done: { message: expect.stringContaining("of these") },
  },
  "domains.setPaused": {
    on: zone,
    input: { paused: true },
    done: { message: expect.stringContaining("is paused") },
  },
  "domains.changeRecords": {
    on: zone,
    input: batch,
    done: { message: expect.stringContaining("1 records removed, 2 added") },
  },
  "databases.setReadReplication": {
    on: database,
    input: { enabled: true },
    done: { message: expect.stringContaining("being made") },
  },
  "buckets.setStorageClass": {
    on: bucket,
    input: { storageClass: "Standard" },
    done: { message: expect.stringContaining("Standard") },
    row: { providerResourceId: `${A1}/eu/archive`, storageClass: "Standard", region: "weur" },
  },
  "dnsRecords.update": {
    on: address,
    input: moved,
    done: { message: expect.stringContaining("changed") },
    row: { content: "192.0.2.99", ttl: 120, comment: "Moved" },
  },
  "dnsRecords.update-priority": {
    on: service,
    input: { priority: 30 },
    done: { message: expect.stringContaining("changed") },
  },
  "webServices.addDomain-pages": {
    on: pages,
    input: { name: domain },
    done: { message: expect.stringContaining("store.example.com is being added") },
  },
  "webServices.addDomain-worker": {
    on: worker,
    input: { name: domain },
    done: { message: expect.stringContaining("store.example.com is being added") },
  },
  "webServices.removeDomain-pages": {
    on: pages,
    input: { name: domain },
    done: { message: expect.stringContaining("is removed") },
  },
  "webServices.removeDomain-worker": {
    on: worker,
    input: { name: domain },
    done: { message: expect.stringContaining("is removed") },
  },
  "webServices.setEnvironmentVariables-pages": {
    on: pages,
    input: variable,
    done: { message: expect.stringContaining("for production") },
  },
  "webServices.setEnvironmentVariables-worker": {
    on: worker,
    input: variable,
    done: { message: expect.stringContaining("Set: MAIL_KEY") },
  },
  "webServices.removeEnvironmentVariables-pages": {
    on: pages,
    input: { names: ["MAIL_KEY"] },
    done: { message: expect.stringContaining("Removed: MAIL_KEY") },
  },
  "webServices.removeEnvironmentVariables-worker": {
    on: worker,
    input: { names: ["MAIL_KEY"] },
    done: { message: expect.stringContaining("Removed: MAIL_KEY") },
  },
  "webServices.redeploy": {
    on: pages,
    input: {},
    done: {
      message: expect.stringContaining("head of main"),
      madeProviderResourceId: `${A1}/pages/shop/00000062-1111-4222-8333-000000000062`,
    },
  },
  "webServices.configure": {
    on: pages,
    input: { productionBranch: "main", buildCommand: "npm run all" },
    done: { message: expect.stringContaining("next") },
  },
  "webServices.deploy": {
    on: worker,
    input: { code: CODE },
    done: { message: expect.stringContaining("is live") },
  },
  "webServices.deploy-modules": {
    on: worker,
    input: {
      code: CODE,
      modules: [{ name: "words.mjs", content: "export default 'Good evening'" }],
    },
    done: { message: expect.stringContaining("is live") },
  },
  "webServices.rollback": { on: pages, input: live, done: { message: expect.stringContaining("goes back") } },
  "deployments.retry": { on: liveDeployment, input: {}, done: { message: expect.stringContaining("again") } },
}

const { stage, connect, during, kind, action, rowOf } = provisioningConformance(cloudflare, {
  credentials,
  recordings: loadRecordings(),
  makes,
  does,
})

const context = { made: {}, idempotencyKey: "key" }

function stepOf(name: string) {
  const [step] = kind(name).steps
  if (!step) throw new Error(`No step in ${name}`)
  return step
}

const rowAt = (table: "domains" | "webServices", { item, scope }: { item: object; scope: Scope }) =>
  rowOf(table, item, scope)

describe("what vanishes before it is ready", () => {
  it.each<[string, object]>([
    ["zone", { id: "b9".repeat(16) }],
    ["dnsRecord", { id: "de".repeat(16), data: { zone: Z1 } }],
    ["pagesProject", { id: "garden", data: { account: A1 } }],
    ["pagesDeployment", { id: `${A1}/pages/shop/00000061-1111-4222-8333-000000000061` }],
    ["worker", { id: "greeter", data: { account: A1 } }],
    ["d1Database", { id: "d1d1d1d1-1111-4222-8333-000000000009", data: { account: A1 } }],
    ["kvNamespace", { id: "f9".repeat(16), data: { account: A1 } }],
    ["r2Bucket", { id: "archive", data: { account: A1, jurisdiction: "eu" } }],
  ])("has failed (%s)", async (name, made) => {
    const { observe, input } = kind(name)
    const look = await during(`${name}-vanished`, (api: CloudflareApi) =>
      observe(api, { [stepOf(name).name]: { id: "", ...made } }, input.parse(makes[name]?.input)),
    )
    expect(look).toMatchObject({ state: "failed", code: "not_found" })
  })
})

describe("what shares a table", () => {
  it("is told apart by kind", () => {
    const aWorker = rowOf("webServices", { id: "edge" }, { id: "x", data: { kind: "workers", account: A1 } })
    expect(kind("worker").appliesTo?.(aWorker)).toBe(true)
    expect(kind("pagesProject").appliesTo?.(aWorker)).toBe(false)
    const kv = rowOf("databases", { id: "7" }, { id: "x", data: { kind: "kv", account: A1 } })
    expect(kind("kvNamespace").appliesTo?.(kv)).toBe(true)
    expect(kind("d1Database").appliesTo?.(kv)).toBe(false)
  })
})

describe("a deployment", () => {
  it("has no way to be found again, and does not pretend to", () => {
    expect(stepOf("pagesDeployment").find).toBeUndefined()
  })
})

describe("files for Pages", () => {
  it("are uploaded with the token for that, and without the credential", async () => {
    const recordings = loadRecordings().filter(({ file }) => /^cycles\/pagesUpload\/[1-5]-/.test(file))
    const { standIn } = inTurn(recordings)
    const login = { apiKey: "fake-secret-key", email: "ada@example.com" }
    const { connect } = await createTestbed({ dock: cloudflare, credentials: login })
    const sent: string[] = []
    await stage.during(
      (request, recorded) => {
        const { pathname } = request.url
        const signed = ["x-auth-key", "authorization"].map((name) => request.headers.get(name) ?? "none")
        sent.push([pathname.split("/").at(-1), ...signed].join(" "))
        return standIn(request, recorded)
      },
      () =>
        stepOf("pagesUpload").create(
          connect(),
          kind("pagesUpload").input.parse(makes["pagesUpload"]?.input),
          context,
        ),
    )
    expect(sent).toEqual([
      "upload-token fake-secret-key none",
      "check-missing none Bearer fake-secret-upload-token",
      "upload none Bearer fake-secret-upload-token",
      "upsert-hashes none Bearer fake-secret-upload-token",
      "deployments fake-secret-key none",
    ])
  })

  it.each([
    ["../up.html", "x", "utf8"],
    ["a//b", "x", "utf8"],
    ["a", "%", "base64"],
  ])("are refused before anything is sent: %s, %s as %s", (path, content, encoding) => {
    const given = { accountId, project: "brochure", files: [{ path, content, encoding }] }
    expect(kind("pagesUpload").input.safeParse(given).success).toBe(false)
  })
})

describe("a Worker", () => {
  it("is never uploaded over one that somebody else made", async () => {
    const input = kind("worker").input.parse(makes["worker"]?.input)
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

describe("an action", () => {
  it("gives a Worker no domain of a zone that another account has", async () => {
    const { input, run } = action("webServices.addDomain")
    const error = await during("webServices.addDomain-no-zone", (api) =>
      failureOf(run(api, rowAt("webServices", worker), input.parse({ name: domain }), context)),
    )
    expect(error).toMatchObject({ code: "not_found", message: expect.stringContaining("store.example.com") })
  })

  it("has changed a record, also with a token that may not read its zone", async () => {
    const { input, run } = action("dnsRecords.update")
    const row = rowOf("dnsRecords", address.item, address.scope)
    const done = await during("update-zone-untold", (api) => run(api, row, input.parse(moved), context))
    expect(done).toEqual({ message: "The record is changed." })
  })

  it("sends no batch that would reach into another zone", async () => {
    const { input, run } = action("domains.changeRecords")
    const foreign = input.parse({ remove: [`${"b2".repeat(16)}/${"d0".repeat(16)}`] })
    expect(await failureOf(run(await connect(), rowAt("domains", zone), foreign, context))).toMatchObject({
      code: "invalid_request",
    })
  })

  it("is not offered to rows of another kind", () => {
    expect(action("webServices.redeploy").appliesTo?.(rowAt("webServices", worker))).toBe(false)
    expect(action("webServices.deploy").appliesTo?.(rowAt("webServices", pages))).toBe(false)
    const attached = rowOf(
      "domains",
      { id: "1", hostname: "a.example.com" },
      {
        id: "x",
        data: { kind: "worker-domains", account: A1 },
      },
    )
    expect(action("domains.purgeCache").appliesTo?.(attached)).toBe(false)
    expect(kind("zone").appliesTo?.(attached)).toBe(false)
  })
})

describe("a Worker's input", () => {
  const parse = (more: object) =>
    kind("worker").input.safeParse({
      accountId,
      name: "greeter",
      code: CODE,
      compatibilityDate: "2026-11-01",
      ...more,
    })

  it.each([
    ["modules", { modules: [{ name: "worker.js", content: "x" }] }, "taken by the upload itself"],
    ["modules", { modules: [{ name: "a.wasm", type: "wasm", content: "%", encoding: "base64" }] }, "Base64"],
    ["bindings", { bindings: [{ type: "d1", name: "not a name", id: "1" }] }, "JavaScript"],
    [
      "bindings",
      {
        bindings: [
          { type: "ai", name: "AI" },
          { type: "ai", name: "AI" },
        ],
      },
      "each name once",
    ],
  ])("is refused for its %s before anything is sent (%#)", (field, more, words) => {
    const [issue] = parse(more).error?.issues ?? []
    expect(issue?.path[0]).toBe(field)
    expect(issue?.message).toContain(words)
  })
})
