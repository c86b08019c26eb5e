import { describe, expect, it } from "vitest"
import { loadRecordings } from "../../contract/node/load.ts"
import { type Doing, failureOf, type Making, provisioningConformance } from "../../contract/provisioning.ts"
import { FAKE_SECRET } from "../../contract/scan.ts"
import { createHttp } from "../../core/http.ts"
import type { Made, MadeSoFar } from "../../core/provision.ts"
import type { RehearsedRequest } from "../../core/rehearsal.ts"
import type { VercelApi } from "./api/index.ts"
import { vercel } from "./index.ts"

const credentials = { token: "fake-secret-token" }

const team = "studio-north"
const garden = {
  team,
  name: "garden",
  framework: "astro",
  repository: { type: "github", repo: "studio-north/garden" },
  isProtected: false,
  domain: "Garden.example.com",
}
const files = {
  team,
  project: "shop",
  target: "production",
  files: [
    { path: "index.html", content: "<h1>Hello</h1>" },
    { path: "copy.html", content: "<h1>Hello</h1>" },
    { path: "dot.bin", content: "AAE=", encoding: "base64" },
  ],
}
const branch = { team, project: "shop", repository: "studio-north/shop", ref: "feature/cart" }
const owned = { team, name: "garden.example" }
const attached = {
  team,
  project: "shop",
  name: "www.example.com",
  redirect: "example.com",
  redirectStatusCode: 308,
}
const mail = {
  team,
  zone: "example.com",
  name: "@",
  type: "MX",
  ttl: 300,
  value: "mail.example.com",
  priority: 10,
  comment: "for the mail team",
}

const makes: Readonly<Record<string, Making>> = {
  webService: {
    input: garden,
    row: {
      providerResourceId: "prj_garden",
      scope: "team/team_north",
      name: "garden",
      providerUrl: "https://vercel.com/studio-north/garden",
    },
  },
  // Of files, only what Vercel does not have is uploaded, and once.
  "deployment-files": {
    input: files,
    again: ["2-upload.json"],
    progress: ["building"],
    row: {
      providerResourceId: "dpl_new1",
      status: "ready",
      environment: "production",
      webServiceProviderId: "prj_shop",
    },
  },
  "deployment-git": {
    input: branch,
    fails: { code: "BUILD_FAILED", message: 'Command "npm run build" exited with 1' },
    row: { status: "failed", environment: "preview" },
  },
  // There before its name servers are Vercel's.
  domain: { input: owned, row: { providerResourceId: "garden.example", status: "pending" } },
  projectDomain: {
    input: attached,
    again: ["03-verify.json", "05-verify.json"],
    progress: ["Set a TXT record at _vercel.example.com to vc-domain-verify=www.example.com,9b1d"],
    row: {
      providerResourceId: "prj_shop/www.example.com",
      scope: "team/team_north/project/prj_shop",
      status: "active",
      redirectsTo: "example.com",
    },
  },
  dnsRecord: {
    input: mail,
    progress: ["not listed yet"],
    row: {
      providerResourceId: "rec_new",
      scope: "team/team_north/zone/example.com",
      name: "example.com",
      content: "mail.example.com",
      priority: 10,
    },
  },
}

