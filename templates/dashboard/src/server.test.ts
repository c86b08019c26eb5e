import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { createFetchPort } from "./stackdock/bindings/fetch/index.ts"
import { openApp } from "./testing/open-app.ts"
import { TOKEN } from "./testing/recorded-dock.ts"

let app: ReturnType<typeof openApp>
beforeEach(() => {
  app = openApp()
})
afterEach(() => app.close())

describe("the server", () => {
  test("tells nothing to whoever is not signed in", async () => {
    const { fetch } = app.browser()
    for (const path of ["/api/session", "/api/docks", "/api/tables/servers"]) {
      const response = await fetch(path)
      expect(response.status, path).toBe(401)
      expect(await response.json()).toMatchObject({ code: "unauthenticated" })
    }
  })

  test("gives everything to whoever makes the first account, and lets nobody else make one", async () => {
    const first = app.browser()
    expect((await first.signUp("mira@harbour.example")).status).toBe(200)
    const session = await createFetchPort({ fetch: first.fetch }).read.session({})
    expect(session).toMatchObject({ role: "owner", user: { email: "mira@harbour.example" } })
    const second = app.browser()
    expect((await second.signUp("eve@elsewhere.example")).status).toBe(403)
    expect((await second.signIn("mira@harbour.example", "fake-secret-guess")).status).toBe(401)
  })

  test("connects a provider, and has its rows", async () => {
    const browser = app.browser()
    await browser.signUp("mira@harbour.example")
    const port = createFetchPort({ fetch: browser.fetch })
    await expect(
      port.act.connect({ provider: "harbour", credentials: { token: "fake-secret-wrong" } }),
    ).rejects.toMatchObject({ message: expect.stringContaining("refused") })
    await port.act.connect({ provider: "harbour", credentials: { token: TOKEN } })
    await port.act.sync({})
    await expect
      .poll(async () => (await port.read.resources({ table: "servers" })).rows.map(({ name }) => name))
      .toEqual(["db-1", "web-1"])
    port.close()
  })
})
