import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createApp } from "../server.ts"
import { createStackdock } from "../stackdock/engine/stackdock.ts"
import { keyFileVault } from "../stackdock/security/node/key-file.ts"
import { embeddedStore } from "../stackdock/stores/sql/node/embedded.ts"
import { recordedDock } from "./recorded-dock.ts"

export const ORIGIN = "http://localhost:4242"

/** The app as it starts for the first time, in a folder of its own. */
export function openApp(options: { pages?: (request: Request) => Promise<Response | undefined> } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "infrastructure-"))
  const stackdock = createStackdock({
    docks: [recordedDock],
    store: embeddedStore(join(folder, "stackdock.db")),
    vault: keyFileVault(join(folder, "key")),
  })
  const server = createApp({ stackdock, origin: ORIGIN, folder, ...options })
  return {
    browser: () => new Browser((request) => Promise.resolve(server.app.request(request))),
    async close() {
      await server.close()
      rmSync(folder, { recursive: true })
    },
  }
}

/** Sends what a page of the app would, and keeps its cookies. */
export class Browser {
  readonly #send: (request: Request) => Promise<Response>
  readonly #cookies = new Map<string, string>()

  constructor(send: (request: Request) => Promise<Response>) {
    this.#send = send
  }

  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input, ORIGIN)
    const headers = new Headers(init?.headers)
    headers.set("host", url.host)
    headers.set("origin", ORIGIN)
    headers.set("cookie", [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; "))
    const response = await this.#send(new Request(url, { ...init, headers }))
    for (const cookie of response.headers.getSetCookie()) {
      const [name = "", value = ""] = (cookie.split(";")[0] ?? "").split("=")
      if (/max-age=0/i.test(cookie)) this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
    return response
  }

  signUp(email: string): Promise<Response> {
    return this.#post("/api/auth/sign-up/email", { name: "Mira", email, password: "fake-secret-password" })
  }

  signIn(email: string, password: string): Promise<Response> {
    return this.#post("/api/auth/sign-in/email", { email, password })
  }

  #post(path: string, body: unknown): Promise<Response> {
    const headers = { "content-type": "application/json" }
    return this.fetch(path, { method: "POST", headers, body: JSON.stringify(body) })
  }
}