const north = { id: "team/team_north" }
const inShop = { id: "team/team_north/project/prj_shop" }
const inZone = { id: "team/team_north/zone/example.com" }
const shop = {
  id: "prj_shop",
  name: "shop",
  targets: { production: { id: "dpl_shop2", readyState: "READY" } },
}
const project = { item: shop, scope: north }
const building = { uid: "dpl_shop4", projectId: "prj_shop", state: "BUILDING" }
const variables = { API_URL: "fake-secret-url", MODE: "fake-secret-mode" }
const sensitive = { variables, targets: ["production"], isSensitive: true }
const does: Readonly<Record<string, Doing>> = {
  "webServices.redeploy": {
    on: project,
    input: {},
    done: { message: "Deploying dpl_shop2 again.", madeProviderResourceId: "dpl_new1" },
  },
  "webServices.rollback": {
    on: project,
    input: { deploymentId: "dpl_shop1" },
    done: { message: expect.stringContaining("dpl_shop1") },
  },
  "webServices.purgeCache": {
    on: project,
    input: { tags: ["prices", "blog"], target: "production" },
    done: { message: expect.stringContaining("prices, blog") },
  },
  "webServices.addDomain": {
    on: project,
    input: { name: "new.example.com" },
    done: {
      message: expect.stringContaining("_vercel.example.com to vc-domain-verify=new.example.com,77aa"),
      madeProviderResourceId: "prj_shop/new.example.com",
    },
  },
  "webServices.removeDomain": {
    on: project,
    input: { name: "new.example.com" },
    done: { message: "Detached." },
  },
  "webServices.setEnvironmentVariables": {
    on: project,
    input: sensitive,
    done: { message: "API_URL, MODE set. A new deployment will use it." },
  },
  "deployments.promote": {
    on: { item: building, scope: north },
    input: {},
    done: { message: expect.stringContaining("production") },
  },
  "deployments.cancel": {
    on: { item: building, scope: north },
    input: {},
    done: { message: "Canceled." },
    row: { providerResourceId: "dpl_shop4", status: "canceled" },
  },
  "domains.verify": {
    on: { item: { name: "www.example.com" }, scope: inShop },
    input: {},
    done: { message: "Verified." },
    row: { providerResourceId: "prj_shop/www.example.com", status: "active" },
  },
  "dnsRecords.update": {
    on: { item: { id: "rec_5", name: "shop", type: "CNAME" }, scope: inZone },
    input: { name: "shop", type: "CNAME", ttl: 600, value: "edge.example.net" },
    done: { message: expect.stringContaining("Changed.") },
  },
}

const { connect, during, kind, action, rowOf } = provisioningConformance(vercel, {
  credentials,
  recordings: loadRecordings(),
  makes,
  does,
})

const idempotencyKey = "key"

/** Each step that applies, in turn. */
async function makeAll(name: string, api: VercelApi, input: unknown): Promise<MadeSoFar> {
  const made: Record<string, Made> = {}
  const steps = kind(name).steps.filter(({ applies }) => applies?.(input) ?? true)
  for (const { name, create } of steps) made[name] = await create(api, input, { made, idempotencyKey })
  return made
}

async function findAll(name: string, api: VercelApi, input: unknown): Promise<(Made | null | undefined)[]> {
  const made: Record<string, Made> = {}
  const found: (Made | null | undefined)[] = []
  for (const { name: step, applies, find } of kind(name).steps) {
    if (applies && !applies(input)) continue
    const one = await find?.(api, input, { made, idempotencyKey })
    found.push(one)
    if (!one) break
    made[step] = one
  }
  return found
}

const { zone } = mail
const sip = {
  team,
  zone,
  name: "_sip._tcp",
  type: "SRV",
  target: "sip.example.com",
  priority: 20,
  weight: 5,
  port: 5060,
}
const records = [
  ["dnsRecord-a", { team, zone, name: "www", type: "A", value: "192.0.2.7" }, "rec_a"],
  ["dnsRecord-srv", sip, "rec_srv"],
  [
    "dnsRecord-https",
    { team, zone, name: "@", type: "HTTPS", target: ".", priority: 1, params: "alpn=h2" },
    "rec_https",
  ],
  [
    "dnsRecord-https-bare",
    { team, zone, name: "@", type: "HTTPS", target: "www.example.com", priority: 2 },
    "rec_https-bare",
  ],
] as const

describe("written in the provider's words", () => {
  it.each(records)("%s", async (cycle, given, id) => {
    const input = kind("dnsRecord").input.parse(given)
    expect(await during(cycle, (api) => makeAll("dnsRecord", api, input))).toMatchObject({ record: { id } })
  })

  it.each([
    [
      "gitlab",
      {
        ...branch,
        target: "production",
        repository: "5120",
        ref: "trunk",
        sha: "c0ffee00112233445566778899aabbccddeeff00",
      },
    ],
    ["bitbucket", { ...branch, ref: "main" }],
  ])("a deployment from %s", async (gitHost, given) => {
    const cycle = `deployment-${gitHost}`
    const input = kind("deployment").input.parse({ ...given, target: "preview", gitHost })
    expect(await during(cycle, (api) => makeAll("deployment", api, input))).toMatchObject({
      deployment: { id: "dpl_new1" },
    })
  })
})

