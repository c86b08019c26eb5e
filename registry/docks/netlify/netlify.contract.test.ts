import { describe, expect, it } from "vitest"
import { conformance } from "../../contract/conformance.ts"
import { loadRecordings, loadRows } from "../../contract/node/load.ts"
import type { StandIn } from "../../contract/stage.ts"
import { netlify } from "./index.ts"

const { stage, testbed } = conformance(netlify, {
  credentials: { token: "fake-secret-token" },
  recordings: loadRecordings(),
  rows: loadRows(),
  optional: ["build-hooks/storefront.json", "certificates/storefront.json", "certificates/notes.json"],
})

const STOREFRONT = "3a1f0c52-7d0e-4c1b-9a61-52f4b0d8e101"
const DOCS = "3a1f0c52-7d0e-4c1b-9a61-52f4b0d8e103"

/** Answers the requests to one path with this, the rest from the recordings. */
function answering(method: string, path: string, body: unknown, init?: ResponseInit): StandIn {
  return (sent) =>
    sent.method === method && sent.url.pathname.endsWith(path) ? Response.json(body, init) : undefined
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
