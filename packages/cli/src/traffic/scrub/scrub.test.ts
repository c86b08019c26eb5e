import { createHash } from "node:crypto"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { z } from "zod"
import type { Exchange } from "../exchange.ts"
import { looksRandom } from "./random.ts"
import { type ScrubOptions, scrub } from "./scrub.ts"

const own = { ownHosts: ["api.provider.io"] }

function exchange(body: unknown, more: Partial<Exchange> = {}): Exchange {
  return {
    where: "entry 1",
    method: "GET",
    url: "https://api.provider.io/v1/servers",
    requestHeaders: {},
    requestBody: undefined,
    status: 200,
    responseHeaders: {},
    body,
    isJson: true,
    at: "2026-11-20T10:00:00.000Z",
    ...more,
  }
}

/** The body after scrubbing, where nothing was in doubt. */
function clean(body: unknown, options: Partial<ScrubOptions> = {}): unknown {
  const { exchanges, undecided } = scrub([exchange(body)], { ...own, ...options })
  expect(undecided).toEqual([])
  return exchanges[0]?.body
}

const ip = (...parts: number[]) => parts.join(".")

describe("what is replaced", () => {
  it.each([
    ["a secret by the name of its key", { api_key: "hunter2" }, { api_key: "fake-secret-1" }],
    ["a secret that is a number", { pin_code: 5, otp: 421_337 }, { pin_code: 5, otp: 100_001 }],
    [
      "the value of a variable",
      { env: [{ key: "GREETING", value: "hello there" }], vars: { value: "x1" } },
      { env: [{ key: "GREETING", value: "fake-secret-1" }], vars: { value: "fake-secret-2" } },
    ],
    [
      "an e-mail address",
      { contact: "Write to jane@acme.io." },
      { contact: "Write to person-1@example.com." },
    ],
    ["a person", { owner: { name: "Jane Doe", id: 7 } }, { owner: { name: "Person 1", id: 7 } }],
    [
      "a person's name in other words",
      { user: { name: "Jane Doe" }, branch: "fix/jane-doe-1" },
      { user: { name: "Person 1" }, branch: "fix/person-1-1" },
    ],
    [
      "a user's name",
      { username: "jdoe", path: "/home/jdoe/www" },
      { username: "user-1", path: "/home/user-1/www" },
    ],
    [
      "a phone number",
      { phone: "0301234567", text: "+49 30 1234567" },
      { phone: "+1-200-555-0101", text: "+1-200-555-0102" },
    ],
    [
      "an IPv4 address and its net",
      { ip: ip(8, 8, 8, 8), net: `${ip(8, 8, 8, 8)}/24` },
      { ip: "192.0.2.1", net: "192.0.2.1/24" },
    ],
    ["an IPv6 address", { ip: "2a01:4f8:c0c:1::1" }, { ip: "2001:db8::1" }],
    ["a MAC address", { mac: "96:00:00:a1:b2:c3" }, { mac: "00:00:5e:00:53:01" }],
    [
      "a domain, and what is below it",
      { zone: "acme.io", a: "www.acme.io", b: "shop1.acme.io." },
      { zone: "site-1.example", a: "www.site-1.example", b: "host-1.site-1.example." },
    ],
    [
      "a domain of two levels",
      { zone: "acme.co.uk", a: "mail.acme.co.uk" },
      { zone: "site-1.example", a: "mail.site-1.example" },
    ],
    [
      "a name at a platform, which stays",
      { url: "https://acme.vercel.app/x" },
      { url: "https://host-1.vercel.app/x" },
    ],
    [
      "the owner of a domain by its word",
      { domain: "acmebakery.io", name: "acmebakery-web-1" },
      { domain: "site-1.example", name: "company-1-web-1" },
    ],
    [
      "a repository",
      { repo_url: "https://github.com/acme/shop.git" },
      { repo_url: "https://github.com/company-1/repository-1.git" },
    ],
    [
      "a repository's full name",
      { repo: { full_name: "acme/shop" } },
      { repo: { full_name: "repository-1" } },
    ],
    ["prose", { description: "Jane's box, ask her first" }, { description: "Text 1." }],
    [
      "a password in an address",
      { uri: "postgres://u:hunter22@db.acme.io:5432/x" },
      { uri: "postgres://u:fake-secret-1@db.site-1.example:5432/x" },
    ],
    [
      "what stands in JSON within a text",
      { meta: '{"token":"hunter2"}' },
      { meta: '{"token":"fake-secret-1"}' },
    ],
    [
      "what is the key of an object",
      { [ip(8, 8, 4, 4)]: true, "acme.io": 1 },
      { "192.0.2.1": true, "site-1.example": 1 },
    ],
  ])("%s", (_, body, expected) => expect(clean(body)).toEqual(expected))

  it("a refusal's message stays, because it is the provider's", () => {
    const refused = exchange({ message: "Unauthenticated.", description: "No such key." }, { status: 401 })
    expect(scrub([refused], own).exchanges[0]?.body).toEqual(refused.body)
  })

  it.each([
    ["addresses of nobody", { a: "192.0.2.7", b: "10.0.0.1", c: "2001:db8::9", d: "127.0.0.1" }],
    ["names of nobody", { a: "www.example.com", b: "jane@example.org", c: "site.test" }],
    [
      "the provider's words",
      { status: "running", plan: "s-1vcpu-1gb", image: "ubuntu-22-04-x64", region: "fra1", count: 12 },
    ],
    ["times", { created_at: "2026-11-20T10:00:00Z", ms: 1_700_000_000_000 }],
    ["masked secrets", { token: "*1a2b", password: "" }],
    ["the provider's own addresses", { next: "https://api.provider.io/v1/servers?page=2" }],
    [
      "files and versions",
      { file: "index.html", config: "next.config.js", version: "8.3.2", kernel: "5.15.0-91" },
    ],
  ])("leaves %s as they are", (_, body) => expect(clean(body)).toEqual(body))

  it("drops every header but those that answers are read by", () => {
    const responseHeaders = {
      "set-cookie": "s=abc",
      "x-total-count": "5",
      link: '<https://api.provider.io/v1/servers?page=2>; rel="next"',
    }
    const requestHeaders = { authorization: "Bearer abcdefghijkl", cookie: "a=b" }
    const { exchanges } = scrub([exchange({}, { responseHeaders, requestHeaders })], own)
    const { "set-cookie": _, ...kept } = responseHeaders
    expect(exchanges[0]).toMatchObject({ requestHeaders: {}, responseHeaders: kept })
    expect(exchanges[0]?.responseHeaders).toEqual(kept)
  })
})