describe("after an interruption", () => {
  const account = { slug: team }
  it.each<[string, string, object, unknown[]]>([
    ["webService", "webService-interrupted", garden, [{ id: "prj_garden", data: account }, null]],
    ["webService", "webService-not-begun", garden, [null]],
    ["deployment", "deployment-interrupted", files, [{ id: "dpl_new1", data: account }]],
    ["deployment", "deployment-not-begun", branch, [null]],
    ["domain", "domain-interrupted", owned, [{ id: "garden.example", data: account }]],
    ["domain", "domain-not-begun", owned, [null]],
    [
      "projectDomain",
      "projectDomain-interrupted",
      attached,
      [{ id: "www.example.com", data: { ...account, project: "shop" } }],
    ],
    ["projectDomain", "projectDomain-not-begun", attached, [null]],
    ["dnsRecord", "dnsRecord-interrupted", mail, [{ id: "rec_new", data: { ...account, zone } }]],
    ["dnsRecord", "dnsRecord-not-begun", mail, [null]],
    ...records.map(([cycle, given, id]): [string, string, object, unknown[]] => {
      return ["dnsRecord", `${cycle}-interrupted`, given, [{ id, data: { ...account, zone } }]]
    }),
  ])("a %s is found, or certainly not there (%s)", async (name, cycle, given, expected) => {
    const input = kind(name).input.parse(given)
    expect(await during(cycle, (api) => findAll(name, api, input))).toEqual(expected)
  })

  it("a project that is in use is not taken for ours", async () => {
    const input = kind("webService").input.parse(garden)
    const failure = await during("webService-foreign", (api) => failureOf(findAll("webService", api, input)))
    expect(failure).toMatchObject({ code: "conflict" })
  })
})

describe("what Vercel refuses", () => {
  it("to verify for good has failed", async () => {
    const input = kind("projectDomain").input.parse(attached)
    const made = { domain: { id: "www.example.com" } }
    const look = await during("projectDomain-unprovable", (api) =>
      kind("projectDomain").observe(api, made, input),
    )
    expect(look).toMatchObject({ state: "failed", code: "existing_project_domain" })
  })

  it.each([
    ["webService", "webService-vanished", garden, { project: { id: "prj_garden" } }],
    ["deployment", "deployment-vanished", branch, { deployment: { id: "dpl_new1" } }],
    ["domain", "domain-vanished", owned, { domain: { id: "garden.example" } }],
    ["projectDomain", "projectDomain-vanished", attached, { domain: { id: "www.example.com" } }],
  ])("to have a %s any more has failed", async (name, cycle, given, made) => {
    const input = kind(name).input.parse(given)
    const look = await during(cycle, (api) => kind(name).observe(api, made, input))
    expect(look).toMatchObject({ state: "failed", code: "not_found" })
  })
})

describe("a dry run", () => {
  it.each([
    ["webService", garden, ["POST /v11/projects", "POST /v10/projects/{project}/domains"]],
    ["deployment", files, ["POST /v13/deployments"]],
    ["deployment", branch, ["POST /v13/deployments"]],
    ["domain", owned, ["POST /v7/domains"]],
    ["projectDomain", attached, ["POST /v10/projects/shop/domains"]],
    ["dnsRecord", mail, ["POST /v2/domains/example.com/records"]],
  ])("of a %s shows every request that writes", async (name, given, expected) => {
    const told: RehearsedRequest[] = []
    const http = createHttp({ provider: "vercel", limits: vercel.limits, rehearse: (one) => told.push(one) })
    const api = vercel.connect(vercel.credentials.parse(credentials), http)
    const input = kind(name).input.parse(given)
    for (const { create } of kind(name).steps) {
      const made = { project: { id: "{project}" } }
      await failureOf(create(api, input, { made, idempotencyKey }))
    }
    expect(told.map(({ method, url }) => `${method} ${decodeURI(new URL(url).pathname)}`)).toEqual(expected)
    expect(told.map(({ url }) => new URL(url).searchParams.get("slug"))).toEqual(expected.map(() => team))
    expect(JSON.stringify(told)).not.toContain(FAKE_SECRET)
  })
})

