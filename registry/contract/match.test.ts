import { describe, expect, it } from "vitest"
import { differences, nearest, readRequest } from "./match.ts"
import type { Recording } from "./recording.ts"

function recorded(file: string, request: Partial<Recording["request"]>): Recording {
  return {
    file,
    scenario: file,
    provenance: { kind: "written", date: "2026-01-01", apiVersion: "v1" },
    request: { method: "GET", url: "https://api.example.com/v1/things", ...request },
    response: { status: 200, body: {} },
  }
}

const sent = (url: string, init?: RequestInit) => readRequest(new Request(url, init))

describe("matching", () => {
  it("does not mind the order of the query, nor of keys in the body", async () => {
    const a = recorded("a", { query: { page: "1", size: "2" } })
    expect(differences(a, await sent("https://api.example.com/v1/things?size=2&page=1"))).toEqual([])
    const b = recorded("b", { method: "POST", body: { x: 1, y: { z: 2, w: 3 } } })
    const body = JSON.stringify({ y: { w: 3, z: 2 }, x: 1 })
    expect(differences(b, await sent("https://api.example.com/v1/things", { method: "POST", body }))).toEqual(
      [],
    )
  })

  it("reads a form by its fields, files and JSON among them", async () => {
    const body = new FormData()
    body.set("metadata", '{"x": 1}')
    body.set("code", new Blob(["hello"], { type: "text/plain" }), "code.js")
    const a = recorded("a", { method: "POST", body: { code: "hello", metadata: { x: 1 } } })
    const form = await sent("https://api.example.com/v1/things", { method: "POST", body })
    expect(differences(a, form)).toEqual([])
    const b = recorded("b", { method: "POST", body: { code: "goodbye", metadata: { x: 1 } } })
    expect(differences(b, form)).toHaveLength(1)
  })

  it.each([
    ["another method", "https://api.example.com/v1/things", { method: "DELETE" }, /method is DELETE/],
    ["another host", "https://api.example.net/v1/things", {}, /address is https:\/\/api.example.net/],
    ["another path", "https://api.example.com/v1/thing", {}, /address is/],
    [
      "one more query parameter",
      "https://api.example.com/v1/things?page=1",
      {},
      /query page is \["1"\], recorded absent/,
    ],
    ["another body", "https://api.example.com/v1/things", { method: "POST", body: "{}" }, /body is {}/],
  ])("tells %s apart", async (_, url, init, difference) => {
    expect(differences(recorded("a", {}), await sent(url, init)).join()).toMatch(difference)
  })

  it("keeps the order of several values of one name", async () => {
    const a = recorded("a", { query: { sort: ["name", "age"] } })
    expect(differences(a, await sent("https://api.example.com/v1/things?sort=age&sort=name"))).toHaveLength(1)
  })

  it("looks at the headers that a recording names, and at no others", async () => {
    const a = recorded("a", { headers: { "x-api-version": "2" } })
    const url = "https://api.example.com/v1/things"
    expect(differences(a, await sent(url, { headers: { "x-api-version": "2", other: "y" } }))).toEqual([])
    expect(differences(a, await sent(url, { headers: { "x-api-version": "3" } }))).toHaveLength(1)
  })

  it("names the nearest recordings first, with what is different", async () => {
    const near = nearest(
      [
        recorded("other/list.json", { url: "https://api.example.com/v1/others" }),
        recorded("things/page-1.json", { query: { page: "1" } }),
      ],
      await sent("https://api.example.com/v1/things?page=2"),
    )
    expect(near[0]).toBe('things/page-1.json: query page is ["2"], recorded ["1"]')
  })
})
