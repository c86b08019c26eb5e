import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { HttpResponse, http } from "msw"
import { setupServer } from "msw/node"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { createWorld } from "../engine/two-organizations.fixture.ts"
import { formatKeyset, generateKey } from "../security/keyset.ts"
import { createServer } from "../server/server.ts"
import { embeddedDatabase } from "../stores/sql/node/embedded.ts"
import { createAuth } from "./auth.ts"
import type { AuthOptions } from "./better-auth.ts"
import { secretFromFile } from "./node/secret-file.ts"
import { providersFrom } from "./providers.ts"

const ORIGIN = "https://dash.example"
const PASSWORD = "fake-secret-password"
let folder: string
const closing: (() => Promise<void>)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stackdock-auth-"))
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
  rmSync(folder, { recursive: true })
})

async function open(options: Partial<AuthOptions> = {}) {
  const keys = formatKeyset({ primary: await generateKey(), older: [] })
  const { stackdock } = await createWorld({ keys, role: undefined, neighbour: true })
  const database = embeddedDatabase(join(folder, "auth.db"))
  const auth = createAuth({
    stackdock,
    database,
    secret: "fake-secret-that-is-long-enough-for-cookies",
    origin: ORIGIN,
    ...options,
  })
  closing.push(auth.close)
  const logged: string[] = []
  const server = createServer({
    stackdock,
    signIn: auth,
    origins: [ORIGIN],
    log: (line) => logged.push(line),
  })
  return { stackdock, database, server, logged, browser: () => new Browser(server.app) }
}

/** All that was ever written to the database. */
function fileText(): string {
  return ["auth.db", "auth.db-wal"].map((name) => readFileSync(join(folder, name), "latin1")).join("")
}

/** Keeps its cookies, and sends what a page of the server would. */
class Browser {
  readonly #app: { request(url: string, init: RequestInit): Response | Promise<Response> }
  readonly #cookies = new Map<string, string>()
  lastCookies: string[] = []

  constructor(app: Browser["app"]) {
    this.#app = app
  }

  get app() {
    return this.#app
  }

  async ask(path: string, json?: unknown, headers: Record<string, string> = {}, method?: string) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ")
    const response = await this.#app.request(ORIGIN + path, {
      method: method ?? (json === undefined ? "GET" : "POST"),
      headers: {
        host: "dash.example",
        origin: ORIGIN,
        ...(cookie ? { cookie } : {}),
        ...(json === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    })
    this.lastCookies = response.headers.getSetCookie()
    for (const set of this.lastCookies) {
      const [name = "", value = ""] = (set.split(";")[0] ?? "").split("=")
      if (/max-age=0/i.test(set)) this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
    const text = await response.text()
    const isJson = response.headers.get("content-type")?.includes("json") === true
    return {
      status: response.status,
      body: text && isJson ? JSON.parse(text) : null,
      headers: response.headers,
    }
  }

  signUp(email: string, headers: Record<string, string> = {}) {
    return this.ask(
      "/api/auth/sign-up/email",
      { email, password: PASSWORD, name: email.split("@")[0] },
      headers,
    )
  }

  signIn(email: string, password = PASSWORD) {
    return this.ask("/api/auth/sign-in/email", { email, password })
  }
}

