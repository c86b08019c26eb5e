import { describe, expect, it } from "vitest"
import { acme, answer, failureOf, type Handler, loopback } from "./loopback.suite.ts"
import { Secret } from "./secret.ts"

describe("a request", () => {
  it("fills the path's template, encoded, and adds the query to a base that has a path", async () => {
    const { url, requests } = await loopback(answer(200))
    const got = await acme(`${url}/api/v1/`).get("/sites/{id}/file/{name}", {
      params: { id: 7, name: "../a b/ü?" },
      query: { page: 2, tag: ["x", "y&z"], all: true, none: undefined },
    })
    expect(requests[0]?.url).toBe(
      "/api/v1/sites/7/file/..%2Fa%20b%2F%C3%BC%3F?page=2&tag=x&tag=y%26z&all=true",
    )
    expect(got).toMatchObject({
      provider: "acme",
      endpoint: "GET /sites/{id}/file/{name}",
      status: 200,
      body: {},
    })
  })

  it.each([
    ["an empty parameter", "/sites/{id}", { id: "" }],
    ["a blank parameter", "/sites/{id}", { id: " " }],
    ["a parameter that climbs", "/sites/{id}", { id: ".." }],
    ["a missing parameter", "/sites/{id}", {}],
    ["an inherited parameter", "/sites/{toString}", {}],
    ["a parameter that the path does not have", "/sites", { id: "1" }],
    ["half of a character", "/sites/{id}", { id: "\ud800" }],
    ["a path with a query", "/sites?id=1", {}],
    ["a path that is an address", "https://example.com/sites", {}],
  ])("is not sent with %s", async (_, path, params) => {
    const { url, requests } = await loopback(answer(200))
    expect((await failureOf(acme(url).get(path, { params }))).code).toBe("invalid_request")
    expect(requests).toHaveLength(0)
  })

  it.each(["not an address", "http://example.com", "ftp://127.0.0.1", "https://user:pass@example.com"])(
    "is not sent to the base %s",
    async (base) => {
      const failure = await failureOf(acme(base).get("/sites"))
      expect(failure).toMatchObject({
        code: "invalid_credentials",
        suggestion: expect.stringContaining("https://"),
      })
    },
  )

  it("is handed an error's answer only when that is one to work with", async () => {
    const missing = { error: { code: "missing_files", missing: ["a1"] } }
    const { url } = await loopback(answer(400, missing), answer(400, { error: { code: "bad_request" } }))
    const isAnswer = (body: unknown) => JSON.stringify(body).includes("missing_files")
    const got = await acme(url).post("/deployments", { json: {}, isAnswer })
    expect(got).toMatchObject({ status: 400, body: missing })
    const failure = await failureOf(acme(url).post("/deployments", { json: {}, isAnswer }))
    expect(failure).toMatchObject({ code: "invalid_request", providerCode: "bad_request" })
  })

  it("asks for JSON, says who it is, and carries the credential", async () => {
    const { url, requests } = await loopback(answer(200))
    await acme(url).bearer(new Secret("fake-secret-1")).get("/a")
    await acme(url).basic("ü", new Secret("fake-secret-2")).header("x-plain", "p").get("/a")
    expect(requests[0]?.headers).toMatchObject({
      accept: "application/json",
      "user-agent": "stackdock",
      authorization: "Bearer fake-secret-1",
    })
    expect(requests[1]?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from("ü:fake-secret-2").toString("base64")}`,
      "x-plain": "p",
    })
  })

  it("sends JSON, with the secrets in it in clear", async () => {
    const { url, requests } = await loopback(answer(201, { id: 1 }))
    await acme(url).post("/users", { json: { name: "n", password: new Secret("fake-secret") } })
    expect(requests[0]?.headers["content-type"]).toBe("application/json")
    expect(JSON.parse(requests[0]?.body ?? "")).toEqual({ name: "n", password: "fake-secret" })
  })

  it("does not change the client that a header is added to", async () => {
    const { url, requests } = await loopback(answer(200))
    const plain = acme(url)
    plain.bearer(new Secret("fake-secret"))
    await plain.get("/a")
    expect(requests[0]?.headers.authorization).toBeUndefined()
  })

  it("follows a next page within the same origin, and the query on top of it", async () => {
    const { url, requests } = await loopback(answer(200))
    const http = acme(`${url}/v1`)
    await http.get("/sites", { url: `${url}/v1/sites?page=2&per_page=10`, query: { per_page: 100 } })
    await http.get("/sites", { url: "/v1/sites?page=3" })
    expect(requests.map((request) => request.url)).toEqual([
      "/v1/sites?page=2&per_page=100",
      "/v1/sites?page=3",
    ])
  })

  it.each([
    "https://evil.example/sites?page=2",
    "//evil.example/sites",
    "http://127.0.0.1:1/sites",
    "http://",
  ])("does not follow a next page at %s", async (next) => {
    const { url, requests } = await loopback(answer(200))
    const failure = await failureOf(acme(url).bearer(new Secret("fake-secret")).get("/sites", { url: next }))
    expect(failure.code).toBe("invalid_response")
    expect(requests).toHaveLength(0)
  })
})

describe("an answer that cannot be used", () => {
  it.each([
    ["HTML instead of JSON", answer(200, "<!doctype html><p>Sign in"), "with HTML instead of JSON"],
    ["invalid JSON", answer(200, '{"data":[1,'), "with something that is not JSON"],
    ["an empty body", answer(200, ""), "with nothing in it"],
    ["a blank body", answer(200, " \n"), "with nothing in it"],
    [
      "a redirect",
      answer(302, "", { location: "https://login.example.com/?token=x" }),
      "a redirect to https://login.example.com",
    ],
    ["a redirect to nowhere", answer(307, ""), "a redirect"],
    ["a 304 that nobody asked for", answer(304, ""), "a redirect"],
  ])("says so for %s, and is not asked for again", async (_, handler, what) => {
    const { url, requests } = await loopback(handler)
    const failure = await failureOf(acme(url).get("/a"))
    expect(failure.code).toBe("invalid_response")
    expect(failure.message.endsWith(what)).toBe(true)
    expect(failure.suggestion).toBeTruthy()
    expect(requests).toHaveLength(1)
  })

  it("is not read beyond 32 MiB", async () => {
    const chunk = Buffer.alloc(1024 * 1024, 0x20)
    let sent = 0
    const endless: Handler = (_, response) => {
      response.writeHead(200)
      const more = () => {
        while (!response.destroyed && response.write(chunk)) sent++
        sent++
      }
      response.on("drain", more)
      more()
    }
    const { url } = await loopback(endless)
    const failure = await failureOf(acme(url).get("/a"))
    expect(failure).toMatchObject({ code: "invalid_response", message: expect.stringContaining("more than") })
    expect(sent).toBeLessThan(64)
  })

  it("may be empty after a write, and after a 204", async () => {
    const { url } = await loopback(answer(200, ""), answer(204, ""), answer(204, ""))
    expect((await acme(url).delete("/a")).body).toBeUndefined()
    expect((await acme(url).put("/a")).body).toBeUndefined()
    expect((await acme(url).get("/a")).body).toBeUndefined()
  })
})

describe("an error of the provider", () => {
  it.each([
    [400, "invalid_request"],
    [401, "unauthorized"],
    [402, "quota_exceeded"],
    [403, "forbidden"],
    [404, "not_found"],
    [409, "conflict"],
    [410, "not_found"],
    [422, "invalid_request"],
    [423, "conflict"],
    [501, "provider_error"],
  ])("with status %i means %s, and is not repeated", async (status, code) => {
    const { url, requests } = await loopback(answer(status, { message: "No." }))
    const failure = await failureOf(acme(url).get("/a"))
    expect(failure).toMatchObject({ code, status, message: `acme: GET /a answered ${status}: No.` })
    expect(failure.suggestion).toBeTruthy()
    expect(requests).toHaveLength(1)
  })

  it("is found inside a 200 by the dock", async () => {
    const { url } = await loopback(answer(200, { success: false, why: "no such zone" }))
    const problem = (body: unknown) =>
      typeof body === "object" && body && "why" in body
        ? { message: String(body.why), code: "E1" }
        : undefined
    expect(await failureOf(acme(url, { problem }).get("/a"))).toMatchObject({
      code: "provider_error",
      message: "acme: GET /a answered 200: no such zone",
      providerCode: "E1",
    })
  })

  it("is read in the usual shapes when the dock does not know it, or fails over it", async () => {
    const { url } = await loopback(answer(400, { error: "bad" }))
    for (const problem of [
      () => undefined,
      () => {
        throw new Error("the dock stumbled")
      },
    ]) {
      expect((await failureOf(acme(url, { problem }).get("/a"))).message).toBe(
        "acme: GET /a answered 400: bad",
      )
    }
  })

  it("is cut short and put on one line", async () => {
    const { url } = await loopback(answer(400, { message: `a\n\nb ${"x".repeat(10_000)}` }))
    const { message } = await failureOf(acme(url).get("/a"))
    expect(message).toContain("answered 400: a b xxx")
    expect(message.length).toBeLessThan(600)
  })
})
