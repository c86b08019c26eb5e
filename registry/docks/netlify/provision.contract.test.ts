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
import type { NetlifyApi } from "./api/index.ts"
import { netlify } from "./index.ts"

const cycles = cyclesOf(loadRecordings())
const untold = new Set(cycles.keys())
const stage = replay([])
afterAll(() => expect([...untold]).toEqual([]))

const credentials = { token: "fake-secret-token" }

/** Plays a cycle to the work, from its first recording to its last. */
async function during<Result>(name: string, work: (api: NetlifyApi) => Promise<Result>): Promise<Result> {
  untold.delete(name)
  const { standIn, left } = inTurn(cycles.get(name) ?? [])
  const { connect } = await createTestbed({ dock: netlify, credentials })
  const result = await stage.during(standIn, () => work(connect()))
  expect(left().map(({ file }) => file)).toEqual([])
  return result
}

const failureOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => undefined,
    (error: unknown) => error,
  )

function kind(name: string): Provision<NetlifyApi> {
  const found = netlify.provision?.[name]
  if (!found) throw new Error(`No provision of ${name}`)
  return found
}

function rowOf(table: ResourceTableName, raw: unknown, scope: Scope): ResourceRow {
  const resource: Resource | undefined = netlify.sync[table]
  if (!resource) throw new Error(`No mapping of ${table}`)
  const { rows } = itemReader(table, resource, scope, new Facts())(raw)
  return { ...rows[0], scope: scope.id } as ResourceRow
}

const idempotencyKey = "key"

