import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"

/** A provider on this machine, for the commands that talk to one. */
export interface Acme {
  readonly url: string
  key: string
  servers: { id: string; name: string; status?: string }[]
  /** Answers every request for servers with this status. */
  failServers: number | undefined
  /** Called before servers are answered. */
  beforeServers: () => Promise<void> | void
  close(): Promise<void>
}

export async function startAcme(): Promise<Acme> {
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(acme, request)
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const acme: Acme = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key: "fake-secret-acme-key",
    servers: [
      { id: "1", name: "one", status: "up" },
      { id: "2", name: "two", status: "up" },
    ],
    failServers: undefined,
    beforeServers: () => {},
    close: () => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections()),
  }
  return acme
}

async function answer(
  acme: Acme,
  { url, headers }: IncomingMessage,
): Promise<{ status: number; body: unknown }> {
  if (headers.authorization !== `Bearer ${acme.key}`) {
    return { status: 401, body: { message: `Bad key: ${headers.authorization}` } }
  }
  if (url === "/account") return { status: 200, body: { id: "a-1", name: "Example Agency" } }
  if (url === "/domains") return { status: 200, body: { items: [{ id: "d-1", name: "example.com" }] } }
  await acme.beforeServers()
  if (acme.failServers) return { status: acme.failServers, body: { message: "No \u001b[31mway" } }
  return { status: 200, body: { items: acme.servers } }
}

/** The dock for it, as a file of a user's project. */
export const acmeDock = `
import { z } from "zod"
import { credentials, secret } from "../core/credentials.ts"
import { defineDock } from "../core/dock.ts"
import type { Http } from "../core/http.ts"
import { resource } from "../core/resource.ts"

const Items = z.object({ items: z.array(z.unknown()) })
const Named = z.looseObject({ id: z.string(), name: z.string(), status: z.string().nullish() })

export const acme = defineDock({
  provider: "acme",
  title: "Acme",
  website: "https://acme.example",
  hosts: ["api.acme.example"],
  credentials: credentials({ apiKey: secret("API key", "Account > API") }),
  limits: { windows: [], documentedAt: "https://acme.example/limits" },
  connect: ({ apiKey, baseUrl }, http: Http) => http.base(baseUrl ?? "https://api.acme.example").bearer(apiKey),
  verify: async (api) => z.object({ id: z.string(), name: z.string() }).parse((await api.get("/account")).body),
  sync: {
    servers: resource("servers", Named, {
      async *list(api: Http) {
        yield Items.parse((await api.get("/servers")).body)
      },
      map: ({ id, name, status }) => ({
        providerResourceId: id,
        name,
        status: status === "up" ? "running" : "unknown",
        providerStatus: status ?? null,
      }),
    }),
    domains: resource("domains", Named, {
      async *list(api: Http) {
        yield Items.parse((await api.get("/domains")).body)
      },
      map: ({ id, name }) => ({ providerResourceId: id, name, displayName: name, kind: "zone", status: "active" }),
    }),
  },
})
`
