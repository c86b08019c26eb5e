import { describe, expect, it } from "vitest"
import { conformance } from "../../contract/conformance.ts"
import { loadRecordings, loadRows } from "../../contract/node/load.ts"
import { createTestbed } from "../../contract/testbed.ts"
import type { Listing } from "../../core/page.ts"
import { cloudflare } from "./index.ts"
import { contentFrom, dataFrom } from "./record-data.ts"

const recordings = loadRecordings()

const { stage, testbed } = conformance(cloudflare, {
  credentials: { apiToken: "fake-secret-token" },
  recordings,
  rows: loadRows(),
})

const ACCOUNT = "a1".repeat(16)
const ZONE = "b1".repeat(16)
const RECORDS = `/zones/${ZONE}/dns_records`

async function itemsOf(listing: Listing): Promise<unknown[]> {
  const items: unknown[] = []
  for await (const page of listing) items.push(...page.items)
  return items
}

type Sent = { url: URL; headers: Headers }

/** Answers one path, the rest from the recordings. */
function answering(path: string, answer: (sent: Sent) => Response) {
  return (sent: Sent) => (sent.url.pathname.endsWith(path) ? answer(sent) : undefined)
}

const ok = (body: object) => Response.json({ success: true, errors: [], messages: [], ...body })
const refusal = (status: number, code: number, message: string, headers = {}) =>
  Response.json({ success: false, errors: [{ code, message }] }, { status, headers })

describe("credentials", () => {
  it("sends a token as a bearer, and a key with its e-mail address", async () => {
    const { connect } = await testbed()
    const seen: (string | null)[] = []
    const note = answering("/accounts", ({ headers }) => {
      seen.push(headers.get("authorization"), headers.get("x-auth-email"), headers.get("x-auth-key"))
      return ok({ result: [{ id: ACCOUNT, name: "Harbour" }], result_info: { per_page: 50, total_count: 1 } })
    })
    await stage.during(note, () => cloudflare.verify(connect()))
    expect(seen).toEqual(["Bearer fake-secret-token", null, null])

    seen.length = 0
    const byKey = await createBed({ apiKey: "fake-secret-key", email: "ada@example.com" })
    await stage.during(note, () => cloudflare.verify(byKey.connect()))
    expect(seen).toEqual([null, "ada@example.com", "fake-secret-key"])
  })

  it.each([
    [{}],
    [{ apiKey: "fake-secret-key" }],
    [{ email: "ada@example.com" }],
    [{ apiToken: "fake-secret-token", apiKey: "fake-secret-key", email: "ada@example.com" }],
  ])("refuses %j: neither a token, nor a key with its address", (given) => {
    const { error } = cloudflare.credentials.safeParse(given)
    expect(error?.issues[0]?.message).toBe("give apiToken, or apiKey and email")
  })

  it("knows a token that sees zones alone by its zone", async () => {
    const { connect } = await testbed()
    const none = answering("/accounts", () =>
      ok({ result: [], result_info: { page: 1, per_page: 50, count: 0, total_count: 0 } }),
    )
    const account = await stage.during(none, () => cloudflare.verify(connect()))
    expect(account).toEqual({ id: ACCOUNT, name: "example.com" })
  })

  it.each([
    [6003, "Invalid request headers"],
    [9106, "Missing X-Auth-Key, X-Auth-Email or Authorization headers"],
  ])("says of a 400 with code %i that the credential was refused", async (code, message) => {
    const { connect } = await testbed()
    const error = await stage.during(
      () => refusal(400, code, message),
      () => cloudflare.verify(connect()).catch((error: unknown) => error),
    )
    expect(error).toMatchObject({ code: "unauthorized", providerCode: String(code) })
  })
})

function createBed(credentials: object) {
  return createTestbed({ dock: cloudflare, credentials })
}