describe("whoever comes first", () => {
  it("makes an account, owns the organisation, and is signed in", async () => {
    const { browser, stackdock } = await open()
    const ada = browser()
    expect((await ada.ask("/api/auth/choices")).body).toEqual({
      isFirst: true,
      isOpen: false,
      resetsPasswords: false,
      providers: [],
    })
    expect((await ada.signUp("ada@dash.example")).status).toBe(200)
    expect((await ada.ask("/api/session")).body).toMatchObject({
      organization: "org-a",
      role: "owner",
      user: { name: "ada", email: "ada@dash.example" },
      organizations: [{ name: "org-a" }],
    })
    expect((await ada.ask("/api/auth/choices")).body).toMatchObject({ isFirst: false })
    const [entry] = (await stackdock.auditPage({ action: "setMember", limit: 1 })).entries
    expect(entry).toMatchObject({ actor: "local", result: "succeeded" })
  })

  it("owns it after all, when the process ended before that was written", async () => {
    const { browser, stackdock } = await open()
    vi.spyOn(stackdock, "setMember").mockRejectedValueOnce(new Error("The process ended here."))
    expect((await browser().signUp("ada@dash.example")).status).toBe(500)
    const ada = browser()
    expect((await ada.signIn("ada@dash.example")).status).toBe(200)
    expect((await ada.ask("/api/session")).body).toMatchObject({ role: "owner" })
  })

  it("is made an owner once: whoever made them something else is not overruled when they sign in", async () => {
    const { browser, stackdock } = await open()
    const ada = browser()
    await ada.signUp("ada@dash.example")
    const { body: session } = await ada.ask("/api/session")
    const { body: invitation } = await ada.ask("/api/invitations", {
      email: "bob@dash.example",
      role: "owner",
    })
    const id = new URL(invitation.link).hash.slice("#invitation=".length)
    const bob = browser()
    await bob.signUp("bob@dash.example", { "x-invitation": id })
    await bob.ask("/api/auth/organization/accept-invitation", { invitationId: id })
    await stackdock.setMember({ userId: session.userId, role: "client" })
    await ada.signIn("ada@dash.example")
    expect((await ada.ask("/api/session")).body).toMatchObject({ role: "client" })
  })

  it("is one, of two who come at once", async () => {
    const { browser, stackdock } = await open({ openSignUp: true })
    await Promise.all([browser().signUp("ada@dash.example"), browser().signUp("bob@dash.example")])
    const owners = (await stackdock.listMembers()).filter(({ role }) => role === "owner")
    // One is of the test's world.
    expect(owners).toHaveLength(2)
  })
})

describe("a session", () => {
  it("is a cookie that scripts cannot read and other sites do not send", async () => {
    const { browser } = await open()
    const ada = browser()
    await ada.signUp("ada@dash.example")
    const cookie = ada.lastCookies.find((set) => set.includes("session_token")) ?? ""
    expect(cookie).toMatch(/^__Secure-stackdock\.session_token=/)
    for (const flag of ["HttpOnly", "Secure", "SameSite=Strict", "Path=/"]) {
      expect(cookie.toLowerCase()).toContain(flag.toLowerCase())
    }
  })

  it("ends when it is signed out of, for whoever has a copy of the cookie too", async () => {
    const { browser } = await open()
    const ada = browser()
    await ada.signUp("ada@dash.example")
    const thief = { cookie: (ada.lastCookies[0] ?? "").split(";")[0] ?? "" }
    expect((await browser().ask("/api/session", undefined, thief)).status).toBe(200)
    expect((await ada.ask("/api/sign-out", {})).status).toBe(204)
    expect((await ada.ask("/api/session")).status).toBe(401)
    expect((await browser().ask("/api/session", undefined, thief)).status).toBe(401)
  })

  it("comes with the right password alone, and a wrong one does not tell whether there is such an account", async () => {
    const { browser } = await open()
    await browser().signUp("ada@dash.example")
    expect((await browser().signIn("ada@dash.example")).status).toBe(200)
    const wrong = await browser().signIn("ada@dash.example", "fake-secret-guess")
    const nobody = await browser().signIn("eve@dash.example", "fake-secret-guess")
    expect(wrong.status).toBe(401)
    expect(nobody.status).toBe(401)
    expect({ ...wrong.body, requestId: "" }).toEqual({ ...nobody.body, requestId: "" })
    expect(wrong.headers.get("content-type")).toBe("application/problem+json")
  })

  it("is not found by trying: from one address, nor for one account from many", async () => {
    const { browser, server } = await open()
    await browser().signUp("ada@dash.example")
    const answers: number[] = []
    for (let tries = 0; tries < 12; tries += 1) {
      answers.push((await browser().signIn("ada@dash.example", `fake-secret-${tries}`)).status)
    }
    expect(answers.at(-1)).toBe(429)
    expect(server).toBeTruthy()
  })

  it("is not begun by another site", async () => {
    const { browser } = await open()
    await browser().signUp("ada@dash.example")
    const elsewhere = [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }]
    for (const headers of elsewhere) {
      const json = { email: "ada@dash.example", password: PASSWORD }
      expect((await browser().ask("/api/auth/sign-in/email", json, headers)).status).toBe(403)
    }
  })
})

