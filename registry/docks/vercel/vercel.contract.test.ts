import { describe, expect, it } from "vitest"
import { conformance } from "../../contract/conformance.ts"
import { loadRecordings, loadRows } from "../../contract/node/load.ts"
import { type Recording, responseOf } from "../../contract/recording.ts"
import { FAKE_SECRET } from "../../contract/scan.ts"
import { vercel } from "./index.ts"

const recordings = loadRecordings()

const { stage, testbed } = conformance(vercel, {
  credentials: { token: "fake-secret-token" },
  recordings,
  rows: loadRows(),
  // Without them a project's variables go unnamed, and a domain's status untold.
  optional: recordings.map(({ file }) => file).filter((file) => /^(environment|domain-config)\//.test(file)),
})

const refusal = (file: string): Recording => {
  const found = recordings.find((recorded) => recorded.file === `errors/${file}.json`)
  if (!found) throw new Error(`No recording of ${file}`)
  return found
}

type Sent = { readonly url: URL }

/** Answers one path with this, the rest from the recordings. */
function answering(path: string, answer: (query: URLSearchParams) => Response | undefined) {
  return ({ url }: Sent) => (url.pathname === path ? answer(url.searchParams) : undefined)
}

describe("the accounts of a token", () => {
  it("are its teams and the personal account, each asked for by name", async () => {
    const { sync } = await testbed()
    const report = await sync(["webServices"])
    expect(report.scopes.map(({ scope }) => scope)).toEqual([
      "user/usrMika",
      "team/team_north",
      "team/team_press",
    ])
  })

  it("are only the teams, where the personal account has become one", async () => {
    const { sync } = await testbed()
    const user = { user: { id: "usrMika", version: "northstar", defaultTeamId: "team_north" } }
    const report = await stage.during(
      answering("/v2/user", () => Response.json(user)),
      () => sync(["webServices"]),
    )
    expect(report.scopes.map(({ scope }) => scope)).toEqual(["team/team_north", "team/team_press"])
  })

  it.each([
    ["webServices", "/v10/projects"],
    ["deployments", "/v7/deployments"],
    ["domains", "/v5/domains"],
    ["dnsRecords", "/v5/domains"],
  ] as const)("that may not list %s keep the rows, and the others are read", async (table, path) => {
    const { sync, rows } = await testbed()
    await sync([table])
    const before = [...((await rows([table])).get(table)?.keys() ?? [])]
    const { response } = refusal("no-permission")
    const report = await stage.during(
      answering(path, (query) => (query.get("teamId") === "team_north" ? responseOf(response) : undefined)),
      () => sync([table]),
    )
    expect(report.status).toBe("partial")
    const failed = report.scopes.filter(({ error }) => error)
    expect(failed.map(({ error }) => [error?.code, error?.suggestion])).toEqual([
      ["forbidden", expect.stringContaining("permission to list domain")],
    ])
    expect(report.scopes.filter(({ complete }) => complete).length).toBeGreaterThan(0)
    expect([...((await rows([table])).get(table)?.keys() ?? [])]).toEqual(before)
  })
})

describe("the end of a list", () => {
  const record = (at: number) => ({
    id: `rec_${at}`,
    name: `n${at}`,
    type: "A",
    value: "192.0.2.1",
    createdAt: at,
  })
  const records = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => record(from - index))

  /** Syncs the records of a zone that answers so; the cursor is empty at first. */
  async function syncZone(answer: (until: string) => unknown) {
    const { sync, rows } = await testbed()
    const asked: string[] = []
    const report = await stage.during(
      answering("/v5/domains/example.com/records", (query) => {
        const until = query.get("until") ?? ""
        asked.push(until)
        return Response.json(answer(until))
      }),
      () => sync(["dnsRecords"]),
    )
    const zone = report.scopes.find(({ scope }) => scope.endsWith("/example.com"))
    const kept = [...((await rows(["dnsRecords"])).get("dnsRecords")?.values() ?? [])]
    return { asked, zone, count: kept.filter(({ scope }) => scope.endsWith("/example.com")).length }
  }

  it("is where nothing more is told", async () => {
    const { asked, zone, count } = await syncZone((until) =>
      until === ""
        ? { records: records(300, 100), pagination: { count: 100, next: 201 } }
        : { records: records(200, 3), pagination: { count: 3, next: null } },
    )
    expect(asked).toEqual(["", "201"])
    expect([zone?.complete, count]).toEqual([true, 103])
  })

  it("is an empty page, where the last one still told of another", async () => {
    const { asked, zone, count } = await syncZone((until) => ({
      records: until === "" ? records(300, 3) : [],
      pagination: { count: 3, next: 298 },
    }))
    expect(asked).toEqual(["", "298"])
    expect([zone?.complete, count]).toEqual([true, 3])
  })

  it.each([1, 3])("is the last of %i items once more, should `until` mean that, too", async (length) => {
    const { zone, count } = await syncZone((until) => ({
      records: until === "" ? records(300, length) : [record(Number(until))],
      pagination: { count: 1, next: 301 - length },
    }))
    expect([zone?.complete, count]).toEqual([true, length])
  })

  it("is not a page that comes again", async () => {
    const { zone } = await syncZone(() => ({ records: records(300, 3), pagination: { count: 3, next: 298 } }))
    expect(zone?.error?.code).toBe("incomplete_listing")
  })

  it("is a list without pages, unless it is just as long as one", async () => {
    expect((await syncZone(() => ({ records: records(300, 99) }))).zone?.complete).toBe(true)
    const { zone } = await syncZone(() => ({ records: records(300, 100) }))
    expect(zone?.error?.code).toBe("incomplete_listing")
  })

  it("is looked for by token where projects tell one", async () => {
    const { sync, rows } = await testbed()
    const project = (id: string) => ({ id, name: id })
    const report = await stage.during(
      ({ url }: Sent) => {
        if (url.pathname.endsWith("/env")) return Response.json({ envs: [] })
        if (url.pathname !== "/v10/projects") return undefined
        return url.searchParams.get("teamId") !== "team_press"
          ? Response.json({ projects: [], pagination: { count: 0, next: null } })
          : url.searchParams.get("from") === "JBSWY3DP"
            ? Response.json({ projects: [project("b")], pagination: { count: 1, next: null } })
            : Response.json({ projects: [project("a")], pagination: { count: 1, next: "JBSWY3DP" } })
      },
      () => sync(["webServices"]),
    )
    expect(report.status).toBe("succeeded")
    expect([...((await rows(["webServices"])).get("webServices")?.keys() ?? [])]).toEqual(["a", "b"])
  })
})

