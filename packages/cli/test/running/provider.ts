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
  /** Makes what it is asked to make, and hangs up instead of answering. */
  hangUp: boolean
  /** Refuses to remove anything. */
  failRemovals: boolean
  /** What is made stays unfinished. */
  builds: boolean
  /** Somebody has asked for one server. */
  looked: boolean
  /** How many servers were ever made. */
  made: number
  close(): Promise<void>
}

export async function startAcme(): Promise<Acme> {
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(acme, request)
    if (acme.hangUp && request.method === "POST") {
      request.socket.destroy()
      return
    }
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
    hangUp: false,
    failRemovals: false,
    builds: false,
    looked: false,
    made: 0,
    close: () => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections()),
  }
  return acme
}

async function answer(acme: Acme, request: IncomingMessage): Promise<{ status: number; body: unknown }> {
  const { url = "", method, headers } = request
  if (headers.authorization !== `Bearer ${acme.key}`) {
    return { status: 401, body: { message: `Bad key: ${headers.authorization}` } }
  }
  if (url === "/account") return { status: 200, body: { id: "a-1", name: "Example Agency" } }
  if (url === "/domains") return { status: 200, body: { items: [{ id: "d-1", name: "example.com" }] } }
  await acme.beforeServers()
  if (acme.failServers) return { status: acme.failServers, body: { message: "No \u001b[31mway" } }
  if (method === "POST" && url === "/servers") {
    const { name } = JSON.parse(await textOf(request))
    if (name === "taken") return { status: 409, body: { code: "name_taken", message: "The name is taken." } }
    acme.made += 1
    const server = { id: `made-${acme.made}`, name, status: acme.builds ? "building" : "up" }
    acme.servers.push(server)
    return { status: 201, body: server }
  }
  if (method === "POST") return { status: 200, body: { token: "fake-secret-token" } }
  const id = url.split("/")[2]
  const server = acme.servers.find((one) => one.id === id)
  if (method === "DELETE") {
    if (acme.failRemovals) return { status: 422, body: { message: "It is protected." } }
    acme.servers = acme.servers.filter((one) => one !== server)
    return { status: 200, body: {} }
  }
  if (id && acme.builds) acme.looked = true
  if (id) return { status: server ? 200 : 404, body: server ?? { message: "Not found." } }
  return { status: 200, body: { items: acme.servers } }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ""
  for await (const chunk of request) text += chunk
  return text
}

/** The dock for it, as a file of a user's project. */
export const acmeDock = `
import { z } from "zod"
import { credentials, secret } from "../core/credentials.ts"
import { defineDock } from "../core/dock.ts"
import type { Http } from "../core/http.ts"
import { action, provision, type Step } from "../core/provision.ts"
import { resource } from "../core/resource.ts"

const Items = z.object({ items: z.array(z.unknown()) })
const Named = z.looseObject({ id: z.string(), name: z.string(), status: z.string().nullish() })

const Server = z.strictObject({
  name: z.string().min(3).meta({ title: "Name", description: "Unique in the account" }),
  size: z.enum(["small", "large"]).default("small").meta({ title: "Size" }),
  password: secret("Password").optional(),
})
const create: Step<Http, z.output<typeof Server>> = {
  name: "server",
  async create(api, json) {
    const answer = await api.post("/servers", { json })
    return { id: Named.parse(answer.body).id }
  },
  async undo(api, { id }) {
    await api.delete("/servers/{id}", { params: { id } })
  },
}
const find: NonNullable<typeof create.find> = async (api, { name }) => {
  const { items } = Items.parse((await api.get("/servers")).body)
  return items.map((item) => Named.parse(item)).find((item) => item.name === name) ?? null
}
const destroy = async (api: Http, { providerResourceId: id }: { providerResourceId: string }) => {
  await api.delete("/servers/{id}", { params: { id } })
}
const kind = (title: string, step: Step<Http, z.output<typeof Server>>) =>
  provision({
    table: "servers",
    title,
    input: Server,
    steps: [step],
    async observe(api: Http, made) {
      const { body } = await api.get("/servers/{id}", { params: { id: made["server"]?.id ?? "" } })
      return { state: "ready", item: body }
    },
    destroy,
  })

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
  provision: { server: kind("Server", { ...create, find }), blindServer: kind("Blind server", create) },
  actions: {
    servers: {
      restart: action({
        table: "servers",
        title: "Restart",
        input: z.strictObject({ delay: z.int().min(0).optional().meta({ title: "Seconds to wait" }) }),
        isDisruptive: true,
        async run(api: Http, { providerResourceId: id }, json) {
          await api.post("/servers/{id}/restart", { params: { id }, json })
          return { message: "Restarting." }
        },
      }),
    },
  },
})
`
