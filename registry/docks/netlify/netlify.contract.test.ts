import { describe, expect, it } from "vitest"
import { conformance } from "../../contract/conformance.ts"
import { loadRecordings, loadRows } from "../../contract/node/load.ts"
import type { StandIn } from "../../contract/stage.ts"
import { DockError } from "../../core/errors.ts"
import type { Action, Made, Provision } from "../../core/provision.ts"
import type { ResourceRow, ResourceTableName } from "../../schema/index.ts"
import type { NetlifyApi } from "./api/index.ts"
import { netlify } from "./index.ts"
import { actions, provision } from "./provision/index.ts"

const { stage, testbed } = conformance(netlify, {
  credentials: { token: "fake-secret-token" },
  recordings: loadRecordings(),
  rows: loadRows(),
  optional: ["build-hooks/storefront.json", "certificates/storefront.json", "certificates/notes.json"],
})

const STOREFRONT = "3a1f0c52-7d0e-4c1b-9a61-52f4b0d8e101"
const DOCS = "3a1f0c52-7d0e-4c1b-9a61-52f4b0d8e103"
const CAMPAIGN = "3a1f0c52-7d0e-4c1b-9a61-52f4b0d8e105"
const GONE = "3a1f0c52-7d0e-4c1b-9a61-52f4b0d8e106"
const ZONE = "65b2d7e49b3e4d0008a1c301"

/** Answers the requests to one path with this, the rest from the recordings. */
function answering(method: string, path: string, body: unknown, init?: ResponseInit): StandIn {
  return (sent) =>
    sent.method === method && sent.url.pathname.endsWith(path) ? Response.json(body, init) : undefined
}