describe("after the first", () => {
  async function withOwner() {
    const world = await open()
    const ada = world.browser()
    await ada.signUp("ada@dash.example")
    const { orgId } = (await ada.ask("/api/session")).body
    const invite = async (by: Browser, email: string, role: string) => {
      const { status, body } = await by.ask("/api/invitations", { email, role })
      return { status, body: { ...body, id: new URL(body.link ?? ORIGIN).hash.slice("#invitation=".length) } }
    }
    return { ...world, ada, orgId, invite }
  }

  it("nobody makes an account who was not invited, and nobody with somebody else's invitation", async () => {
    const { browser, ada, invite } = await withOwner()
    expect((await browser().signUp("eve@dash.example")).status).toBe(403)
    const { body } = await invite(ada, "bob@dash.example", "developer")
    expect((await browser().signUp("bob@dash.example")).status).toBe(403)
    expect((await browser().signUp("eve@dash.example", { "x-invitation": body.id })).status).toBe(403)
    expect((await browser().signUp("bob@dash.example", { "x-invitation": body.id })).status).toBe(200)
  })

  it("whoever was not invited does not learn who has an account", async () => {
    const { browser } = await withOwner()
    const [known, unknown] = [
      await browser().signUp("ada@dash.example"),
      await browser().signUp("eve@dash.example"),
    ]
    expect(known.status).toBe(403)
    expect({ ...known.body, requestId: "" }).toEqual({ ...unknown.body, requestId: "" })
  })

  it("an invitation makes a member, in the name of whoever has sent it", async () => {
    const { browser, ada, invite, stackdock } = await withOwner()
    const { body } = await invite(ada, "bob@dash.example", "developer")
    const bob = browser()
    expect((await bob.ask("/api/auth/invitation", { id: body.id })).body).toMatchObject({
      email: "bob@dash.example",
      role: "developer",
      organization: "org-a",
    })
    await bob.signUp("bob@dash.example", { "x-invitation": body.id })
    expect((await bob.ask("/api/session")).body).toMatchObject({ code: "no_organization" })
    const accepted = await bob.ask("/api/auth/organization/accept-invitation", { invitationId: body.id })
    expect(accepted.status).toBe(200)
    expect((await bob.ask("/api/session")).body).toMatchObject({ role: "developer", organization: "org-a" })
    const { body: session } = await ada.ask("/api/session")
    const [entry] = (await stackdock.auditPage({ action: "setMember", limit: 1 })).entries
    expect(entry).toMatchObject({ actor: `user:${session.userId}`, result: "succeeded" })
    const again = await bob.ask("/api/auth/organization/accept-invitation", { invitationId: body.id })
    expect(again.status).toBe(400)
    expect((await browser().ask("/api/auth/invitation", { id: body.id })).status).toBe(404)
    expect((await ada.ask("/api/members")).body).toContainEqual(
      expect.objectContaining({ name: "bob", email: "bob@dash.example", role: "developer" }),
    )
  })

  it("nobody invites into a role that permits more than their own, or without keeping the members", async () => {
    const { browser, ada, invite, stackdock } = await withOwner()
    const join = async (email: string, role: string) => {
      const { body } = await invite(ada, email, role)
      const who = browser()
      await who.signUp(email, { "x-invitation": body.id })
      await who.ask("/api/auth/organization/accept-invitation", { invitationId: body.id })
      return who
    }
    const admin = await join("admin@dash.example", "admin")
    const steward = await join("steward@dash.example", "steward")
    const client = await join("client@dash.example", "client")
    expect((await invite(admin, "x@dash.example", "owner")).status).toBe(403)
    expect((await invite(admin, "x@dash.example", "admin")).status).toBe(201)
    expect((await invite(steward, "y@dash.example", "developer")).status).toBe(403)
    expect((await invite(client, "z@dash.example", "client")).status).toBe(403)
    expect((await invite(ada, "q@dash.example", "member")).status).toBe(403)
    expect(await stackdock.listMembers()).toHaveLength(6)
  })

  it("an invitation of somebody who may not invite any more is worth nothing", async () => {
    const { browser, ada, invite, stackdock } = await withOwner()
    const { body: forAdmin } = await invite(ada, "admin@dash.example", "admin")
    const admin = browser()
    await admin.signUp("admin@dash.example", { "x-invitation": forAdmin.id })
    await admin.ask("/api/auth/organization/accept-invitation", { invitationId: forAdmin.id })
    const { body: forBob } = await invite(admin, "bob@dash.example", "developer")
    const { userId } = (await admin.ask("/api/session")).body
    await ada.ask(`/api/members/${userId}`, undefined, {}, "DELETE")
    const bob = browser()
    await bob.signUp("bob@dash.example", { "x-invitation": forBob.id })
    const refused = await bob.ask("/api/auth/organization/accept-invitation", { invitationId: forBob.id })
    expect(refused.status).toBe(403)
    expect((await stackdock.listMembers()).map(({ role }) => role)).not.toContain("developer")
  })

  it("a changed role counts at once, and whoever is removed is out at once", async () => {
    const { browser, ada, invite } = await withOwner()
    const { body } = await invite(ada, "bob@dash.example", "developer")
    const bob = browser()
    await bob.signUp("bob@dash.example", { "x-invitation": body.id })
    await bob.ask("/api/auth/organization/accept-invitation", { invitationId: body.id })
    const { userId } = (await bob.ask("/api/session")).body
    expect((await bob.ask("/api/sync", {})).status).toBe(202)
    await ada.ask(`/api/members/${userId}`, { role: "client" }, {}, "PUT")
    expect((await bob.ask("/api/sync", {})).status).toBe(403)
    expect((await bob.ask("/api/counts")).status).toBe(200)
    await ada.ask(`/api/members/${userId}`, undefined, {}, "DELETE")
    for (const path of ["/api/session", "/api/counts", "/api/events"]) {
      expect((await bob.ask(path)).status).toBe(403)
    }
  })

  it("nothing of better-auth's changes members past StackDock", async () => {
    const { ada, orgId, stackdock } = await withOwner()
    const before = await stackdock.listMembers()
    const paths = [
      "/organization/create",
      "/organization/invite-member",
      "/organization/cancel-invitation",
      "/organization/delete",
      "/organization/update",
      "/organization/remove-member",
      "/organization/update-member-role",
      "/organization/leave",
      "/organization/add-member",
      "/organization/list-members",
      "/organization/get-full-organization",
      "/update-user",
      "/delete-user",
      "/change-email",
      "/list-sessions",
      "/link-social",
      "/request-password-reset",
    ]
    for (const path of paths) {
      const body = {
        organizationId: orgId,
        memberIdOrEmail: "owner-of-a",
        memberId: "m",
        role: "client",
        name: "x",
      }
      const answer = await ada.ask(`/api/auth${path}`, body)
      expect([404, 429], path).toContain(answer.status)
      for (const disguised of [`/api/auth/${path}`, `/api/auth/sign-in/..${path}`, `/api/auth${path}/`]) {
        expect([404, 429, 403], disguised).toContain((await ada.ask(disguised, body)).status)
      }
    }
    expect(await stackdock.listMembers()).toEqual(before)
  })

  it("an organisation that is not yours cannot be made the active one", async () => {
    const { ada } = await withOwner()
    await ada.ask("/api/auth/organization/set-active", { organizationId: "org-b-of-b" })
    expect((await ada.ask("/api/session")).body).toMatchObject({ orgId: "org-a" })
  })
})