describe("references", () => {
  it("still join across exchanges, between addresses, bodies and queries", () => {
    const id = "f3a91c7be2d04c6f8b7a5d21"
    const list = exchange([{ id, number_id: 48_213 }])
    const one = exchange(
      { server_id: id, parent: { id: "48213" } },
      { url: `https://api.provider.io/v1/servers/${id}/48213?after=${id}` },
    )
    const { exchanges, undecided } = scrub([list, one], own)
    expect(undecided).toEqual([])
    const standIn = "000000000000000000000001"
    expect(exchanges.map(({ url, body }) => [url, body])).toEqual([
      ["https://api.provider.io/v1/servers", [{ id: standIn, number_id: 10_001 }]],
      [
        `https://api.provider.io/v1/servers/${standIn}/10001?after=${standIn}`,
        { server_id: standIn, parent: { id: "10001" } },
      ],
    ])
  })

  it("a value that is secret in one place is replaced in all", () => {
    const body = { token: "kq83Jd0aZp1xWm", note_to_self: "kq83Jd0aZp1xWm", id: "kq83Jd0aZp1xWm" }
    expect(clean(body)).toEqual({
      token: "fake-secret-1",
      note_to_self: "fake-secret-1",
      id: "fake-secret-1",
    })
  })

  it("of what was signed in with are replaced wherever they come, however harmless they look", () => {
    const body = { echo: "summer sun", text: "You said summer%20sun." }
    expect(clean(body, { secrets: ["summer sun"] })).toEqual({
      echo: "fake-secret-1",
      text: "You said fake-secret-1.",
    })
  })

  it("are never made up: what stands there already is given to nobody else", () => {
    const body = { ips: [ip(8, 8, 8, 8), "192.0.2.1"], emails: ["jane@acme.io", "person-1@example.com"] }
    expect(clean(body)).toEqual({
      ips: ["192.0.2.2", "192.0.2.1"],
      emails: ["person-2@example.com", "person-1@example.com"],
    })
  })
})

describe("what nobody can tell", () => {
  const body = { data: [{ blob: "kq83Jd0aZp1xWm" }] }

  it("is named by its path, without its value", () => {
    const { undecided } = scrub([exchange(body)], own)
    expect(undecided).toEqual([
      { path: "response.body.data[].blob", where: "entry 1", what: "14 characters that look random" },
    ])
  })

  it.each([
    ["secret", "fake-secret-1"],
    ["id", "00000000000001"],
    ["keep", "kq83Jd0aZp1xWm"],
  ] as const)("is replaced as a person says: %s", (treatment, standIn) => {
    const treat = new Map([["data[].blob", treatment]])
    expect(clean(body, { treat })).toEqual({ data: [{ blob: standIn }] })
  })

  it("tells when what a person said is of no field", () => {
    const { unheeded } = scrub([exchange(body)], { ...own, treat: new Map([["data[].blub", "keep"]]) })
    expect(unheeded).toEqual(["data[].blub"])
  })
})