/** Keeps what was sent, other than to read. */
function noting(writes: string[], standIn?: StandIn): StandIn {
  return (sent, recorded) => {
    if (sent.method !== "GET") writes.push(`${sent.method} ${sent.url.pathname.replace("/api/v1", "")}`)
    return standIn?.(sent, recorded)
  }
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

describe("reading Netlify", () => {
  it("does not take a full page for the last one, though no Link header names another", async () => {
    const { sync } = await testbed()
    const pages: string[] = []
    const full = Array.from({ length: 100 }, (_, index) => ({ id: `${1000 + index}` }))
    const report = await stage.during(
      ({ url }) => {
        if (!url.pathname.endsWith(`/sites/${DOCS}/deploys`)) return undefined
        pages.push(url.searchParams.get("page") ?? "")
        return Response.json(pages.length === 1 ? full : [])
      },
      () => sync(["deployments"]),
    )
    expect(pages).toEqual(["1", "2"])
    expect(report.scopes.find(({ scope }) => scope === `site/${DOCS}`)).toMatchObject({
      complete: true,
      inserted: 100,
    })
  })

  it("reads a list that has grown too long for one answer to its end", async () => {
    const { sync } = await testbed()
    const link = '<https://api.netlify.com/api/v1/dns_zones?account_slug=northwind-studio&page=2>; rel="next"'
    const report = await stage.during(
      ({ url }) =>
        url.pathname.endsWith("/dns_zones") && url.searchParams.get("account_slug") === "northwind-studio"
          ? url.searchParams.get("page") === "2"
            ? Response.json([{ id: "z2", name: "two.example", errors: [] }])
            : Response.json([{ id: "z1", name: "one.example", errors: [] }], { headers: { link } })
          : undefined,
      () => sync(["domains"]),
    )
    expect(report.scopes[0]).toMatchObject({ complete: true, inserted: 2 })
  })

  it("keeps the rows of what a role may not see, names it, and reads the rest", async () => {
    const { sync, rows } = await testbed()
    await sync()
    const before = await rows()
    const report = await stage.during(
      answering("GET", "/dns_records", { code: 403, message: "Forbidden" }, { status: 403 }),
      () => sync(),
    )
    const failed = report.scopes.filter(({ error }) => error)
    expect(failed.map(({ table }) => table)).toEqual(["dnsRecords", "dnsRecords"])
    expect(failed[0]?.error).toMatchObject({ code: "forbidden", suggestion: expect.stringContaining("role") })
    expect(await rows()).toEqual(before)
  })

  it("reads the teams that may be read when one may not, and deletes nothing of that one", async () => {
    const { sync, rows } = await testbed()
    await sync()
    const report = await stage.during(
      answering("GET", "/northwind-studio/sites", { code: 403, message: "Forbidden" }, { status: 403 }),
      () => sync(["deployments"]),
    )
    const complete = report.scopes.filter((scope) => scope.complete).map(({ scope }) => scope)
    expect(complete).toEqual(["site/3a1f0c52-7d0e-4c1b-9a61-52f4b0d8e104"])
    expect((await rows(["deployments"])).get("deployments")?.size).toBe(6)
  })

  it("keeps the build hooks of a site, without the addresses that start builds", async () => {
    const { sync, rows } = await testbed()
    await sync(["webServices"])
    const row = (await rows()).get("webServices")?.get(STOREFRONT)
    expect(row?.fullApiData["build_hooks"]).toMatchObject([
      { title: "Content changed", branch: "main" },
      { title: null },
    ])
    expect(JSON.stringify(row?.fullApiData)).not.toContain("build_hooks/")
  })

  it("reads the sites of a team when the role may not see build hooks", async () => {
    const { sync } = await testbed()
    const report = await stage.during(
      answering("GET", "/build_hooks", { code: 403, message: "Forbidden" }, { status: 403 }),
      () => sync(["webServices"]),
    )
    expect(report.scopes.every(({ complete }) => complete)).toBe(true)
  })

  it("forgets a name that a site no longer has", async () => {
    const { sync, rows } = await testbed()
    await sync(["domains"])
    await stage.during(
      (_, recorded) => {
        const body = recorded?.file === "sites/northwind-page-1.json" ? recorded.response.body : undefined
        if (!Array.isArray(body)) return undefined
        const [site, ...rest] = body
        const changed = { ...Object(site), domain_aliases: [] }
        return Response.json([changed, ...rest], { headers: recorded?.response.headers ?? {} })
      },
      () => sync(["domains"]),
    )
    const names = [...((await rows(["domains"])).get("domains")?.values() ?? [])].map(({ name }) => name)
    expect(names.sort()).toEqual([
      "example.com",
      "notes.example.org",
      "shop.example.com",
      "xn--bcher-kva.example",
    ])
  })

  it.each([
    [{ error: "Account credit usage exceeded - new deploys are blocked until credits are added" }, 403],
    [{ code: 429, message: "Account usage exceeded" }, 429],
  ])("takes %j for a limit of the plan, which waiting does not lift", async (body, status) => {
    const { connect } = await testbed()
    let asked = 0
    const error = await stage.during(
      () => {
        asked++
        return Response.json(body, { status })
      },
      () => failureOf(connect().getUser()),
    )
    expect(error).toMatchObject({ code: "quota_exceeded" })
    expect(asked).toBe(1)
  })
})

/** Makes something as the engine does: each step is looked for, then made. */
async function make(kind: Provision<NetlifyApi>, input: unknown, idempotencyKey = "key-1") {
  const api = (await testbed()).connect()
  const read = kind.input.parse(input)
  const made: Record<string, Made> = {}
  for (const step of kind.steps) {
    expect(await step.find?.(api, read, { made, idempotencyKey })).toBeNull()
    made[step.name] = await step.create(api, read, { made: { ...made }, idempotencyKey })
  }
  return {
    api,
    made,
    observe: () => kind.observe(api, made, read),
    async undo() {
      for (const step of [...kind.steps].reverse()) {
        const one = made[step.name]
        if (one) await step.undo(api, one, { made })
      }
    },
  }
}

/** A row as a sync leaves it. */
async function rowOf<Name extends ResourceTableName>(table: Name, id: string): Promise<ResourceRow<Name>> {
  const { sync, rows } = await testbed()
  await sync([table])
  const row = (await rows([table])).get(table)?.get(id)
  if (!row) throw new Error(`There is no row ${id} of ${table}.`)
  return row as ResourceRow<Name>
}

describe("a site", () => {
  const input = {
    account: "northwind-studio",
    name: "northwind-campaign",
    customDomain: "Campaign.example.com",
  }

  it("is made, seen, and deleted", async () => {
    const { api, made, observe, undo } = await make(provision.site, input)
    expect(made["site"]).toEqual({ id: CAMPAIGN })
    expect(await observe()).toMatchObject({
      state: "ready",
      item: { id: CAMPAIGN },
      scope: { id: "account/64f0c2a19b3e4d0008a1b201", data: { slug: "northwind-studio" } },
    })
    const row = { ...(await rowOf("webServices", DOCS)), providerResourceId: CAMPAIGN }
    const writes: string[] = []
    await stage.during(noting(writes), () => provision.site.destroy(api, row))
    await undo()
    expect(writes).toEqual([`DELETE /sites/${CAMPAIGN}`])
  })

  it("is waited for while Netlify does not say that it is there", async () => {
    const { observe } = await make(provision.site, input)
    const told = await stage.during(
      (_, recorded) =>
        recorded?.file === "sites/get-campaign.json"
          ? Response.json({ ...Object(recorded.response.body), state: "preparing" })
          : undefined,
      observe,
    )
    expect(told).toEqual({ state: "pending", progress: "preparing" })
  })

  it("is found after an interruption by its name, and by no name that only begins so", async () => {
    const { connect } = await testbed()
    const [step] = provision.site.steps
    const read = provision.site.input.parse({ account: "northwind-studio", name: "northwind-storefront" })
    const context = { made: {}, idempotencyKey: "key-1" }
    expect(await step?.find?.(connect(), read, context)).toEqual({ id: STOREFRONT })
  })

  it("is refused where the name is somebody else's", async () => {
    const { connect } = await testbed()
    const read = provision.site.input.parse({ account: "northwind-studio", name: "storefront" })
    const error = await failureOf(
      Promise.resolve(
        provision.site.steps[0]?.create(connect(), read, { made: {}, idempotencyKey: "key-1" }),
      ),
    )
    expect(error).toMatchObject({ code: "conflict", message: expect.stringContaining("must be unique") })
  })

  it("that is gone already is deleted, and seen to be gone", async () => {
    const { connect } = await testbed()
    const row = { ...(await rowOf("webServices", DOCS)), providerResourceId: GONE }
    await provision.site.destroy(connect(), row)
    const made = { site: { id: GONE } }
    const read = provision.site.input.parse(input)
    expect(await provision.site.observe(connect(), made, read)).toMatchObject({
      state: "failed",
      code: "not_found",
    })
  })

  it.each([
    [{ ...input, name: "Northwind" }, "name"],
    [{ ...input, account: undefined }, "account"],
    [{ ...input, customDomain: "not a name" }, "customDomain"],
  ])("is not asked for with %j", (bad, field) => {
    expect(provision.site.input.safeParse(bad).error?.issues[0]?.path).toEqual([field])
  })
})

describe("a deploy of files", () => {
  const input = {
    siteId: CAMPAIGN,
    title: "Campaign",
    files: [
      { path: "index.html", content: "<h1>Campaign</h1>" },
      { path: "/docs/read me.txt", content: btoa("Hello"), encoding: "base64" },
      { path: "robots.txt", content: "User-agent: *" },
    ],
  }
  const DEPLOY = "691c4b7e9b3e4d0008a1d421"

  /** The new deploy, further on than recorded. */
  const later =
    (change: object): StandIn =>
    (_, recorded) =>
      recorded?.file === "deploys/get-new.json"
        ? Response.json({ ...Object(recorded.response.body), ...change })
        : undefined

  it("uploads the files that Netlify asks for and no other, then waits until it is ready", async () => {
    const writes: string[] = []
    const { made, observe, undo } = await stage.during(noting(writes), () =>
      make(provision.deployment, input),
    )
    expect(writes).toEqual([
      `POST /sites/${CAMPAIGN}/deploys`,
      `PUT /deploys/${DEPLOY}/files/index.html`,
      `PUT /deploys/${DEPLOY}/files/docs/read%20me.txt`,
    ])
    expect(made["deploy"]).toEqual({ id: DEPLOY })
    expect(await observe()).toEqual({ state: "pending", progress: "uploading" })
    expect(await stage.during(later({ state: "ready", required: [] }), observe)).toMatchObject({
      state: "ready",
      scope: { id: `site/${CAMPAIGN}`, data: { siteId: CAMPAIGN } },
    })
    await undo()
  })

  it("is deleted by its row", async () => {
    const { connect } = await testbed()
    const row = { ...(await rowOf("deployments", "691c4b7e9b3e4d0008a1d401")), providerResourceId: DEPLOY }
    const writes: string[] = []
    await stage.during(noting(writes), () => provision.deployment.destroy(connect(), row))
    expect(writes).toEqual([`DELETE /deploys/${DEPLOY}`])
  })

  it("tells what went wrong in a build, in Netlify's words", async () => {
    const { observe } = await make(provision.deployment, input)
    const told = await stage.during(
      later({ state: "error", error_message: "Invalid redirect rule" }),
      observe,
    )
    expect(told).toMatchObject({ state: "failed", code: "error", message: "Invalid redirect rule" })
  })

  it("is found after an interruption by the key in its title, and goes on with what is still asked for", async () => {
    const { connect } = await testbed()
    const [deploy, files] = provision.deployment.steps
    const read = provision.deployment.input.parse(input)
    expect(await deploy?.find?.(connect(), read, { made: {}, idempotencyKey: "key-2" })).toEqual({
      id: "691c4b7e9b3e4d0008a1d422",
    })
    const writes: string[] = []
    const digest = "f7ff9e8b7bb2e09b70935a5d785e0cc5d9d0abf0" // SHA-1 of "Hello"
    await stage.during(noting(writes, later({ required: [digest] })), async () => {
      const context = { made: { deploy: { id: DEPLOY } }, idempotencyKey: "key-1" }
      expect(await files?.find?.(connect(), read, context)).toBeNull()
      await files?.create(connect(), read, context)
    })
    expect(writes).toEqual([`PUT /deploys/${DEPLOY}/files/docs/read%20me.txt`])
  })

  it("is refused by the plan, not by a role, when the team's credits are used up", async () => {
    const { connect } = await testbed()
    const files = [{ path: "index.html", content: "<h1>Campaign</h1>" }]
    const read = provision.deployment.input.parse({ ...input, files, draft: true })
    const error = await failureOf(
      Promise.resolve(
        provision.deployment.steps[0]?.create(connect(), read, { made: {}, idempotencyKey: "key-4" }),
      ),
    )
    expect(error).toMatchObject({ code: "quota_exceeded" })
  })

  it("that cannot be uploaded is deleted again", async () => {
    const { connect } = await testbed()
    const [deploy, files] = provision.deployment.steps
    const read = provision.deployment.input.parse(input)
    const made = { deploy: { id: DEPLOY } }
    const context = { made, idempotencyKey: "key-1" }
    const error = await stage.during(
      answering("PUT", "/files/index.html", { code: 422, message: "File does not match" }, { status: 422 }),
      () => failureOf(Promise.resolve(files?.create(connect(), read, context))),
    )
    expect(error).toMatchObject({ message: expect.stringContaining("File does not match") })
    const writes: string[] = []
    await stage.during(noting(writes), async () => deploy?.undo(connect(), made.deploy, { made }))
    expect(writes).toEqual([`DELETE /deploys/${DEPLOY}`])
  })

  it.each([["../index.html"], ["/"], ["a//b"], ["a#b"], ["what?"]])(
    "is not asked for with a file at %s",
    (path) => {
      const bad = { ...input, files: [{ path, content: "" }] }
      expect(provision.deployment.input.safeParse(bad).success).toBe(false)
    },
  )

  it.each([
    [[]],
    [[{ path: "a", content: "%", encoding: "base64" }]],
    [
      [
        { path: "a", content: "" },
        { path: "/a", content: "" },
      ],
    ],
  ])("is not asked for with the files %j", (files) => {
    expect(provision.deployment.input.safeParse({ ...input, files }).success).toBe(false)
  })
})

describe("a DNS zone", () => {
  const input = { account: "northwind-studio", name: "Northwind.example" }

  it("is made, seen, and deleted", async () => {
    const { api, made, observe, undo } = await make(provision.domain, input)
    const id = "691f00aa9b3e4d0008a1c303"
    expect(made["DNS zone"]).toEqual({ id })
    expect(await observe()).toMatchObject({ state: "ready", item: { id, name: "northwind.example" } })
    const row = { ...(await rowOf("domains", ZONE)), providerResourceId: id }
    const writes: string[] = []
    await stage.during(noting(writes), () => provision.domain.destroy(api, row))
    await undo()
    expect(writes).toEqual([`DELETE /dns_zones/${id}`])
  })

  it("is found after an interruption by its name", async () => {
    const { connect } = await testbed()
    const read = provision.domain.input.parse({ account: "northwind-studio", name: "bücher.example" })
    const context = { made: {}, idempotencyKey: "key-1" }
    expect(await provision.domain.steps[0]?.find?.(connect(), read, context)).toEqual({
      id: "65b2d7e49b3e4d0008a1c302",
    })
  })

  it("is refused where another team has it", async () => {
    const error = await failureOf(
      make(provision.domain, { account: "northwind-studio", name: "taken.example" }),
    )
    expect(error).toMatchObject({ code: "conflict", message: expect.stringContaining("already been taken") })
  })

  it("is no name of a site, which comes and goes with the site", async () => {
    const attachment = await rowOf("domains", `${STOREFRONT}/shop.example.com`)
    expect(provision.domain.appliesTo?.(attachment)).toBe(false)
    expect(provision.domain.appliesTo?.(await rowOf("domains", ZONE))).toBe(true)
  })
})

describe("a DNS record", () => {
  const input = {
    zoneId: ZONE,
    type: "SRV",
    name: "_xmpp._tcp.example.com",
    content: "xmpp.example.net",
    priority: 5,
    weight: 0,
    port: 5222,
    ttl: 600,
  }
  const MX = "65b2e0119b3e4d0008a1f602"
  const CNAME = "65b2e0119b3e4d0008a1f613"

  it("is made, seen, and deleted", async () => {
    const { api, made, observe, undo } = await make(provision.dnsRecord, input)
    const id = "65b2e0119b3e4d0008a1f611"
    expect(made["DNS record"]).toEqual({ id, data: { zoneId: ZONE } })
    expect(await observe()).toMatchObject({
      state: "ready",
      item: { id },
      scope: { id: `zone/${ZONE}`, data: { zoneId: ZONE, zoneName: "example.com" } },
    })
    const row = { ...(await rowOf("dnsRecords", MX)), providerResourceId: id }
    const writes: string[] = []
    await stage.during(noting(writes), () => provision.dnsRecord.destroy(api, row))
    await undo()
    expect(writes).toEqual([`DELETE /dns_zones/${ZONE}/dns_records/${id}`])
  })

  it("is found after an interruption by all that it says", async () => {
    const { connect } = await testbed()
    const [step] = provision.dnsRecord.steps
    const find = (asked: object) =>
      step?.find?.(connect(), provision.dnsRecord.input.parse({ zoneId: ZONE, ...asked }), {
        made: {},
        idempotencyKey: "key-1",
      })
    const mx = { type: "MX", name: "example.com", content: "mail.example.net" }
    expect(await find({ ...mx, priority: 10 })).toMatchObject({ id: MX })
    expect(await find({ ...mx, priority: 20 })).toBeNull()
  })

  it("is refused in Netlify's words", async () => {
    const error = await failureOf(
      make(provision.dnsRecord, { zoneId: ZONE, type: "A", name: "example.com", content: "nowhere" }),
    )
    expect(error).toMatchObject({
      code: "invalid_request",
      message: expect.stringContaining("valid IPv4 address"),
    })
  })

  it.each([
    [{ ...input, type: "NETLIFY" }, "type"],
    [{ ...input, port: 70_000 }, "port"],
    [{ zoneId: ZONE, type: "MX", name: "example.com", content: "mail.example.net" }, "priority"],
    [{ zoneId: ZONE, type: "CAA", name: "example.com", content: "ca.example", flag: 0, tag: "all" }, "tag"],
  ])("is not asked for with %j", (bad, field) => {
    expect(provision.dnsRecord.input.safeParse(bad).error?.issues[0]?.path).toEqual([field])
  })

  /** Changes a record, with what was written. */
  async function update(id: string, changes: object, standIn?: StandIn) {
    const { connect } = await testbed()
    const row = { ...(await rowOf("dnsRecords", MX)), providerResourceId: id }
    const { input: schema, run } = actions.dnsRecords.update
    const writes: string[] = []
    const outcome = await stage.during(noting(writes, standIn), () =>
      run(connect(), row, schema.parse(changes), { idempotencyKey: "key-1" }).catch(
        (error: unknown) => error,
      ),
    )
    const zone = `/dns_zones/${ZONE}/dns_records`
    return {
      outcome,
      writes: writes.map((write) => write.replace(zone, "").replace("65b2e0119b3e4d0008a1f6", "")),
    }
  }

  it("is changed by making another before it is deleted", async () => {
    const { outcome, writes } = await update(MX, { priority: 20 })
    expect(writes).toEqual(["POST ", "DELETE /02"])
    expect(outcome).toMatchObject({
      madeProviderResourceId: "65b2e0119b3e4d0008a1f612",
      item: { priority: 20 },
      scope: { id: `zone/${ZONE}` },
    })
  })

  it("is left alone when there is nothing to change", async () => {
    const { outcome, writes } = await update(MX, { priority: 10, content: "mail.example.net" })
    expect(writes).toEqual([])
    expect(outcome).toEqual({ message: expect.any(String) })
  })

  it("is kept when it cannot be deleted, and the one in its place is deleted again", async () => {
    const { outcome, writes } = await update(
      MX,
      { priority: 20 },
      answering("DELETE", MX, { code: 422, message: "Managed" }, { status: 422 }),
    )
    expect(writes).toEqual(["POST ", "DELETE /02", "DELETE /12"])
    expect(outcome).toMatchObject({ code: "invalid_request", message: expect.stringContaining("Managed") })
  })

  it("is changed when the answer to its deletion was lost, but it is gone", async () => {
    let isGone = false
    const { outcome, writes } = await update(MX, { priority: 20 }, (sent) => {
      if (!sent.url.pathname.endsWith(MX)) return undefined
      if (sent.method === "DELETE") {
        isGone = true
        return Response.json({ code: 422, message: "Lost" }, { status: 422 })
      }
      return isGone ? Response.json({ code: 404, message: "Not Found" }, { status: 404 }) : undefined
    })
    expect(writes).toEqual(["POST ", "DELETE /02"])
    expect(outcome).toMatchObject({ madeProviderResourceId: "65b2e0119b3e4d0008a1f612" })
  })

  it("says that both are there when the one in its place cannot be deleted either", async () => {
    const { outcome } = await update(MX, { priority: 20 }, (sent) =>
      sent.method === "DELETE"
        ? Response.json({ code: 422, message: "Managed" }, { status: 422 })
        : undefined,
    )
    expect(outcome).toBeInstanceOf(DockError)
    expect(outcome).toMatchObject({
      message: expect.stringMatching(/example.com 3600 MX 10 mail.example.net and .* are both there now/),
    })
  })

  it("is deleted first where the two cannot stand together", async () => {
    const { outcome, writes } = await update(CNAME, { content: "blog.example.org" })
    expect(writes).toEqual(["DELETE /13", "POST "])
    expect(outcome).toMatchObject({ madeProviderResourceId: "65b2e0119b3e4d0008a1f614" })
  })

  it("is made again when the one in its place is refused", async () => {
    const { outcome, writes } = await update(
      CNAME,
      { content: "blog.example.org" },
      refusingTarget("blog.example.org"),
    )
    expect(writes).toEqual(["DELETE /13", "POST ", "POST "])
    expect(outcome).toMatchObject({ message: expect.stringContaining("No such target") })
  })

  it("is told whole when it was deleted and cannot be made again", async () => {
    const { outcome } = await update(CNAME, { content: "blog.example.org" }, refusingTarget())
    expect(outcome).toMatchObject({
      message: expect.stringContaining(
        "blog.example.com 300 CNAME blog.example.net was deleted and could not be made again",
      ),
    })
  })

  it("is not made twice when the answer to making it was lost", async () => {
    const { outcome, writes } = await update(MX, { priority: 20 }, (sent) => {
      if (sent.method === "POST") return new Response("Bad gateway", { status: 502 })
      const made = {
        id: "65b2e0119b3e4d0008a1f612",
        type: "MX",
        hostname: "example.com",
        value: "mail.example.net",
      }
      const record = { ...made, ttl: 3600, priority: 20, errors: [] }
      if (sent.url.pathname.endsWith("/dns_records")) return Response.json([record])
      return sent.url.pathname.endsWith(made.id) ? Response.json(record) : undefined
    })
    expect(writes).toEqual(["POST ", "DELETE /02"])
    expect(outcome).toMatchObject({ madeProviderResourceId: "65b2e0119b3e4d0008a1f612" })
  })
})

/** Refuses records with this value; all of them when it is left out. */
function refusingTarget(value?: string): StandIn {
  return ({ method, body }) =>
    method === "POST" && (value === undefined || Object(body).value === value)
      ? Response.json({ code: 422, message: "No such target" }, { status: 422 })
      : undefined
}

describe("actions", () => {
  const cases: [ResourceTableName, string, string, object, string[]][] = [
    ["webServices", "redeploy", STOREFRONT, { clearCache: true }, [`POST /sites/${STOREFRONT}/builds`]],
    ["webServices", "rollBack", STOREFRONT, {}, [`PUT /sites/${STOREFRONT}/rollback`]],
    ["webServices", "purgeCache", STOREFRONT, { tags: ["prices"] }, ["POST /purge"]],
    ["webServices", "addDomain", STOREFRONT, { domain: "store.example.com" }, [`PATCH /sites/${STOREFRONT}`]],
    [
      "webServices",
      "addDomain",
      STOREFRONT,
      { domain: "store.example.com", primary: true },
      [`PATCH /sites/${STOREFRONT}`],
    ],
    ["webServices", "addDomain", DOCS, { domain: "docs.example.com" }, [`PATCH /sites/${DOCS}`]],
    [
      "webServices",
      "removeDomain",
      STOREFRONT,
      { domain: "www.shop.example.com" },
      [`PATCH /sites/${STOREFRONT}`],
    ],
    [
      "webServices",
      "removeDomain",
      STOREFRONT,
      { domain: "shop.example.com" },
      [`PATCH /sites/${STOREFRONT}`],
    ],
    [
      "webServices",
      "setEnvironmentVariable",
      STOREFRONT,
      { key: "CATALOG_URL", value: "fake-secret-value", context: "production" },
      ["PATCH /accounts/64f0c2a19b3e4d0008a1b201/env/CATALOG_URL"],
    ],
    [
      "webServices",
      "setEnvironmentVariable",
      STOREFRONT,
      { key: "MAIL_KEY", value: "fake-secret-value", context: "branch", branch: "next", hidden: true },
      ["POST /accounts/64f0c2a19b3e4d0008a1b201/env"],
    ],
    [
      "webServices",
      "removeEnvironmentVariable",
      STOREFRONT,
      { key: "CATALOG_URL" },
      ["DELETE /accounts/64f0c2a19b3e4d0008a1b201/env/CATALOG_URL"],
    ],
    [
      "deployments",
      "restore",
      "691c4b7e9b3e4d0008a1d404",
      {},
      [`POST /sites/${STOREFRONT}/deploys/691c4b7e9b3e4d0008a1d404/restore`],
    ],
    ["deployments", "lock", "691c4b7e9b3e4d0008a1d401", {}, ["POST /deploys/691c4b7e9b3e4d0008a1d401/lock"]],
    [
      "deployments",
      "unlock",
      "691c4b7e9b3e4d0008a1d401",
      {},
      ["POST /deploys/691c4b7e9b3e4d0008a1d401/unlock"],
    ],
    [
      "deployments",
      "cancel",
      "691c4b7e9b3e4d0008a1d402",
      {},
      ["POST /deploys/691c4b7e9b3e4d0008a1d402/cancel"],
    ],
  ]

  async function act(table: ResourceTableName, name: string, id: string, input: object, standIn?: StandIn) {
    const action: Action<NetlifyApi> | undefined = netlify.actions?.[table]?.[name]
    if (!action) throw new Error(`There is no action ${name} of ${table}.`)
    const row = await rowOf(table, id)
    expect(action.appliesTo?.(row) ?? true).toBe(true)
    const { connect } = await testbed()
    const writes: string[] = []
    const outcome = await stage.during(noting(writes, standIn), () =>
      action.run(connect(), row, action.input.parse(input), { idempotencyKey: "key-1" }),
    )
    return { outcome, writes }
  }

  it.each(cases)("%s %s of %s with %j is done by one request", async (table, name, id, input, requests) => {
    const { outcome, writes } = await act(table, name, id, input)
    expect(writes).toEqual(requests)
    expect(outcome.message).not.toBe("")
    expect(JSON.stringify(outcome)).not.toContain("fake-secret-value")
  })

  it.each(cases)("%s %s of %s with %j is refused in Netlify's words", async (table, name, id, input) => {
    const refused: StandIn = ({ method }) =>
      method === "GET" ? undefined : Response.json({ code: 422, message: "Not today" }, { status: 422 })
    const error = await failureOf(act(table, name, id, input, refused))
    expect(error).toMatchObject({ code: "invalid_request", message: expect.stringContaining("Not today") })
    expect(JSON.stringify(error)).not.toContain("fake-secret-value")
  })

  it("that build or cancel are for what can be built or canceled", async () => {
    expect(actions.webServices.redeploy.appliesTo?.(await rowOf("webServices", DOCS))).toBe(false)
    const done = await rowOf("deployments", "691c4b7e9b3e4d0008a1d401")
    expect(actions.deployments.cancel.appliesTo?.(done)).toBe(false)
    const managed = await rowOf("dnsRecords", "65b2e0119b3e4d0008a1f601")
    expect(actions.dnsRecords.update.appliesTo?.(managed)).toBe(false)
    expect(provision.dnsRecord.appliesTo?.(managed)).toBe(false)
  })

  it("on names that lead to the site already, or do not, change nothing", async () => {
    for (const [name, domain] of [
      ["addDomain", "shop.example.com"],
      ["addDomain", "www.shop.example.com"],
      ["removeDomain", "other.example.com"],
    ] as const) {
      expect((await act("webServices", name, STOREFRONT, { domain })).writes).toEqual([])
    }
  })
})
