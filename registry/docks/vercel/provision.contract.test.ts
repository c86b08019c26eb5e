import { afterAll, describe, expect, it } from "vitest"
import { cyclesOf, inTurn } from "../../contract/cycle.ts"
import { loadRecordings } from "../../contract/node/load.ts"
import { replay } from "../../contract/replay.ts"
import { FAKE_SECRET } from "../../contract/scan.ts"
import { createTestbed } from "../../contract/testbed.ts"
import { createHttp } from "../../core/http.ts"
import type { Action, Made, MadeSoFar, Observation, Provision } from "../../core/provision.ts"
import type { RehearsedRequest } from "../../core/rehearsal.ts"
import type { Resource, Scope } from "../../core/resource.ts"
import { Facts } from "../../engine/facts.ts"
import { itemReader } from "../../engine/item-rows.ts"
import { isResourceTable, type ResourceRow, type ResourceTableName } from "../../schema/index.ts"
import type { VercelApi } from "./api/index.ts"
import { vercel } from "./index.ts"

const cycles = cyclesOf(loadRecordings())
const untold = new Set(cycles.keys())
const stage = replay([])
afterAll(() => expect([...untold]).toEqual([]))

const credentials = { token: "fake-secret-token" }

/** Plays a cycle to the work, from its first recording to its last. */
async function during<Result>(name: string, work: (api: VercelApi) => Promise<Result>): Promise<Result> {
  untold.delete(name)
  const { standIn, left } = inTurn(cycles.get(name) ?? [])
  const { connect } = await createTestbed({ dock: vercel, credentials })
  const result = await stage.during(standIn, () => work(connect()))
  expect(left().map(({ file }) => file)).toEqual([])
  return result
}

const failureOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => undefined,
    (error: unknown) => error,
  )

function kind(name: string): Provision<VercelApi> {
  const found = vercel.provision?.[name]
  if (!found) throw new Error(`No provision of ${name}`)
  return found
}

function rowOf(table: ResourceTableName, raw: unknown, scope: Scope): ResourceRow {
  const resource: Resource | undefined = vercel.sync[table]
  if (!resource) throw new Error(`No mapping of ${table}`)
  const { rows } = itemReader(table, resource, scope, new Facts())(raw)
  return { ...rows[0], scope: scope.id } as ResourceRow
}

const idempotencyKey = "key"

