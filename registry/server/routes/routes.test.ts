import { describe, expect, it } from "vitest"
import { type Asking, openServer } from "../server.fixture.ts"

const credentials = { apiKey: "fake-secret-good", whose: "of-a" }

/** A request to every route that there is, as somebody who may would send it. */
const requests: Record<string, Asking & { path?: string }> = {
  "GET /api/session": {},
  "POST /api/sign-out": { json: {} },
  "GET /api/counts": {},
  "GET /api/changes": { path: "/api/changes?limit=5" },
  "GET /api/tables/:table": { path: "/api/tables/servers?provider=acme&limit=5" },
  "GET /api/resources/:id": { path: "/api/resources/servers_1" },
  "GET /api/resources/:id/data": { path: "/api/resources/servers_1/data" },
  "GET /api/providers": {},
  "GET /api/docks": {},
  "GET /api/runs": {},
  "POST /api/docks": { json: { provider: "acme", name: "new", credentials } },
  "PUT /api/docks/:dock/credential": { path: "/api/docks/dock-of-a/credential", json: { credentials } },
  "PUT /api/docks/:dock/interval": { path: "/api/docks/dock-of-a/interval", json: { minutes: 5 } },
  "DELETE /api/docks/:dock": { path: "/api/docks/dock-of-a" },
  "POST /api/sync": { json: {} },
  "GET /api/provisionings": {},
  "GET /api/provisionings/:id": { path: "/api/provisionings/nothing" },
  "POST /api/provisionings": {
    json: { dock: "dock-of-a", kind: "server", input: { name: "new" }, idempotencyKey: "12345678" },
  },
  "POST /api/provisionings/:id/resume": { path: "/api/provisionings/nothing/resume", json: {} },
  "DELETE /api/resources/:id": { path: "/api/resources/servers_1" },
  "POST /api/resources/:id/actions/:action": { path: "/api/resources/servers_1/actions/restart", json: {} },
  "POST /api/rehearsals": { json: { of: "deprovision", resourceId: "servers_1" } },
  "GET /api/audit": { path: "/api/audit?result=denied" },
  "GET /api/members": {},
  "POST /api/invitations": { json: { email: "eve@dash.example", role: "client" } },
  "PUT /api/members/:userId": { path: "/api/members/eve", json: { role: "client" } },
  "DELETE /api/members/:userId": { path: "/api/members/client-of-a" },
  "GET /api/keys": {},
  "POST /api/keys/rotation": { json: {} },
  "GET /api/events": {},
}

/** Whoever belongs to the organisation, as whatever, may know who they are and which providers there are, may listen and may leave. */
const forEveryMember = ["GET /api/providers", "GET /api/session", "POST /api/sign-out", "GET /api/events"]
/** Of the whole installation: no role gives them. */
const forOperators = ["GET /api/keys", "POST /api/keys/rotation"]

function asked(route: string): [string, Asking] {
  const [method = "", pattern = ""] = route.split(" ")
  const { path = pattern, ...request } = requests[route] ?? {}
  return [path, { ...request, method }]
}

const routes = (await openServer()).server.app.routes
  .filter(({ path, method }) => path.startsWith("/api/") && method !== "ALL" && !path.includes("*"))
  .map(({ path, method }) => `${method} ${path}`)