describe("errors", () => {
  /** What becomes of an answer, and how often it was asked for. */
  async function told(
    { status, body }: { status: number; body: unknown },
    headers: Record<string, string> = {},
  ) {
    const { connect } = await testbed()
    let asked = 0
    const failure = await stage.during(
      answering("/v2/user", () => {
        asked++
        return Response.json(body, { status, headers })
      }),
      () =>
        connect()
          .accounts.getUser()
          .catch((error: unknown) => error),
    )
    return { failure, asked }
  }

  it.each(["invalid-token", "missing-token"])(
    "of a token (%s) are not taken for a missing permission",
    async (file) => {
      const { response } = refusal(file)
      const { failure } = await told({ status: response.status, body: response.body })
      expect(failure).toMatchObject({ code: "unauthorized", providerCode: "forbidden" })
    },
  )

  it("of single sign-on say what to do", async () => {
    const { failure } = await told({ status: 403, body: refusal("saml").response.body })
    expect(failure).toMatchObject({ code: "forbidden", suggestion: expect.stringContaining("SAML") })
  })

  it.each(["builds_rate_limited", "api-deployments-free-per-day", "api-deployments-pro-per-hour"])(
    "of a used-up quota (%s) are not tried again, though they are a 429",
    async (code) => {
      const body = { error: { code, message: "Resource is limited" } }
      const { failure, asked } = await told({ status: 429, body }, { "retry-after": "3600" })
      expect(failure).toMatchObject({ code: "quota_exceeded", providerCode: code })
      expect(asked).toBe(1)
    },
  )

  it("of speed are tried again", async () => {
    const body = { error: { code: "rate_limited", message: "Too many requests" } }
    const { failure, asked } = await told({ status: 429, body }, { "retry-after": "1" })
    expect(failure).toMatchObject({ code: "rate_limited" })
    expect(asked).toBe(4)
  })

  it("without a message, or in no known form, are told by their status", async () => {
    expect((await told({ status: 404, body: { error: { code: "not_found" } } })).failure).toMatchObject({
      code: "not_found",
    })
    expect((await told({ status: 403, body: { error: "no" } })).failure).toMatchObject({ code: "forbidden" })
  })
})

