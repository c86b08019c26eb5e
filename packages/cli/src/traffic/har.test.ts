import { describe, expect, it } from "vitest"
import { CliError } from "../framework/error.ts"
import { readHar } from "./har.ts"

const request = (more = {}) => ({ method: "GET", url: "https://api.example.com/v1/things?page=2", ...more })
const answer = (more = {}) => ({
  status: 200,
  content: { size: 9, mimeType: "application/json", text: '{"a":[1]}' },
  ...more,
})
const entry = (more = {}) => ({
  startedDateTime: "2026-11-20T10:00:00.000+01:00",
  request: request(),
  response: answer(),
  ...more,
})
const file = (...entries: unknown[]) =>
  JSON.stringify({ log: { version: "1.2", creator: { name: "any", version: "1" }, entries } })

function failure(text: string): CliError {
  try {
    readHar(text, "my.har")
  } catch (error) {
    if (error instanceof CliError) return error
  }
  throw new Error("It was read.")
}

describe("reading a HAR", () => {
  it("gives each exchange with its address, headers, body and instant", () => {
    const headers = [
      { name: ":method", value: "GET" },
      { name: "X-Twice", value: "a" },
      { name: "x-twice", value: "b" },
    ]
    const { exchanges, unusable } = readHar(file(entry({ request: request({ headers }) })), "my.har")
    expect(unusable).toEqual([])
    expect(exchanges).toEqual([
      {
        where: "entry 1",
        method: "GET",
        url: "https://api.example.com/v1/things?page=2",
        requestHeaders: { "x-twice": "a, b" },
        requestBody: undefined,
        status: 200,
        responseHeaders: {},
        body: { a: [1] },
        isJson: true,
        at: "2026-11-20T09:00:00.000Z",
      },
    ])
  })

  it("reads a body that is encoded, as browsers and mitmproxy save some", () => {
    const text = Buffer.from('{"name":"Zoë"}').toString("base64")
    const content = { size: 15, mimeType: "application/json", text, encoding: "base64" }
    const { exchanges } = readHar(file(entry({ response: answer({ content }) })), "my.har")
    expect(exchanges[0]?.body).toEqual({ name: "Zoë" })
  })

  it("reads JSON and forms that were sent", () => {
    const json = { mimeType: "application/json", text: '{"name":"one"}' }
    const form = {
      mimeType: "multipart/form-data; boundary=x",
      params: [{ name: "meta", value: '{"a":1}' }, { name: "b" }],
    }
    const sent = [json, form].map((postData) => entry({ request: request({ method: "post", postData }) }))
    const { exchanges } = readHar(file(...sent), "my.har")
    expect(exchanges.map(({ method, requestBody }) => [method, requestBody])).toEqual([
      ["POST", { name: "one" }],
      ["POST", { meta: { a: 1 }, b: "" }],
    ])
  })

  it("reads an answer without a body, and one that is not JSON", () => {
    const nothing = answer({ status: 204, content: { size: 0, mimeType: "" } })
    const html = answer({ status: 502, content: { size: 3, mimeType: "text/html", text: "<p>" } })
    const { exchanges } = readHar(file(entry({ response: nothing }), entry({ response: html })), "my.har")
    expect(exchanges.map(({ body, isJson }) => [body, isJson])).toEqual([
      [undefined, false],
      ["<p>", false],
    ])
  })

  it.each([
    [
      "a body that was not saved",
      { response: answer({ content: { size: 812, mimeType: "application/json" } }) },
      "was not saved",
    ],
    [
      "a picture",
      { response: answer({ content: { size: 2, text: "/9j/", encoding: "base64" } }) },
      "not text",
    ],
    ["a request that was never answered", { response: answer({ status: 0 }) }, "never answered"],
    ["an entry without an answer", { response: undefined }, "response"],
    ["an address that is none", { request: request({ url: "/v1" }) }, "is not an address"],
    ["a time that is none", { startedDateTime: "yesterday" }, "is not a date"],
  ])("goes on after %s, and says which entry it was", (_, more, reason) => {
    const { exchanges, unusable } = readHar(file(entry(more), entry()), "my.har")
    expect(exchanges).toHaveLength(1)
    expect(unusable).toEqual([expect.stringMatching(new RegExp(`^entry 1: .*${reason}`))])
  })

  it("leaves out what no dock asks for, without a word", () => {
    const { exchanges, unusable } = readHar(
      file(
        entry({ request: request({ method: "OPTIONS" }) }),
        entry({ request: request({ url: "wss://api.example.com/socket" }) }),
        entry(),
      ),
      "my.har",
    )
    expect([exchanges.length, unusable.length]).toEqual([1, 0])
  })

  it.each([
    ["no JSON", '{"log": {"entries": [{"secret": "abc', "is not JSON, or was cut short"],
    ["other JSON", '{"openapi": "3.1.0"}', "has no log.entries"],
    ["nothing in it", file(), "holds no entries"],
    ["nothing usable", file({}, 7), "holds no usable entry"],
  ])("refuses a file that is %s, with what to do, and without quoting it", (_, text, message) => {
    const error = failure(text)
    expect(error.message).toContain(message)
    expect(error.message).not.toContain("abc")
    expect(error.hint).toContain("HAR")
    expect(error.exitCode).toBe(2)
  })
})