describe("an account elsewhere", () => {
  const elsewhere = setupServer()
  beforeAll(() => elsewhere.listen({ onUnhandledRequest: "error" }))
  afterEach(() => elsewhere.resetHandlers())
  afterAll(() => elsewhere.close())

  const github = { clientId: "fake-id", clientSecret: "fake-secret" }

  /** Goes there, says yes, and comes back: the way back begins at another site. */
  async function come(browser: Browser, email: string, isVerified = true, callbackURL = "/") {
    elsewhere.use(
      http.post("https://github.com/login/oauth/access_token", () =>
        HttpResponse.json({ access_token: "fake-secret-token", token_type: "bearer" }),
      ),
      http.get("https://api.github.com/user", () =>
        HttpResponse.json({ id: email, login: email, name: "From elsewhere", email, avatar_url: "" }),
      ),
      http.get("https://api.github.com/user/emails", () =>
        HttpResponse.json([{ email, primary: true, verified: isVerified, visibility: "public" }]),
      ),
    )
    const begun = await browser.ask("/api/auth/sign-in/social", { provider: "github", callbackURL })
    const state = new URL(begun.body.url).searchParams.get("state")
    return browser.ask(`/api/auth/callback/github?code=fake&state=${state}`, undefined, {
      "sec-fetch-site": "cross-site",
      "sec-fetch-mode": "navigate",
      origin: ORIGIN,
    })
  }

  it("is a way in for whoever comes first, and again later", async () => {
    const { browser } = await open({ providers: { github } })
    const ada = browser()
    const back = await come(ada, "ada@dash.example")
    expect(back.status).toBe(302)
    expect(back.headers.get("location")).toBe("/")
    expect((await ada.ask("/api/session")).body).toMatchObject({
      role: "owner",
      user: { name: "From elsewhere" },
    })
    const later = browser()
    await come(later, "ada@dash.example")
    expect((await later.ask("/api/session")).body).toMatchObject({ role: "owner" })
  })

  it("leaves nothing behind by which somebody could act there", async () => {
    const { browser } = await open({ providers: { github } })
    await come(browser(), "ada@dash.example")
    // Signed in again, what was kept is written anew.
    await come(browser(), "ada@dash.example")
    expect(fileText()).toContain("ada@dash.example")
    expect(fileText()).not.toContain("fake-secret-token")
  })

  it("makes nobody an account who was not invited, or whose address is not proven", async () => {
    const { browser } = await open({ providers: { github } })
    const ada = browser()
    await ada.signUp("ada@dash.example")
    await ada.ask("/api/invitations", { email: "bob@dash.example", role: "client" })
    for (const [email, isVerified] of [
      ["eve@dash.example", true],
      ["bob@dash.example", false],
    ] as const) {
      const eve = browser()
      const back = await come(eve, email, isVerified)
      expect(back.headers.get("location")).toContain("error=")
      expect((await eve.ask("/api/session")).status).toBe(401)
    }
    const bob = browser()
    const link = `${ORIGIN}/#invitation=some-id`
    expect((await come(bob, "bob@dash.example", true, link)).headers.get("location")).toBe(link)
    expect((await bob.ask("/api/session")).body).toMatchObject({ code: "no_organization" })
  })

  it("does not take over an account of the same address", async () => {
    const { browser } = await open({ providers: { github } })
    await browser().signUp("ada@dash.example")
    const thief = browser()
    await come(thief, "ada@dash.example", false)
    expect((await thief.ask("/api/session")).status).toBe(401)
  })

  it("is of no use with a state that was not begun in this browser", async () => {
    const { browser } = await open({ providers: { github } })
    const victim = browser()
    const begun = await browser().ask("/api/auth/sign-in/social", { provider: "github", callbackURL: "/" })
    const state = new URL(begun.body.url).searchParams.get("state")
    await victim.ask(`/api/auth/callback/github?code=fake&state=${state}`, undefined, {
      "sec-fetch-site": "cross-site",
      "sec-fetch-mode": "navigate",
    })
    expect((await victim.ask("/api/session")).status).toBe(401)
  })
})