/** Random as a provider's tokens are, which what fast-check makes of letters is not. */
const token = fc
  .tuple(fc.nat(), fc.integer({ min: 20, max: 43 }))
  .map(([seed, length]) => createHash("sha256").update(`${seed}`).digest("base64url").slice(0, length))
  // One in a hundred can be read by chance: see the test of what looks random.
  .filter(looksRandom)
const octet = fc.integer({ min: 1, max: 254 })
const word = fc.string({ unit: fc.constantFrom(..."abcdefghijklmnoprstu"), minLength: 5, maxLength: 9 })
const planted = fc.oneof(
  token.map((value) => ({ value, key: "token" })),
  token.map((value) => ({ value, key: "id" })),
  token.map((value) => ({ value, key: "whatever" })),
  fc.uuid().map((value) => ({ value, key: "thing" })),
  fc.tuple(word, word).map(([a, b]) => ({ value: `${a}@${b}zq.io`, key: "text" })),
  fc.tuple(word, word).map(([a, b]) => ({ value: `${a}.${b}zq.com`, key: "text" })),
  fc.tuple(word, word).map(([a, b]) => ({ value: `X${a} Z${b}`, key: "full_name" })),
  fc.tuple(octet, octet, octet).map(([a, b, c]) => ({ value: ip(88, a, b, c), key: "address" })),
  fc
    .tuple(octet, octet)
    .map(([a, b]) => ({ value: `2a01:4f8:${a.toString(16)}:${b.toString(16)}::1`, key: "text" })),
)
/** Where a planted value stands beside its own field. */
const elsewhere = fc.constantFrom(
  (value: string) => ({ message: `It is ${value}, as you know.` }),
  (value: string) => ({ list: [[value]] }),
  (value: string) => ({ [value]: 1 }),
  (value: string) => ({ inner: JSON.stringify({ deep: value }) }),
  (value: string) => ({ link: `https://www.example.com/a?b=${encodeURIComponent(value)}` }),
  () => ({}),
)

const row = z.object({ id: z.unknown(), parent_id: z.unknown() })

describe("whatever is planted", () => {
  it("is gone from everything that is written, or nothing is written", () => {
    let written = 0
    fc.assert(
      fc.property(fc.array(fc.tuple(planted, elsewhere), { minLength: 1, maxLength: 6 }), (plants) => {
        const bodies = plants.map(([{ key, value }, place]) => ({ [key]: value, other: place(value) }))
        const url = `https://api.provider.io/v1/${encodeURIComponent(plants[0]?.[0].value ?? "")}`
        const { exchanges, undecided } = scrub([exchange(bodies), exchange(null, { url })], own)
        if (undecided.length > 0) return
        written++
        const all = JSON.stringify(exchanges.map((clean) => [decodeURIComponent(clean.url), clean.body]))
        for (const [{ value }] of plants) expect(all).not.toContain(value)
      }),
      { seed: 20_261_120, numRuns: 400 },
    )
    // A scrubber that refuses everything would pass.
    expect(written).toBeGreaterThan(100)
  })

  it("joins afterwards exactly where it joined before", () => {
    const ids = fc.array(fc.oneof(token, fc.uuid(), fc.integer({ min: 1000, max: 9_999_999 })), {
      minLength: 2,
      maxLength: 8,
    })
    fc.assert(
      fc.property(ids, fc.infiniteStream(fc.nat(7)), (values, picks) => {
        const rows = [...picks.take(12)].map((pick) => ({
          id: values[pick % values.length],
          parent_id: values[(pick + 1) % values.length],
        }))
        const { exchanges } = scrub([exchange(rows)], own)
        const before = rows.flatMap(({ id, parent_id }) => [id, parent_id])
        const after = z
          .array(row)
          .parse(exchanges[0]?.body)
          .flatMap(({ id, parent_id }) => [id, parent_id])
        const pattern = (list: readonly unknown[]) => list.map((value) => list.indexOf(value))
        expect(pattern(after)).toEqual(pattern(before))
        expect(after.map((value) => typeof value)).toEqual(before.map((value) => typeof value))
      }),
      { seed: 20_261_120, numRuns: 200 },
    )
  })
})
