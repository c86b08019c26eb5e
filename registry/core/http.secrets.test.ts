import { inspect } from "node:util"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import type { Http } from "./http.ts"
import { acme, answer, failureOf, type Handler, loopback } from "./loopback.suite.ts"
import { Secret } from "./secret.ts"

const VALUE = `fake-secret/+ü"&\\ 7f3a`
const FORMS = [
  VALUE,
  encodeURI(VALUE),
  encodeURIComponent(VALUE),
  JSON.stringify(VALUE).slice(1, -1),
  new URLSearchParams({ "": VALUE }).toString().slice(1),
  Buffer.from(VALUE).toString("base64"),
  Buffer.from(`user:${VALUE}`).toString("base64"),
]

/** Every way in which a value ends up on a screen or in a file. */
function shown(value: unknown): string {
  return [
    inspect(value, { depth: null, showHidden: true, getters: true }),
    JSON.stringify(value),
    String(value),
    `${value}`,
    value instanceof Error ? [value.stack, value.message, Object.entries(value)].join() : "",
  ].join("\n")
}

function expectHidden(value: unknown) {
  const text = shown(value)
  for (const form of FORMS) expect(text).not.toContain(form)
  expect(text).not.toContain("7f3a")
}

const token = new Secret(VALUE)
// A header cannot carry every character; the same value goes there in an encoded form.
const inHeader = new Secret(encodeURIComponent(VALUE))

function clients(url: string): Http[] {
  const http = acme(url, { attempts: 1 })
  return [
    http.bearer(inHeader).header("x-other", "plain"),
    http.basic("user", token),
    http.header("x-api-key", inHeader).basic("user", token),
  ]
}

const printed: unknown[][] = []
beforeEach(() => {
  for (const method of ["log", "info", "warn", "error", "debug"] as const) {
    vi.spyOn(console, method).mockImplementation((...parts) => {
      printed.push(parts)
    })
  }
})
afterEach(() => {
  vi.restoreAllMocks()
  expect(printed.splice(0)).toEqual([])
})

const echoes: [string, Handler][] = [
  ...FORMS.map((form, index): [string, Handler] => [
    `in a message, in form ${index}`,
    answer(400, { message: `The value ${form} is wrong` }),
  ]),
  ["in a code", answer(401, { error: { code: VALUE, message: "no" } })],
  ["in a request id", answer(500, {}, { "x-request-id": encodeURIComponent(VALUE) })],
  [
    "in a redirect",
    answer(302, "", {
      location: `https://${encodeURIComponent(VALUE)}.example.com/?k=${encodeURIComponent(VALUE)}`,
    }),
  ],
  ["in HTML", answer(500, `<p>${VALUE}</p>`)],
  ["in plain text", answer(200, VALUE)],
  ["in lists of errors", answer(422, { errors: { [VALUE]: [VALUE] } })],
  [
    "in all the headers it was sent",
    (request, response) => {
      response.writeHead(403, { "content-type": "application/json" })
      response.end(JSON.stringify({ message: JSON.stringify(request.headers) }))
    },
  ],
  [
    "in a broken connection",
    (_, response) => {
      response.socket?.destroy()
    },
  ],
]

describe("a secret", () => {
  it.each(echoes)("stays out of the error when the provider echoes it %s", async (_, handler) => {
    const { url } = await loopback(handler)
    for (const http of clients(url)) {
      expectHidden(await failureOf(http.basic("user", token).get("/a/{id}", { params: { id: VALUE } })))
    }
  })

  it("stays out of the error when it was part of the query, the path, the body or the next page's address", async () => {
    const { url } = await loopback(answer(400, { message: "no" }))
    const http = acme(url).bearer(inHeader)
    for (const send of [
      () => http.get("/a", { query: { token: VALUE } }),
      () => http.get("/a/{token}", { params: { token: VALUE } }),
      () => http.post("/a", { json: { password: token } }),
      () =>
        http.get("/a", {
          url: `https://user:${encodeURIComponent(VALUE)}@other.example/?${encodeURIComponent(VALUE)}`,
        }),
      () => acme(`https://user:${encodeURIComponent(VALUE)}@example.com`).get("/a"),
    ]) {
      expectHidden(await failureOf(send()))
    }
  })

  it("is not carried along by a redirect, to whatever address", async () => {
    const thief = await loopback(answer(200))
    const { url, requests } = await loopback(answer(302, "", { location: `${thief.url}/a` }))
    for (const http of clients(url)) await failureOf(http.get("/a"))
    expect(requests).toHaveLength(3)
    expect(thief.requests).toHaveLength(0)
  })

  it("is cleaned from an echo of the body it was sent in", async () => {
    const { url } = await loopback((request, response) => {
      response.writeHead(422).end(JSON.stringify({ message: `refused: ${request.body}` }))
    })
    expectHidden(await failureOf(acme(url).post("/a", { json: { nested: [{ value: token }] } })))
  })

  it("stays out of the error when it cannot be a header", async () => {
    for (const bad of [`${VALUE}\nx`, `${VALUE}\u0000`, `${VALUE}€`]) {
      const failure = await failureOf(acme("http://127.0.0.1:1").bearer(new Secret(bad)).get("/a"))
      expect(failure).toMatchObject({ code: "invalid_credentials" })
      expectHidden(failure)
    }
  })

  it("stays out of the error when fetch itself fails over it", async () => {
    const broken = () =>
      Promise.reject(
        new TypeError(`bad ${VALUE}`, { cause: Object.assign(new Error(VALUE), { code: VALUE }) }),
      )
    expectHidden(await failureOf(acme("https://example.com", { fetch: broken, attempts: 1 }).get("/a")))
  })

  it("cannot be seen in a client, however it is printed", () => {
    for (const http of clients("https://example.com")) expectHidden(http)
  })

  it("cannot be seen in itself, however it is printed", () => {
    expectHidden(token)
    expectHidden({ nested: [token] })
    expect(token.reveal()).toBe(VALUE)
  })
})