describe("a token that may not see everything", () => {
  it("syncs what it sees, names the permission that it lacks, and deletes nothing of the rest", async () => {
    const { sync, rows } = await testbed()
    await sync()
    const before = await rows()
    const report = await stage.during(
      ({ url }) =>
        /\/(workers|pages|d1|r2|registrar|kv)\b/.test(url.pathname)
          ? refusal(403, 10000, "Authentication error")
          : undefined,
      () => sync(),
    )
    const complete = report.scopes.filter((scope) => scope.complete).map(({ scope }) => scope)
    expect(complete).toEqual(expect.arrayContaining(["zones", `zone/${ZONE}`]))
    const said = report.scopes.flatMap(({ error }) => (error ? [`${error.message} ${error.suggestion}`] : []))
    for (const permission of [
      "Account > Workers Scripts > Read",
      "Account > Cloudflare Pages > Read",
      "Account > D1 > Read",
      "Account > Workers KV Storage > Read",
      "Account > Workers R2 Storage > Read",
      "Account > Registrar Domains > Read",
      "Zone > Workers Routes > Read",
    ]) {
      expect(said.join("\n")).toContain(permission)
    }
    for (const [table, found] of await rows()) expect(found.size, table).toBe(before.get(table)?.size)
  })

  it("is not taken for one of an account that has nothing", async () => {
    const { sync, rows } = await testbed()
    await sync()
    const none = answering("/accounts", () =>
      ok({ result: [], result_info: { page: 1, per_page: 50, count: 0, total_count: 0 } }),
    )
    const report = await stage.during(none, () => sync(["buckets"]))
    expect(report.scopes[0]?.error).toMatchObject({ code: "forbidden" })
    expect((await rows(["buckets"])).get("buckets")?.size).toBe(3)
  })

  it("for one account leaves the deployments of the others to be read", async () => {
    const { sync } = await testbed()
    const other = "a2".repeat(16)
    const report = await stage.during(
      ({ url }) => {
        if (url.pathname.endsWith("/accounts")) {
          const result = [{ id: other }, { id: ACCOUNT }]
          return ok({ result, result_info: { page: 1, per_page: 50, count: 2, total_count: 2 } })
        }
        return url.pathname.includes(`/${other}/pages`)
          ? refusal(403, 10000, "Authentication error")
          : undefined
      },
      () => sync(["deployments"]),
    )
    expect(report.scopes.map(({ scope, complete }) => [scope, complete])).toEqual([
      ["*", false],
      [`${ACCOUNT}/pages/shop`, true],
      [`${ACCOUNT}/pages/notes`, true],
    ])
  })
})

describe("the end of a listing", () => {
  const record = (id: number) => ({
    id: `record-${id}`,
    type: "A",
    name: "example.com",
    content: "192.0.2.1",
  })

  it.each([
    ["by the number of pages", { per_page: 2, total_pages: 2 }],
    ["by the total, where the number of pages is 0", { per_page: 2, total_count: 3, total_pages: 0 }],
    ["by the total, where the number of pages is left out", { per_page: 2, total_count: 3 }],
    ["by the total, where the number of pages is too small", { per_page: 2, total_count: 3, total_pages: 1 }],
    ["by a page that is not full, where nothing is told", { per_page: 2 }],
    ["by the size that was answered and not the one asked for", { per_page: 2, total_count: 3 }],
  ])("is known %s", async (_, info) => {
    const { connect } = await testbed()
    const listed = await stage.during(
      answering(RECORDS, ({ url }) => {
        const page = Number(url.searchParams.get("page"))
        const result = page === 1 ? [record(1), record(2)] : page === 2 ? [record(3)] : []
        return ok({ result, result_info: { page, count: result.length, ...info } })
      }),
      () => itemsOf(connect().dns.listDnsRecords(ZONE)),
    )
    expect(listed).toHaveLength(3)
  })

  it.each([
    ["nothing tells how large a page is", { result_info: { page: 1, count: 1 } }],
    ["nothing is told at all", {}],
    ["there is more than comes", { result_info: { page: 1, per_page: 100, count: 1, total_count: 2 } }],
  ])("is not guessed where %s, and the rows stay", async (_, rest) => {
    const { sync, rows } = await testbed()
    await sync(["dnsRecords"])
    const before = (await rows(["dnsRecords"])).get("dnsRecords")?.size
    const report = await stage.during(
      answering(RECORDS, () => ok({ result: [record(1)], ...rest })),
      () => sync(["dnsRecords"]),
    )
    expect(report.scopes[0]?.error?.code).toBe("incomplete_listing")
    expect((await rows(["dnsRecords"])).get("dnsRecords")?.size).toBeGreaterThanOrEqual(before ?? 1)
  })

  it("is told by an unpaged list that has less than its own total: then it is none", async () => {
    const { connect } = await testbed()
    const listing = stage.during(
      answering("/workers/domains", () => ok({ result: [], result_info: { page: 1, total_count: 2 } })),
      () => itemsOf(connect().workers.listDomains(ACCOUNT)),
    )
    await expect(listing).rejects.toMatchObject({ code: "incomplete_listing" })
  })
})