/** Each step in turn. When one fails, what was made is undone. */
async function makeAll(name: string, api: NetlifyApi, input: unknown): Promise<MadeSoFar> {
  const made: Record<string, Made> = {}
  const { steps } = kind(name)
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

const STOREFRONT = "3a1f0c52-7d0e-4c1b-9a61-52f4b0d8e101"
const DOCS = "3a1f0c52-7d0e-4c1b-9a61-52f4b0d8e103"
const CAMPAIGN = "3a1f0c52-7d0e-4c1b-9a61-52f4b0d8e105"
const DEPLOY = "691c4b7e9b3e4d0008a1d421"
const ZONE = "65b2d7e49b3e4d0008a1c301"
const NEW_ZONE = "691f00aa9b3e4d0008a1c303"
const record = (number: string) => `65b2e0119b3e4d0008a1f6${number}`

const site = { account: "northwind-studio", name: "northwind-campaign", customDomain: "Campaign.example.com" }
const files = {
  siteId: CAMPAIGN,
  title: "Campaign",
  files: [
    { path: "index.html", content: "<h1>Campaign</h1>" },
    { path: "/docs/read me.txt", content: btoa("Hello"), encoding: "base64" },
    { path: "robots.txt", content: "User-agent: *" },
  ],
}
const zone = { account: "northwind-studio", name: "Northwind.example" }
const xmpp = {
  zoneId: ZONE,
  type: "SRV",
  name: "_xmpp._tcp.example.com",
  content: "xmpp.example.net",
  priority: 5,
  weight: 0,
  port: 5222,
  ttl: 600,
}

describe("made, watched and removed", () => {
  it.each<[string, object, (string | undefined)[], object]>([
    [
      "site",
      site,
      ["preparing", "ready"],
      {
        providerResourceId: CAMPAIGN,
        scope: "account/64f0c2a19b3e4d0008a1b201",
        productionUrl: "https://campaign.example.com",
        status: "active",
      },
    ],
    [
      "deployment",
      files,
      ["processing", "ready"],
      {
        providerResourceId: DEPLOY,
        scope: `site/${CAMPAIGN}`,
        webServiceProviderId: CAMPAIGN,
        name: "Campaign [key]",
        status: "ready",
      },
    ],
    [
      "domain",
      zone,
      ["ready"],
      {
        providerResourceId: NEW_ZONE,
        scope: "account/64f0c2a19b3e4d0008a1b201",
        name: "northwind.example",
        kind: "zone",
        status: "misconfigured",
      },
    ],
    [
      "dnsRecord",
      xmpp,
      ["ready"],
      {
        providerResourceId: record("11"),
        scope: `zone/${ZONE}`,
        domainProviderId: ZONE,
        zoneName: "example.com",
        content: "0 5222 xmpp.example.net",
      },
    ],
  ])("a %s, after a look whether it is there", async (name, given, progress, expected) => {
    const { table, input: shape, steps, observe, destroy, appliesTo } = kind(name)
    const input = shape.parse(given)
    await during(name, async (api) => {
      expect(await steps[0]?.find?.(api, input, { made: {}, idempotencyKey })).toBeNull()
      const made = await makeAll(name, api, input)
      const seen: Observation[] = []
      let look: Observation
      do {
        look = await observe(api, made, input)
        seen.push(look)
      } while (look.state === "pending")
      expect(seen.map((one) => (one.state === "pending" ? one.progress : one.state))).toEqual(progress)
      if (!look.item || !look.scope) throw new Error("It has no row")
      const row = rowOf(table, look.item, look.scope)
      expect(row).toMatchObject(expected)
      expect(appliesTo?.(row) ?? true).toBe(true)
      await destroy(api, row)
      expect(JSON.stringify([made, row])).not.toContain(FAKE_SECRET)
    })
  })
})

describe("after an interruption", () => {
  it.each<[string, string, object, Made]>([
    ["site", "by its name, and by no name that only begins so", site, { id: CAMPAIGN }],
    ["domain", "by its name", zone, { id: NEW_ZONE }],
    ["dnsRecord", "by all that it says", xmpp, { id: record("11"), data: { zoneId: ZONE } }],
  ])("a %s is found %s", async (name, _, given, expected) => {
    const { input: shape, steps } = kind(name)
    const input = shape.parse(given)
    const found = during(`${name}-interrupted`, async (api) =>
      steps[0]?.find?.(api, input, { made: {}, idempotencyKey }),
    )
    expect(await found).toEqual(expected)
  })

  it("a deployment is found by the key in its title, and gets the files that are still asked for", async () => {
    const { input: shape, steps } = kind("deployment")
    const input = shape.parse(files)
    await during("deployment-interrupted", async (api) => {
      const deploy = await steps[0]?.find?.(api, input, { made: {}, idempotencyKey })
      expect(deploy).toEqual({ id: DEPLOY })
      const context = { made: { deploy: { id: DEPLOY } }, idempotencyKey }
      expect(await steps[1]?.find?.(api, input, context)).toBeNull()
      await steps[1]?.create(api, input, context)
    })
  })
})

const rows: Readonly<Record<string, ResourceRow>> = {
  site: rowOf("webServices", { id: CAMPAIGN, name: "northwind-campaign" }, { id: "account/a1" }),
  deployment: rowOf("deployments", { id: DEPLOY }, { id: `site/${CAMPAIGN}`, data: { siteId: CAMPAIGN } }),
  domain: rowOf("domains", { id: NEW_ZONE }, { id: "account/a1" }),
  dnsRecord: inZone({ id: record("11"), type: "SRV" }),
}

function inZone(raw: object): ResourceRow {
  return rowOf("dnsRecords", raw, { id: `zone/${ZONE}`, data: { zoneId: ZONE, zoneName: "example.com" } })
}

describe("what Netlify refuses", () => {
  it.each([
    ["site", "site-refused", site, "conflict", "subdomain: must be unique"],
    ["deployment", "deployment-refused", files, "quota_exceeded", "credit usage exceeded"],
    ["deployment", "deployment-upload-refused", files, "invalid_request", "File does not match"],
    ["domain", "domain-refused", zone, "conflict", "has already been taken"],
    ["dnsRecord", "dnsRecord-refused", xmpp, "invalid_request", "Value is not a host"],
  ])(
    "to make is told in its words, and what was made before is removed (%s, %s)",
    async (name, cycle, given, code, words) => {
      const input = kind(name).input.parse(given)
      const failure = await during(cycle, (api) => failureOf(makeAll(name, api, input)))
      expect(failure).toMatchObject({ code, message: expect.stringContaining(words) })
    },
  )

  it("to build is told in its words, with the row of the deploy", async () => {
    const input = kind("deployment").input.parse(files)
    const made = { deploy: { id: DEPLOY } }
    const look = await during("deployment-failed", (api) => kind("deployment").observe(api, made, input))
    expect(look).toMatchObject({ state: "failed", code: "error", message: "Invalid redirect rule" })
    expect(look).toHaveProperty("item.id", DEPLOY)
  })

  it.each([
    ["site", site, { site: { id: CAMPAIGN } }],
    ["deployment", files, { deploy: { id: DEPLOY } }],
    ["domain", zone, { "DNS zone": { id: NEW_ZONE } }],
    ["dnsRecord", xmpp, { "DNS record": { id: record("11") } }],
  ])("to have a %s any more has failed", async (name, given, made) => {
    const input = kind(name).input.parse(given)
    const look = await during(`${name}-vanished`, (api) => kind(name).observe(api, made, input))
    expect(look).toMatchObject({ state: "failed", code: "not_found" })
  })

  it.each(["site", "deployment", "domain", "dnsRecord"])(
    "to remove a %s is told with the role that it takes; what is not there is removed already",
    async (name) => {
      const { destroy, steps } = kind(name)
      const row = rows[name]
      if (!row) throw new Error("No row")
      const refused = await during(`${name}-stays`, (api) => failureOf(destroy(api, row)))
      expect(refused).toMatchObject({ code: "forbidden", suggestion: expect.stringContaining("role") })

      const { connect } = await createTestbed({ dock: netlify, credentials })
      await stage.during(
        () => Response.json({ code: 404, message: "Not Found" }, { status: 404 }),
        async () => {
          await destroy(connect(), row)
          for (const { undo } of steps)
            await undo(connect(), { id: "x1", data: { zoneId: "z1" } }, { made: {} })
        },
      )
    },
  )
})

describe("a dry run", () => {
  it.each([
    ["site", site, ["POST /northwind-studio/sites"]],
    // Which files are uploaded depends on what Netlify says to the deploy.
    ["deployment", files, [`POST /sites/${CAMPAIGN}/deploys`, "GET /deploys/{deploy}"]],
    ["domain", zone, ["POST /dns_zones"]],
    ["dnsRecord", xmpp, [`POST /dns_zones/${ZONE}/dns_records`]],
  ])("of a %s shows what each step sends first", async (name, given, expected) => {
    const told: RehearsedRequest[] = []
    const http = createHttp({
      provider: "netlify",
      limits: netlify.limits,
      rehearse: (one) => told.push(one),
    })
    const api = netlify.connect(netlify.credentials.parse(credentials), http)
    const input = kind(name).input.parse(given)
    for (const { create } of kind(name).steps) {
      await failureOf(create(api, input, { made: { deploy: { id: "{deploy}" } }, idempotencyKey }))
    }
    const requests = told.map(({ method, url }) => {
      return `${method} ${decodeURI(new URL(url).pathname).replace("/api/v1", "")}`
    })
    expect(requests).toEqual(expected)
    expect(JSON.stringify(told)).not.toContain(FAKE_SECRET)
  })
})

describe("input", () => {
  it.each([
    ["site", { ...site, name: "Northwind" }, "name"],
    ["site", { ...site, account: undefined }, "account"],
    ["site", { ...site, customDomain: "https://campaign.example.com" }, "customDomain"],
    ["domain", { ...zone, name: "no name" }, "name"],
    ["domain", { ...zone, siteId: "a site" }, "siteId"],
    ["deployment", { ...files, siteId: "" }, "siteId"],
    ["deployment", { ...files, files: [] }, "files"],
    ["dnsRecord", { ...xmpp, type: "NETLIFY" }, "type"],
    ["dnsRecord", { ...xmpp, port: 70_000 }, "port"],
    ["dnsRecord", { zoneId: ZONE, type: "MX", name: "example.com", content: "mail.example.net" }, "priority"],
    [
      "dnsRecord",
      { zoneId: ZONE, type: "CAA", name: "example.com", content: "ca.example", flag: 0, tag: "all" },
      "tag",
    ],
  ])("of a %s is refused before anything is sent: %j", (name, given, field) => {
    const { error } = kind(name).input.safeParse(given)
    expect(error?.issues.map(({ path }) => path[0])).toEqual([field])
  })

  it.each([
    [[{ path: "../up.html", content: "" }]],
    [[{ path: "/", content: "" }]],
    [[{ path: "a//b", content: "" }]],
    [[{ path: "a#b", content: "" }]],
    [[{ path: "what?", content: "" }]],
    [[{ path: "a", content: "%", encoding: "base64" }]],
    [
      [
        { path: "a", content: "" },
        { path: "/a", content: "" },
      ],
    ],
  ])("of a deployment is refused with the files %j", (bad) => {
    expect(kind("deployment").input.safeParse({ ...files, files: bad }).success).toBe(false)
  })
})

function actionOf(name: string): Action<NetlifyApi> {
  const [table = "", key = ""] = name.split(".")
  const found = isResourceTable(table) ? netlify.actions?.[table]?.[key] : undefined
  if (!found) throw new Error(`No action ${name}`)
  return found
}

const storefront = {
  id: STOREFRONT,
  build_settings: { repo_url: "https://github.com/northwind-studio/storefront" },
}
const ofSite = (raw: object) => rowOf("webServices", raw, { id: "account/a1" })
const ofDeploy = (raw: object) =>
  rowOf("deployments", raw, { id: `site/${STOREFRONT}`, data: { siteId: STOREFRONT } })
const live = "691c4b7e9b3e4d0008a1d401"
const scope = expect.objectContaining({ id: `site/${STOREFRONT}` })

/** Played from a cycle of the same name: done, then refused. */
const actionCases: readonly [cycle: string, row: ResourceRow, given: object, done: object][] = [
  [
    "webServices.redeploy",
    ofSite(storefront),
    { clearCache: true },
    { madeProviderResourceId: "691c4b7e9b3e4d0008a1d409" },
  ],
  ["webServices.rollback", ofSite(storefront), {}, {}],
  ["webServices.purgeCache", ofSite(storefront), { tags: ["prices"] }, {}],
  ["webServices.addDomain", ofSite(storefront), { name: "Store.example.com" }, {}],
  ["webServices.addDomain-primary", ofSite(storefront), { name: "www.shop.example.com", primary: true }, {}],
  ["webServices.addDomain-first", ofSite({ id: DOCS }), { name: "docs.example.com" }, {}],
  ["webServices.removeDomain", ofSite(storefront), { name: "www.shop.example.com" }, {}],
  ["webServices.removeDomain-primary", ofSite(storefront), { name: "shop.example.com" }, {}],
  [
    "webServices.setEnvironmentVariables",
    ofSite(storefront),
    {
      variables: { CATALOG_URL: "fake-secret-url", MAIL_KEY: "fake-secret-mail" },
      context: "branch",
      branch: "next",
      isSensitive: true,
    },
    { message: "CATALOG_URL, MAIL_KEY set. A new deploy will use it." },
  ],
  ["webServices.removeEnvironmentVariables", ofSite(storefront), { names: ["CATALOG_URL"] }, {}],
  [
    "deployments.restore",
    ofDeploy({ id: "691c4b7e9b3e4d0008a1d404" }),
    {},
    { item: expect.anything(), scope },
  ],
  [
    "deployments.lock",
    ofDeploy({ id: live }),
    {},
    { item: expect.objectContaining({ locked: true }), scope },
  ],
  [
    "deployments.unlock",
    ofDeploy({ id: live }),
    {},
    { item: expect.objectContaining({ locked: false }), scope },
  ],
  ["deployments.cancel", ofDeploy({ id: "691c4b7e9b3e4d0008a1d402", state: "building" }), {}, {}],
  [
    "dnsRecords.update",
    inZone({ id: record("02"), type: "MX" }),
    { priority: 20 },
    { madeProviderResourceId: record("12"), item: expect.objectContaining({ priority: 20 }) },
  ],
]

describe("actions", () => {
  it("are all tried", () => {
    const names = Object.entries(netlify.actions ?? {}).flatMap(([table, actions]) =>
      Object.keys(actions).map((name) => `${table}.${name}`),
    )
    const tried = new Set(actionCases.map(([cycle]) => cycle.replace(/-.*/, "")))
    expect([...tried].sort()).toEqual(names.sort())
  })

  it.each(actionCases)(
    "%s is done, and says so; refused, it is told in Netlify's words",
    async (cycle, row, given, done) => {
      const { input: shape, run, appliesTo } = actionOf(cycle.replace(/-.*/, ""))
      expect(appliesTo?.(row) ?? true).toBe(true)
      const input = shape.parse(given)
      const [result, refused] = await during(cycle, async (api) => [
        await run(api, row, input, { idempotencyKey }),
        await failureOf(run(api, row, input, { idempotencyKey })),
      ])
      expect(result).toMatchObject({ message: expect.stringMatching(/\.$/), ...done })
      expect(refused).toMatchObject({
        code: "invalid_request",
        message: expect.stringContaining("Not today"),
      })
      expect(JSON.stringify([result, refused])).not.toContain("fake-secret-url")
      expect(JSON.stringify([result, refused])).not.toContain("fake-secret-mail")
    },
  )

  it("leave alone what they are not for", () => {
    const managed = inZone({ id: record("01"), type: "NETLIFY" })
    const attached = { id: `${DOCS}/docs.example.com`, attachment: { isPrimary: true, certificate: null } }
    expect(actionOf("webServices.redeploy").appliesTo?.(ofSite({ id: DOCS }))).toBe(false)
    expect(actionOf("deployments.cancel").appliesTo?.(ofDeploy({ id: live, state: "ready" }))).toBe(false)
    expect(actionOf("dnsRecords.update").appliesTo?.(managed)).toBe(false)
    expect(kind("dnsRecord").appliesTo?.(managed)).toBe(false)
    expect(kind("domain").appliesTo?.(rowOf("domains", attached, { id: `site/${DOCS}` }))).toBe(false)
  })

  it("change nothing where a name leads to the site already, or never did", async () => {
    await during("domains-as-they-are", async (api) => {
      for (const [action, name] of [
        ["addDomain", "shop.example.com"],
        ["addDomain", "www.shop.example.com"],
        ["removeDomain", "other.example.com"],
      ]) {
        const { input, run } = actionOf(`webServices.${action}`)
        await run(api, ofSite(storefront), input.parse({ name }), { idempotencyKey })
      }
    })
  })

  it.each([
    { variables: {} },
    { variables: { "NOT A NAME": "fake-secret-x" } },
    { variables: { KEY: "fake-secret-x" }, branch: "next" },
    { variables: { KEY: "fake-secret-x" }, context: "branch" },
  ])("set no variables from %j", (given) => {
    expect(actionOf("webServices.setEnvironmentVariables").input.safeParse(given).success).toBe(false)
  })
})

/** Netlify cannot change a record: another takes its place. */
describe("a record that is changed", () => {
  const mx = { id: record("02"), type: "MX" }
  const cname = { id: record("13"), type: "CNAME" }
  const update = (cycle: string, raw: object, given: object) => {
    const { input, run } = actionOf("dnsRecords.update")
    return during(cycle, (api) =>
      run(api, inZone(raw), input.parse(given), { idempotencyKey }).catch((error: unknown) => error),
    )
  }

  it("is left alone when it says all that already", async () => {
    const told = await update("update-nothing", mx, { priority: 10, content: "mail.example.net" })
    expect(told).toEqual({ message: "The record says that already." })
  })

  it("stays when it cannot be deleted, and the one in its place is deleted again", async () => {
    expect(await update("update-undone", mx, { priority: 20 })).toMatchObject({
      code: "invalid_request",
      message: expect.stringMatching(/Managed$/),
    })
  })

  it("has been changed when only the answer to its deletion was lost", async () => {
    expect(await update("update-gone-after-all", mx, { priority: 20 })).toMatchObject({
      madeProviderResourceId: record("12"),
    })
  })

  it("has been changed when only the answer to making the other was lost", async () => {
    expect(await update("update-made-after-all", mx, { priority: 20 })).toMatchObject({
      madeProviderResourceId: record("12"),
    })
  })

  it("stays when there was no answer and the other is not there", async () => {
    expect(await update("update-not-made", mx, { priority: 20 })).toMatchObject({ code: "provider_error" })
  })

  it.each([
    ["update-both", "are both there now"],
    ["update-untold", "may both be there now"],
  ])("is told beside the other where both may be left (%s)", async (cycle, words) => {
    expect(await update(cycle, mx, { priority: 20 })).toMatchObject({
      message: expect.stringContaining(
        `example.com 3600 MX 10 mail.example.net and example.com 3600 MX 20 mail.example.net ${words}`,
      ),
    })
  })

  it("goes first where the two cannot stand together", async () => {
    expect(await update("update-alone", cname, { content: "blog.example.org" })).toMatchObject({
      madeProviderResourceId: record("14"),
    })
  })

  it("is made again when the one in its place is refused", async () => {
    expect(await update("update-restored", cname, { content: "blog.example.org" })).toMatchObject({
      code: "invalid_request",
      message: expect.stringMatching(/Not today$/),
    })
  })

  it("is told whole when it is gone and cannot be made again", async () => {
    expect(await update("update-lost", cname, { content: "blog.example.org" })).toMatchObject({
      message: expect.stringContaining(
        "blog.example.com 300 CNAME blog.example.net was deleted and could not be made again",
      ),
    })
  })
})
