import { describe, expect, it } from "vitest"
import { loadRecordings } from "../../contract/node/load.ts"
import { type Doing, failureOf, type Making, provisioningConformance } from "../../contract/provisioning.ts"
import { FAKE_SECRET } from "../../contract/scan.ts"
import { createHttp } from "../../core/http.ts"
import type { RehearsedRequest } from "../../core/rehearsal.ts"
import type { ResourceRow } from "../../schema/index.ts"
import { netlify } from "./index.ts"

const credentials = { token: "fake-secret-token" }

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

const makes: Readonly<Record<string, Making>> = {
  site: {
    input: site,
    progress: ["preparing"],
    row: {
      providerResourceId: CAMPAIGN,
      scope: "account/64f0c2a19b3e4d0008a1b201",
      productionUrl: "https://campaign.example.com",
      status: "active",
    },
  },
  deployment: {
    input: files,
    again: ["4-upload.json", "5-upload-below.json"],
    progress: ["processing"],
    row: {
      providerResourceId: DEPLOY,
      scope: `site/${CAMPAIGN}`,
      webServiceProviderId: CAMPAIGN,
      name: "Campaign [key]",
      status: "ready",
    },
  },
  domain: {
    input: zone,
    row: {
      providerResourceId: NEW_ZONE,
      scope: "account/64f0c2a19b3e4d0008a1b201",
      name: "northwind.example",
      kind: "zone",
      status: "misconfigured",
    },
  },
  dnsRecord: {
    input: xmpp,
    row: {
      providerResourceId: record("11"),
      scope: `zone/${ZONE}`,
      domainProviderId: ZONE,
      zoneName: "example.com",
      content: "0 5222 xmpp.example.net",
    },
  },
}

const storefront = {
  id: STOREFRONT,
  build_settings: { repo_url: "https://github.com/northwind-studio/storefront" },
}
const live = "691c4b7e9b3e4d0008a1d401"
const zoneScope = { id: `zone/${ZONE}`, data: { zoneId: ZONE, zoneName: "example.com" } }
const siteOf = (item: object) => ({ item, scope: { id: "account/a1" } })
const deployOf = (item: object) => ({
  item,
  scope: { id: `site/${STOREFRONT}`, data: { siteId: STOREFRONT } },
})
const recordOf = (item: object) => ({ item, scope: zoneScope })

const does: Readonly<Record<string, Doing>> = {
  "webServices.redeploy": {
    on: siteOf(storefront),
    input: { clearCache: true },
    done: { madeProviderResourceId: "691c4b7e9b3e4d0008a1d409" },
  },
  "webServices.rollback": { on: siteOf(storefront), input: {} },
  "webServices.purgeCache": { on: siteOf(storefront), input: { tags: ["prices"] } },
  "webServices.addDomain": { on: siteOf(storefront), input: { name: "Store.example.com" } },
  "webServices.addDomain-primary": {
    on: siteOf(storefront),
    input: { name: "www.shop.example.com", primary: true },
  },
  "webServices.addDomain-first": { on: siteOf({ id: DOCS }), input: { name: "docs.example.com" } },
  "webServices.removeDomain": { on: siteOf(storefront), input: { name: "www.shop.example.com" } },
  "webServices.removeDomain-primary": { on: siteOf(storefront), input: { name: "shop.example.com" } },
  "webServices.setEnvironmentVariables": {
    on: siteOf(storefront),
    input: {
      variables: { CATALOG_URL: "fake-secret-url", MAIL_KEY: "fake-secret-mail" },
      context: "branch",
      branch: "next",
      isSensitive: true,
    },
    done: { message: "CATALOG_URL, MAIL_KEY set. A new deploy will use it." },
  },
  "webServices.removeEnvironmentVariables": { on: siteOf(storefront), input: { names: ["CATALOG_URL"] } },
  "deployments.restore": { on: deployOf({ id: "691c4b7e9b3e4d0008a1d404" }), input: {} },
  "deployments.lock": { on: deployOf({ id: live }), input: {} },
  "deployments.unlock": { on: deployOf({ id: live }), input: {} },
  "deployments.cancel": { on: deployOf({ id: "691c4b7e9b3e4d0008a1d402", state: "building" }), input: {} },
  "dnsRecords.update": {
    on: recordOf({ id: record("02"), type: "MX" }),
    input: { priority: 20 },
    done: { madeProviderResourceId: record("12") },
  },
}

const { during, kind, action, rowOf } = provisioningConformance(netlify, {
  credentials,
  recordings: loadRecordings(),
  makes,
  does,
})

const idempotencyKey = "key"
const ofSite = (raw: object) => rowOf("webServices", raw, { id: "account/a1" })
const ofDeploy = (raw: object) =>
  rowOf("deployments", raw, { id: `site/${STOREFRONT}`, data: { siteId: STOREFRONT } })
const inZone = (raw: object): ResourceRow => rowOf("dnsRecords", raw, zoneScope)

describe("what Netlify refuses", () => {
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

  it("to remove is told with the role that it takes", async () => {
    const row = rowOf("webServices", { id: CAMPAIGN, name: "northwind-campaign" }, { id: "account/a1" })
    const refused = await during("site-stays", (api) => failureOf(kind("site").destroy(api, row)))
    expect(refused).toMatchObject({ code: "forbidden", suggestion: expect.stringContaining("role") })
  })
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

describe("actions", () => {
  it("leave alone what they are not for", () => {
    const managed = inZone({ id: record("01"), type: "NETLIFY" })
    const attached = { id: `${DOCS}/docs.example.com`, attachment: { isPrimary: true, certificate: null } }
    expect(action("webServices.redeploy").appliesTo?.(ofSite({ id: DOCS }))).toBe(false)
    expect(action("deployments.cancel").appliesTo?.(ofDeploy({ id: live, state: "ready" }))).toBe(false)
    expect(action("dnsRecords.update").appliesTo?.(managed)).toBe(false)
    expect(kind("dnsRecord").appliesTo?.(managed)).toBe(false)
    expect(kind("domain").appliesTo?.(rowOf("domains", attached, { id: `site/${DOCS}` }))).toBe(false)
  })

  it("change nothing where a name leads to the site already, or never did", async () => {
    await during("domains-as-they-are", async (api) => {
      for (const [change, name] of [
        ["addDomain", "shop.example.com"],
        ["addDomain", "www.shop.example.com"],
        ["removeDomain", "other.example.com"],
      ]) {
        const { input, run } = action(`webServices.${change}`)
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
    expect(action("webServices.setEnvironmentVariables").input.safeParse(given).success).toBe(false)
  })
})

/** Netlify cannot change a record: another takes its place. */
describe("a record that is changed", () => {
  const mx = { id: record("02"), type: "MX" }
  const cname = { id: record("13"), type: "CNAME" }
  const update = (cycle: string, raw: object, given: object) => {
    const { input, run } = action("dnsRecords.update")
    return during(cycle, (api) =>
      run(api, inZone(raw), input.parse(given), { idempotencyKey }).catch((error: unknown) => error),
    )
  }

  it("is left alone when it says all that already", async () => {
    const told = await update("update-nothing", mx, { priority: 10, content: "mail.example.net" })
    expect(told).toEqual({ message: "The record says that already." })
  })

  it("is changed, also when its zone may not be read afterwards", async () => {
    const told = await update("update-zone-untold", mx, { priority: 20 })
    expect(told).toEqual({
      message: expect.stringContaining("has taken its place"),
      madeProviderResourceId: record("12"),
    })
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