describe("refusals", () => {
  const asking = async (answer: () => Response) => {
    const { connect, clock } = await testbed()
    const start = clock.now()
    let tries = 0
    const error = await stage.during(
      answering(RECORDS, () => {
        tries++
        return answer()
      }),
      () => itemsOf(connect().dns.listDnsRecords(ZONE)).catch((error: unknown) => error),
    )
    return { error, tries, waitedMs: clock.now() - start }
  }

  it("of a quota are not repeated, though they come as a 429", async () => {
    const { error, tries } = await asking(() => refusal(429, 81045, "Record quota exceeded."))
    expect(error).toMatchObject({ code: "quota_exceeded" })
    expect(tries).toBe(1)
  })

  it("of speed are waited for as long as Cloudflare says", async () => {
    let first = true
    const { error, tries, waitedMs } = await asking(() => {
      if (!first) return ok({ result: [], result_info: { page: 1, per_page: 100, total_count: 0 } })
      first = false
      return refusal(429, 971, "Please wait and consider throttling your request speed", {
        "retry-after": "42",
      })
    })
    expect(error).toEqual([])
    expect(tries).toBe(2)
    expect(waitedMs).toBeGreaterThanOrEqual(42_000)
  })

  it("tell the reason behind the reason", async () => {
    const { error } = await asking(() =>
      Response.json(
        {
          success: false,
          errors: [
            {
              code: 1004,
              message: "DNS Validation Error",
              error_chain: [{ code: 9011, message: "Too long" }],
            },
          ],
        },
        { status: 400 },
      ),
    )
    expect(error).toHaveProperty("message", expect.stringContaining("DNS Validation Error: Too long"))
  })

  it("without a reason are refusals all the same", async () => {
    const { error } = await asking(() => Response.json({ success: false, errors: null }))
    expect(error).toMatchObject({ code: "provider_error" })
  })
})

describe("records in parts", () => {
  it.each([
    [
      "CAA",
      '0 issue "ca.example.net; policy=ev"',
      { flags: 0, tag: "issue", value: "ca.example.net; policy=ev" },
    ],
    ["SRV", "5 5060 sip.example.net", { weight: 5, port: 5060, target: "sip.example.net" }],
    ["HTTPS", '1 . alpn="h3,h2" port=8443', { priority: 1, target: ".", value: 'alpn="h3,h2" port=8443' }],
    ["SVCB", "0 other.example.net", { priority: 0, target: "other.example.net", value: "" }],
    ["TLSA", "3 1 1 abcd", { usage: 3, selector: 1, matching_type: 1, certificate: "abcd" }],
    ["SSHFP", "4 2 abcd", { algorithm: 4, type: 2, fingerprint: "abcd" }],
    ["DS", "2371 13 2 abcd", { key_tag: 2371, algorithm: 13, digest_type: 2, digest: "abcd" }],
    [
      "LOC",
      "52 22 23.5 N 4 53 32 E -2m 10m 100m 10m",
      {
        ...{ lat_degrees: 52, lat_minutes: 22, lat_seconds: 23.5, lat_direction: "N" },
        ...{ long_degrees: 4, long_minutes: 53, long_seconds: 32, long_direction: "E" },
        ...{ altitude: -2, size: 10, precision_horz: 100, precision_vert: 10 },
      },
    ],
    [
      "NAPTR",
      '100 10 "S" "SIP+D2T" "" _sip._tcp.example.com',
      {
        ...{ order: 100, preference: 10, flags: "S", service: "SIP+D2T", regex: "" },
        replacement: "_sip._tcp.example.com",
      },
    ],
    ["URI", '10 "https://example.com/"', { weight: 10, target: "https://example.com/" }],
  ])("%s reads from its text, and writes the same text again", (type, content, data) => {
    expect(dataFrom(type, content)).toEqual(data)
    expect(contentFrom(type, data)).toBe(content)
  })

  it.each([
    ["SRV", "10 sip.example.net"],
    ["SRV", "5 5060 sip.example.net more"],
    ["CAA", "zero issue ca"],
    ["TLSA", "3 1 1"],
    ["A", "192.0.2.1"],
  ])("%s does not read from %j", (type, content) => {
    expect(dataFrom(type, content)).toBeNull()
  })

  it("have no text where a part is missing, rather than a wrong one", () => {
    expect(contentFrom("SRV", { weight: 5, port: 5060 })).toBeNull()
  })

  it("get their text from the parts, where an old answer leaves it out", async () => {
    const { sync, rows } = await testbed()
    const data = { flags: "0", tag: "issuewild", value: "example.net" }
    await stage.during(
      answering(RECORDS, () =>
        ok({
          result: [{ id: "1", type: "CAA", name: "example.com", data }],
          result_info: { page: 1, per_page: 100, total_count: 1 },
        }),
      ),
      () => sync(["dnsRecords"]),
    )
    expect((await rows(["dnsRecords"])).get("dnsRecords")?.get(`${ZONE}/1`)).toMatchObject({
      content: '0 issuewild "example.net"',
    })
  })
})

describe("a deployment's stage", () => {
  it.each([
    ["queued", "idle", "queued"],
    ["initialize", "active", "building"],
    ["build", "success", "building"],
    ["deploy", "success", "ready"],
    ["clone_repo", "failure", "failed"],
    ["build", "canceled", "canceled"],
    ["paint", "success", "unknown"],
    ["build", "paused", "unknown"],
  ])("%s %s is %s", (name, status, expected) => {
    const row = cloudflare.sync.deployments?.map(
      { id: "1", latest_stage: { name, status } },
      { id: "x", data: { account: ACCOUNT, project: "shop" } },
    )
    expect(row).toMatchObject({ status: expected })
  })
})