describe("the routes", () => {
  it("are all among those that are tried here", () => {
    expect([...new Set(routes)].sort()).toEqual(Object.keys(requests).sort())
  })

  it.each(Object.keys(requests))("%s: does nothing for whoever is not signed in", async (route) => {
    const { ask } = await openServer()
    const [path, request] = asked(route)
    const response = await ask(path, request)
    expect(response.status).toBe(401)
    expect(response.headers.get("content-type")).toBe("application/problem+json")
    expect(await response.json()).toMatchObject({
      type: "about:blank",
      status: 401,
      code: "unauthenticated",
      requestId: response.headers.get("x-request-id"),
    })
  })

  it.each(Object.keys(requests))("%s: does nothing for a role that permits nothing", async (route) => {
    const { ask } = await openServer({ role: "nothing" })
    const [path, request] = asked(route)
    const response = await ask(path, { ...request, as: "ada" })
    if (forEveryMember.includes(route)) expect(response.status).toBeLessThan(300)
    else {
      expect(response.status).toBe(403)
      expect(await response.json()).toMatchObject({ code: "denied" })
    }
    await response.body?.cancel().catch(() => {})
  })

  it.each(Object.keys(requests))("%s: does nothing for whoever has been removed", async (route) => {
    const { ask, stackdock, signIn } = await openServer()
    // The session still names the organisation, as one that was begun before would.
    const whoIs = signIn.whoIs
    signIn.whoIs = async (request) => {
      const signedIn = await whoIs(request)
      return signedIn && { ...signedIn, orgId: "org-a" }
    }
    await stackdock.removeMember("ada")
    const [path, request] = asked(route)
    const response = await ask(path, { ...request, as: "ada" })
    expect(response.status).toBe(route === "POST /api/sign-out" ? 204 : 403)
  })

  it.each(Object.keys(requests))("%s: lets an owner through", async (route) => {
    const { ask, server } = await openServer()
    const [path, request] = asked(route)
    const response = await ask(path, { ...request, as: "ada" })
    if (forOperators.includes(route)) expect(response.status).toBe(403)
    else expect([200, 201, 202, 204, 404]).toContain(response.status)
    await response.body?.cancel().catch(() => {})
    await server.close()
  })

  it("say what is wrong with what was sent, field by field, and quote nothing of it", async () => {
    const { ask } = await openServer()
    const response = await ask("/api/docks", {
      as: "ada",
      json: { provider: 5, credentials: "fake-secret-in-the-wrong-place", extra: true },
    })
    expect(response.status).toBe(422)
    const text = await response.text()
    expect(JSON.parse(text)).toMatchObject({
      code: "invalid_request",
      title: "Not usable",
      fields: { provider: expect.any(String), credentials: expect.any(String) },
    })
    expect(text).not.toContain("fake-secret")
    const broken = await ask("/api/docks", {
      as: "ada",
      method: "POST",
      headers: { "content-type": "application/json" },
    })
    expect(await broken.json()).toMatchObject({ status: 400, code: "malformed" })
  })

  it("name the fields that a dock refuses", async () => {
    const { ask } = await openServer()
    const connect = await ask("/api/docks", {
      as: "ada",
      json: { provider: "acme", credentials: { whose: "me" } },
    })
    expect(connect.status).toBe(422)
    expect(await connect.json()).toMatchObject({
      code: "invalid_credentials",
      fields: { apiKey: expect.any(String) },
    })
    const provision = await ask("/api/provisionings", {
      as: "ada",
      json: { dock: "dock-of-a", kind: "server", input: { nome: "x" }, idempotencyKey: "12345678" },
    })
    expect(provision.status).toBe(422)
    expect(await provision.json()).toMatchObject({
      code: "invalid_input",
      fields: { name: expect.any(String) },
    })
  })

  it("say nothing of the inside when something nobody has foreseen goes wrong, and log it without what was sent", async () => {
    const { ask, store, logged } = await openServer()
    const fail = async () => {
      throw new Error("fake-secret-from-the-inside")
    }
    Object.assign(store.docks, { list: fail, get: fail })
    const response = await ask("/api/docks/fake-secret%0Aforged", { as: "ada", method: "DELETE" })
    expect(response.status).toBe(500)
    const text = await response.text()
    expect(JSON.parse(text)).toMatchObject({ code: "unexpected", title: "Error" })
    expect(text + logged.join("\n")).not.toContain("fake-secret")
    expect(logged).toHaveLength(1)
    expect(logged[0]).toContain(`${JSON.parse(text).requestId} DELETE /api/docks/:dock: Error`)
    expect(logged[0]).not.toContain("forged")
  })

  it("let whoever belongs to nothing sign out", async () => {
    const { ask } = await openServer()
    expect((await ask("/api/session", { as: "nobodys" })).status).toBe(403)
    expect((await ask("/api/sign-out", { as: "nobodys", json: {} })).status).toBe(204)
  })

  it("open no more streams for a session than pages could", async () => {
    const { ask, server } = await openServer()
    const statuses: number[] = []
    for (let opened = 0; opened < 52; opened += 1) {
      statuses.push((await ask("/api/events", { as: "ada" })).status)
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(50)
    expect(statuses.at(-1)).toBe(429)
    expect((await ask("/api/events", { as: "client-of-a" })).status).toBe(200)
    await server.close()
    expect((await ask("/api/session", { as: "ada" })).status).not.toBe(429)
  })

  it("answer with JSON where there is nothing", async () => {
    const { ask } = await openServer()
    const response = await ask("/api/nothing", { as: "ada" })
    expect(await response.json()).toMatchObject({ status: 404, code: "unknown_page" })
  })
})