describe("environment variables", () => {
  async function shop() {
    const { sync, rows } = await testbed()
    const report = await sync(["webServices"])
    const row = (await rows(["webServices"])).get("webServices")?.get("prj_shop")
    return { report, data: row?.fullApiData ?? {} }
  }

  it("are known by name and place, and never by value", async () => {
    const { data } = await shop()
    expect(data["env"]).toEqual([
      { key: "SHOP_GREETING", type: "plain", target: ["production"] },
      { key: "DATABASE_URL", type: "sensitive", target: ["production", "preview"], gitBranch: null },
      { key: "FEATURE", type: "encrypted", target: ["preview"], gitBranch: "feature/cart" },
    ])
    expect(JSON.stringify(data)).not.toContain(FAKE_SECRET)
  })

  it("may be closed to a token that reads the project all the same", async () => {
    const { response } = refusal("no-permission")
    const { report, data } = await stage.during(
      answering("/v10/projects/prj_shop/env", () => responseOf(response)),
      shop,
    )
    expect(report.status).toBe("succeeded")
    expect(data).not.toHaveProperty("env")
    expect(data).toMatchObject({ name: "shop" })
  })
})

describe("domains", () => {
  it("are read although the DNS did not answer Vercel in time: then their status is open", async () => {
    const { sync, rows } = await testbed()
    const { response } = refusal("dns-timeout")
    const report = await stage.during(
      answering("/v6/domains/example.com/config", () => responseOf(response)),
      () => sync(["domains"]),
    )
    expect(report.status).toBe("succeeded")
    const row = (await rows(["domains"])).get("domains")?.get("example.com")
    expect(row).toMatchObject({ status: "unknown", kind: "zone" })
  })
})

describe("deployments", () => {
  it.each([
    [{ target: null }, "preview"],
    [{ target: null, readySubstate: "PROMOTED" }, null],
    [{ target: "preview" }, "preview"],
    [{ target: "staging" }, "staging"],
    [{ target: "qa" }, null],
    [{}, null],
  ])("with %j belong to %s", (told, environment) => {
    const { wire, map } = vercel.sync.deployments ?? {}
    const item = wire?.parse({ uid: "dpl_1", ...told })
    expect(map?.(item, { id: "team/team_north" })).toMatchObject({ environment })
  })
})

describe("projects", () => {
  it.each([
    [{ type: "github-limited", org: "o", repo: "r" }, "https://github.com/o/r"],
    [
      { type: "github-custom-host", host: "git.example.com", org: "o", repo: "r" },
      "https://git.example.com/o/r",
    ],
    [{ type: "bitbucket", owner: "o", slug: "r" }, "https://bitbucket.org/o/r"],
    [{ type: "gitlab", projectUrl: "not an address" }, null],
    [{ type: "forgejo", org: "o", repo: "r" }, null],
  ])("linked to %j have the repository %s", (link, repositoryUrl) => {
    const { wire, map } = vercel.sync.webServices ?? {}
    const item = wire?.parse({ id: "prj_1", link })
    expect(map?.(item, { id: "team/team_north" })).toMatchObject({ repositoryUrl })
  })
})