it("what fails inside of the sign-in is logged without what was sent, and answered like all that does", async () => {
  const { browser, database, logged } = await open()
  await browser().signUp("ada@dash.example")
  database.all = async () => {
    throw new Error("fake-secret-from-the-inside")
  }
  const { status, body, headers } = await browser().signIn("ada@dash.example")
  expect(status).toBe(500)
  expect(headers.get("content-type")).toBe("application/problem+json")
  expect(logged.join("\n")).toContain(body.requestId)
  expect(logged.join("\n")).not.toMatch(/fake-secret|ada@/)
})

describe("what is configured", () => {
  it("lets anybody in where that is wanted, and permits them nothing", async () => {
    const { browser } = await open({ openSignUp: true })
    await browser().signUp("ada@dash.example")
    const eve = browser()
    expect((await eve.signUp("eve@dash.example")).status).toBe(200)
    expect((await eve.ask("/api/session")).body).toMatchObject({ code: "no_organization" })
  })

  it("offers what the environment has keys for", async () => {
    const providers = providersFrom({
      GITHUB_CLIENT_ID: "fake-id",
      GITHUB_CLIENT_SECRET: "fake-secret",
      GOOGLE_CLIENT_ID: "x",
    })
    const { browser } = await open({ providers })
    expect((await browser().ask("/api/auth/choices")).body.providers).toEqual([
      { id: "github", title: "GitHub" },
    ])
    const begun = await browser().ask("/api/auth/sign-in/social", { provider: "github", callbackURL: "/" })
    expect(new URL(begun.body.url).searchParams.get("redirect_uri")).toBe(
      `${ORIGIN}/api/auth/callback/github`,
    )
    expect(begun.body.url).not.toContain("fake-secret")
    const elsewhere = await browser().ask("/api/auth/sign-in/social", {
      provider: "github",
      callbackURL: "https://evil.example",
    })
    expect(elsewhere.status).toBe(403)
  })

  it("replaces a forgotten password by a link that is sent, and ends what was begun with the old one", async () => {
    const sent: { email: string; link: string }[] = []
    const { browser } = await open({
      async sendResetLink(to) {
        sent.push(to)
      },
    })
    const ada = browser()
    await ada.signUp("ada@dash.example")
    const forgotten = browser()
    const ask = (email: string) => forgotten.ask("/api/auth/request-password-reset", { email })
    const [known, unknown] = [await ask("ada@dash.example"), await ask("eve@dash.example")]
    expect(unknown.body).toEqual(known.body)
    expect(sent).toMatchObject([{ email: "ada@dash.example" }])
    const { origin, hash } = new URL(sent[0]?.link ?? "")
    expect(origin).toBe(ORIGIN)
    const given = { token: hash.slice("#reset=".length), newPassword: "fake-secret-another" }
    expect(fileText()).not.toContain(given.token)
    expect((await forgotten.ask("/api/auth/reset-password", given)).status).toBe(200)
    expect((await forgotten.ask("/api/auth/reset-password", given)).status).toBe(400)
    expect((await ada.ask("/api/session")).status).toBe(401)
    expect((await browser().signIn("ada@dash.example")).status).toBe(401)
    expect((await browser().signIn("ada@dash.example", "fake-secret-another")).status).toBe(200)
  })

  it("keeps no password in clear, and nothing that opens a session", async () => {
    const { browser } = await open()
    const ada = browser()
    await ada.signUp("ada@dash.example")
    const file = fileText()
    expect(file).toContain("ada@dash.example")
    expect(file).not.toContain(PASSWORD)
    // What is kept of a session is not what the cookie says: that is signed.
    const [name = "", signed = ""] = (ada.lastCookies[0]?.split(";")[0] ?? "").split("=")
    expect(file).not.toContain(decodeURIComponent(signed))
    const token = decodeURIComponent(signed).split(".")[0] ?? ""
    expect(file).toContain(token)
    expect((await browser().ask("/api/session", undefined, { cookie: `${name}=${token}` })).status).toBe(401)
    if (process.platform !== "win32") expect(statSync(join(folder, "auth.db")).mode & 0o077).toBe(0)
  })

  it("makes its secret once, for its owner alone", () => {
    const path = join(folder, "deep/secret")
    const secret = secretFromFile(path)
    expect(secret.length).toBeGreaterThanOrEqual(32)
    expect(secretFromFile(path)).toBe(secret)
    if (process.platform === "win32") return
    writeFileSync(join(folder, "open"), secret, { mode: 0o644 })
    expect(() => secretFromFile(join(folder, "open"))).toThrow("chmod 600")
  })
})