/** Each step that applies, in turn. When one fails, what was made is undone. */
async function makeAll(name: string, api: VercelApi, input: unknown): Promise<MadeSoFar> {
  const made: Record<string, Made> = {}
  const steps = kind(name).steps.filter(({ applies }) => applies?.(input) ?? true)
  try {
    for (const { name, create } of steps) made[name] = await create(api, input, { made, idempotencyKey })
  } catch (error) {
    for (const { name, undo } of [...steps].reverse()) {
      if (made[name]) await undo(api, made[name], { made })
    }
    throw error
  }
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

/** Makes one, waits until it is ready or has failed, and removes it. */
async function live(name: string, cycle: string, given: object) {
  const { table, input: shape, observe, destroy, appliesTo } = kind(name)
  const input = shape.parse(given)
  return during(cycle, async (api) => {
    const made = await makeAll(name, api, input)
    const seen: Observation[] = []
    for (;;) {
      const look = await observe(api, made, input)
      seen.push(look)
      if (look.state === "pending") continue
      if (!look.item || !look.scope) throw new Error("It has no row")
      const row = rowOf(table, look.item, look.scope)
      expect(appliesTo?.(row) ?? true).toBe(true)
      await destroy(api, row)
      expect(JSON.stringify([made, seen, row])).not.toContain(FAKE_SECRET)
      return { row, progress: seen.map((one) => (one.state === "pending" ? one.progress : one.state)), look }
    }
  })
}

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

describe("made, watched and removed", () => {
  it("a project, with its domain", async () => {
    const { row, progress } = await live("webService", "webService", garden)
    expect(progress).toEqual(["ready"])
    expect(row).toMatchObject({
      providerResourceId: "prj_garden",
      scope: "team/team_north",
      name: "garden",
      providerUrl: "https://vercel.com/studio-north/garden",
    })
  })

  it("a deployment from files, of which only what Vercel does not have is uploaded, once", async () => {
    const { row, progress } = await live("deployment", "deployment-files", files)
    expect(progress).toEqual(["building", "ready"])
    expect(row).toMatchObject({
      providerResourceId: "dpl_new1",
      status: "ready",
      environment: "production",
      webServiceProviderId: "prj_shop",
    })
  })

  it("a deployment from a Git reference, whose failure has the provider's code and words, and a row", async () => {
    const { row, look } = await live("deployment", "deployment-git", branch)
    expect(look).toMatchObject({
      state: "failed",
      code: "BUILD_FAILED",
      message: 'Command "npm run build" exited with 1',
    })
    expect(row).toMatchObject({ status: "failed", environment: "preview" })
  })

  it("a domain, which is there before its name servers are Vercel's", async () => {
    const { row } = await live("domain", "domain", owned)
    expect(row).toMatchObject({ providerResourceId: "garden.example", status: "pending" })
  })

  it("a domain of a project, once the record that proves it is there", async () => {
    const { row, progress } = await live("projectDomain", "projectDomain", attached)
    expect(progress).toEqual([
      "Set a TXT record at _vercel.example.com to vc-domain-verify=www.example.com,9b1d",
      "ready",
    ])
    expect(row).toMatchObject({
      providerResourceId: "prj_shop/www.example.com",
      scope: "team/team_north/project/prj_shop",
      status: "active",
      redirectsTo: "example.com",
    })
  })

  it("a DNS record", async () => {
    const { row, progress } = await live("dnsRecord", "dnsRecord", mail)
    expect(progress).toEqual(["not listed yet", "ready"])
    expect(row).toMatchObject({
      providerResourceId: "rec_new",
      scope: "team/team_north/zone/example.com",
      name: "example.com",
      content: "mail.example.com",
      priority: 10,
    })
  })
})

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
  it.each([
    ["webService", "webService-refused", garden, "conflict", 'Project "garden" already exists'],
    ["webService", "webService-domain-refused", garden, "conflict", "already assigned to another project"],
    ["deployment", "deployment-refused", branch, "quota_exceeded", "more than 100"],
    ["deployment", "deployment-upload-refused", files, "invalid_request", "File size is not valid"],
    ["domain", "domain-refused", owned, "conflict", "already in use by another account"],
    ["projectDomain", "projectDomain-refused", attached, "conflict", "already assigned to another project"],
    ["dnsRecord", "dnsRecord-refused", mail, "invalid_request", "not valid for an MX record"],
  ])(
    "to make is told in its words, and what was made before is removed (%s, %s)",
    async (name, cycle, given, code, words) => {
      const input = kind(name).input.parse(given)
      const failure = await during(cycle, (api) => failureOf(makeAll(name, api, input)))
      expect(failure).toMatchObject({ code, message: expect.stringContaining(words) })
    },
  )

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

  it.each(["webService", "deployment", "domain", "projectDomain", "dnsRecord"])(
    "to remove a %s is told in its words; what is not there is removed already",
    async (name) => {
      const { table, destroy, steps } = kind(name)
      const row = rows[name]
      if (!row) throw new Error(`No row of ${table}`)
      const refused = await during(`${name}-stays`, (api) => failureOf(destroy(api, row)))
      expect(refused).toMatchObject({ code: expect.stringMatching(/^(forbidden|conflict)$/) })

      const gone = () => Response.json({ error: { code: "not_found" } }, { status: 404 })
      const { connect } = await createTestbed({ dock: vercel, credentials })
      await stage.during(gone, async () => {
        await destroy(connect(), row)
        const made = { id: "x", data: { project: "p", zone: "z" } }
        for (const { undo } of steps) await undo(connect(), made, { made: {} })
      })
    },
  )
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

const north = { id: "team/team_north" }
const inShop = { id: "team/team_north/project/prj_shop" }
const inZone = { id: "team/team_north/zone/example.com" }
const shop = {
  id: "prj_shop",
  name: "shop",
  targets: { production: { id: "dpl_shop2", readyState: "READY" } },
}
const rows: Readonly<Record<string, ResourceRow>> = {
  webService: rowOf("webServices", shop, north),
  deployment: rowOf("deployments", { uid: "dpl_shop1", projectId: "prj_shop" }, north),
  domain: rowOf("domains", { name: "example.com" }, north),
  projectDomain: rowOf("domains", { name: "www.example.com" }, inShop),
  dnsRecord: rowOf("dnsRecords", { id: "rec_1", name: "", type: "CAA" }, inZone),
}

const building = { uid: "dpl_shop4", projectId: "prj_shop", state: "BUILDING" }
const variables = { API_URL: "fake-secret-url", MODE: "fake-secret-mode" }
const sensitive = { variables, targets: ["production"], isSensitive: true }
const actionCases: Readonly<Record<string, { row: ResourceRow | undefined; given: object; done: object }>> = {
  "webServices.redeploy": {
    row: rows["webService"],
    given: {},
    done: { message: "Deploying dpl_shop2 again.", madeProviderResourceId: "dpl_new1" },
  },
  "webServices.rollback": {
    row: rows["webService"],
    given: { deploymentId: "dpl_shop1" },
    done: { message: expect.stringContaining("dpl_shop1") },
  },
  "webServices.addDomain": {
    row: rows["webService"],
    given: { name: "new.example.com" },
    done: {
      message: expect.stringContaining("_vercel.example.com to vc-domain-verify=new.example.com,77aa"),
      madeProviderResourceId: "prj_shop/new.example.com",
    },
  },
  "webServices.removeDomain": {
    row: rows["webService"],
    given: { name: "new.example.com" },
    done: { message: "Detached." },
  },
  "webServices.setEnvironmentVariables": {
    row: rows["webService"],
    given: sensitive,
    done: { message: "API_URL, MODE set. A new deployment will use it." },
  },
  "deployments.promote": {
    row: rowOf("deployments", building, north),
    given: {},
    done: { message: expect.stringContaining("production") },
  },
  "deployments.cancel": {
    row: rowOf("deployments", building, north),
    given: {},
    done: { message: "Canceled.", item: expect.objectContaining({ uid: "dpl_shop4" }), scope: north },
  },
  "domains.verify": {
    row: rows["projectDomain"],
    given: {},
    done: { message: "Verified.", item: expect.objectContaining({ verified: true }), scope: inShop },
  },
  "dnsRecords.update": {
    row: rowOf("dnsRecords", { id: "rec_5", name: "shop", type: "CNAME" }, inZone),
    given: { name: "shop", type: "CNAME", ttl: 600, value: "edge.example.net" },
    done: { message: expect.stringContaining("Changed.") },
  },
}

function actionOf(name: string): Action<VercelApi> {
  const [table = "", key = ""] = name.split(".")
  const found = isResourceTable(table) ? vercel.actions?.[table]?.[key] : undefined
  if (!found) throw new Error(`No action ${name}`)
  return found
}

describe("actions", () => {
  it("are all tried", () => {
    const names = Object.entries(vercel.actions ?? {}).flatMap(([table, actions]) =>
      Object.keys(actions).map((name) => `${table}.${name}`),
    )
    expect(names.sort()).toEqual(Object.keys(actionCases).sort())
  })

  it.each(Object.entries(actionCases))(
    "%s is done, and says so; a refusal names the permission",
    async (name, { row, given, done }) => {
      const { input: shape, run, appliesTo } = actionOf(name)
      if (!row) throw new Error("No row")
      expect(appliesTo?.(row) ?? true).toBe(true)
      const input = shape.parse(given)
      const [result, refused] = await during(name, async (api) => [
        await run(api, row, input, { idempotencyKey }),
        await failureOf(run(api, row, input, { idempotencyKey })),
      ])
      expect(result).toEqual(done)
      expect(refused).toMatchObject({
        code: "forbidden",
        suggestion: expect.stringMatching(/lacks the permission to \w+ \w+/),
      })
      expect(JSON.stringify([result, refused])).not.toContain(FAKE_SECRET)
    },
  )

  it("say which variables were not taken", async () => {
    const { input, run } = actionOf("webServices.setEnvironmentVariables")
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
    expect(actionOf("domains.verify").appliesTo?.(rowOf("domains", { name: "example.com" }, north))).toBe(
      false,
    )
    const ready = rowOf("deployments", { ...building, state: "READY" }, north)
    expect(actionOf("deployments.cancel").appliesTo?.(ready)).toBe(false)
  })

  it("deploy nothing again where nothing is in production", async () => {
    const { input, run } = actionOf("webServices.redeploy")
    const { connect } = await createTestbed({ dock: vercel, credentials })
    const row = rowOf("webServices", { id: "prj_new", name: "new" }, north)
    const failure = await failureOf(run(connect(), row, input.parse({}), { idempotencyKey }))
    expect(failure).toMatchObject({
      code: "invalid_request",
      suggestion: expect.stringContaining("deploymentId"),
    })
  })
})
