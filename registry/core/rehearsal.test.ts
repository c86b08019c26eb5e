import { describe, expect, it } from "vitest"
import { createHttp } from "./http.ts"
import { failureOf } from "./loopback.suite.ts"
import type { RehearsedRequest } from "./rehearsal.ts"
import { Secret } from "./secret.ts"

const KEY = "fake-secret-key/+="
const PASSWORD = 'fake-secret-"pass" word'

function rehearsal() {
  const told: RehearsedRequest[] = []
  const http = createHttp({
    provider: "acme",
    limits: { windows: [], documentedAt: "https://acme.example" },
    fetch: () => Promise.reject(new Error("something was sent")),
    rehearse: (request) => told.push(request),
  })
  return { told, http: http.base("https://api.acme.example/v1").bearer(new Secret(KEY)) }
}

describe("a rehearsed request", () => {
  it("is told as it would be sent, and not sent", async () => {
    const { told, http } = rehearsal()
    const error = await failureOf(
      http.post("/projects/{id}/domains", {
        params: { id: "{project}" },
        query: { team: "t 1" },
        json: { name: "example.com", nested: { ttl: 300 } },
        idempotency: { header: "Idempotency-Key", key: "k-1" },
      }),
    )
    expect(error.code).toBe("canceled")
    expect(told).toEqual([
      {
        method: "POST",
        url: "https://api.acme.example/v1/projects/{project}/domains?team=t+1",
        headers: {
          accept: "application/json",
          authorization: "Bearer [redacted]",
          "content-type": "application/json",
          "idempotency-key": "k-1",
          "user-agent": "stackdock",
        },
        body: { name: "example.com", nested: { ttl: 300 } },
      },
    ])
  })

  it("is not sent when it only reads, either", async () => {
    const { told, http } = rehearsal()
    await failureOf(http.get("/projects"))
    expect(told).toMatchObject([{ method: "GET", url: "https://api.acme.example/v1/projects" }])
  })

  it("hides secrets wherever they go", async () => {
    const { told, http } = rehearsal()
    const password = new Secret(PASSWORD)
    const form = new FormData()
    form.set("note", `it is ${KEY}`)
    form.set("file", new Blob(["fake-secret-file"]))
    await failureOf(http.post("/a", { json: [{ password, db_password: "fake-secret-named" }] }))
    await failureOf(http.basic("me", password).put("/b", { body: `key ${KEY}`, query: { key: KEY } }))
    await failureOf(http.header("x-key", password).post("/c", { body: form }))
    await failureOf(http.post("/d", { body: new TextEncoder().encode("fake-secret-bytes") }))
    const said = JSON.stringify(told)
    expect(said).not.toContain("fake-secret-")
    expect(said).not.toContain(btoa(`me:${PASSWORD}`))
    expect(told.map(({ body }) => body)).toEqual([
      [{ password: "[redacted]", db_password: "[redacted]" }],
      "key [redacted]",
      { note: "it is [redacted]", file: "[16 bytes]" },
      "[17 bytes]",
    ])
  })
})