describe("input", () => {
  it.each([
    ["webService", { ...garden, name: "Garden" }, "name"],
    ["webService", { ...garden, name: "a---b" }, "name"],
    ["webService", { ...garden, domain: "https://garden.example.com" }, "domain"],
    ["webService", { ...garden, repository: { type: "svn", repo: "a/b" } }, "repository"],
    ["domain", { ...owned, team: "studio north" }, "team"],
    ["projectDomain", { ...attached, redirect: undefined }, "redirectStatusCode"],
    ["projectDomain", { ...attached, gitBranch: "main" }, "gitBranch"],
    ["dnsRecord", { ...mail, priority: undefined }, "priority"],
    ["dnsRecord", { ...mail, type: "PTR" }, "type"],
    ["dnsRecord", { ...mail, ttl: 5 }, "ttl"],
    ["dnsRecord", { ...mail, name: "www.example.com." }, "name"],
  ])("of a %s is refused before anything is sent: %j", (name, given, field) => {
    const { error } = kind(name).input.safeParse(given)
    expect(error?.issues.map(({ path }) => path[0])).toEqual([field])
  })

  it.each([
    { ...branch, repository: "5120" },
    { ...branch, gitHost: "gitlab" },
    { ...branch, sha: "c0ffee" },
    { ...files, files: [] },
    { ...files, files: [{ path: "../up.html", content: "" }] },
    { ...files, files: [{ path: "/etc/top", content: "" }] },
    { team, project: "shop" },
  ])("of a deployment is refused before anything is sent: %j", (given) => {
    expect(kind("deployment").input.safeParse(given).success).toBe(false)
  })
})

describe("actions", () => {
  it("name the permission that a token lacks", async () => {
    const { input, run } = action("webServices.rollback")
    const row = rowOf("webServices", shop, north)
    const given = input.parse({ deploymentId: "dpl_shop1" })
    const refused = await during("webServices.rollback-refused", (api) =>
      failureOf(run(api, row, given, { idempotencyKey })),
    )
    expect(refused).toMatchObject({
      code: "forbidden",
      suggestion: expect.stringMatching(/lacks the permission to \w+ \w+/),
    })
  })

  it("that have verified a domain say so, also when Vercel then refuses to tell where it leads", async () => {
    const { input, run } = action("domains.verify")
    const row = rowOf("domains", { name: "www.example.com", verified: false }, inShop)
    const done = await during("verified-unread", (api) => run(api, row, input.parse({}), { idempotencyKey }))
    expect(done).toMatchObject({ message: "Verified.", scope: inShop })
    expect(rowOf("domains", done.item, inShop)).toMatchObject({
      providerResourceId: "prj_shop/www.example.com",
      status: "unknown",
    })
  })

  it("change nothing of a record's TTL that they were not told to", async () => {
    const { input, run } = action("dnsRecords.update")
    const row = rowOf("dnsRecords", { id: "rec_5", name: "shop", type: "CNAME" }, inZone)
    const given = input.parse({ name: "shop", type: "CNAME", value: "edge.example.net" })
    await during("record-without-ttl", (api) => run(api, row, given, { idempotencyKey }))
  })

  it("say which variables were not taken", async () => {
    const { input, run } = action("webServices.setEnvironmentVariables")
    const row = rowOf("webServices", shop, north)
    const failure = await during("variables-partly", (api) =>
      failureOf(run(api, row, input.parse(sensitive), { idempotencyKey })),
    )
    expect(failure).toMatchObject({
      code: "invalid_request",
      message: "vercel: 1 of 2 variables were not taken: MODE cannot be sensitive.",
    })
  })

  it("leave alone what they are not for", () => {
    expect(action("domains.verify").appliesTo?.(rowOf("domains", { name: "example.com" }, north))).toBe(false)
    const ready = rowOf("deployments", { ...building, state: "READY" }, north)
    expect(action("deployments.cancel").appliesTo?.(ready)).toBe(false)
  })

  it("deploy nothing again where nothing is in production", async () => {
    const { input, run } = action("webServices.redeploy")
    const row = rowOf("webServices", { id: "prj_new", name: "new" }, north)
    const failure = await failureOf(run(await connect(), row, input.parse({}), { idempotencyKey }))
    expect(failure).toMatchObject({
      code: "invalid_request",
      suggestion: expect.stringContaining("deploymentId"),
    })
  })
})
