import { createWorld, type World } from "../engine/two-organizations.fixture.ts"
import { formatKeyset, generateKey } from "../security/keyset.ts"
import { createServer, type ServerOptions, type StackdockServer } from "./server.ts"
import type { SignIn } from "./sign-in.ts"

export const ORIGIN = "http://dash.example"

/** A sign-in that believes a cookie: `user=ada`. `local` is whoever runs the process. */
export function trustingSignIn(): SignIn & { signedOut: Set<string> } {
  const signedOut = new Set<string>()
  return {
    signedOut,
    async whoIs(request) {
      const user = /\buser=([^;]+)/.exec(request.headers.get("cookie") ?? "")?.[1]
      if (user === undefined || signedOut.has(user)) return null
      if (user === "local") return { session: "of-local", who: { kind: "process" }, orgId: null }
      const who = { kind: "user", id: user, name: `The ${user}`, email: `${user}@dash.example` } as const
      return { session: `of-${user}`, who, orgId: null }
    },
    async handle(request) {
      if (request.url.endsWith("/elsewhere")) return Response.redirect("https://other.example/", 302)
      const isWrong = request.url.endsWith("/sign-in")
      return Response.json({ handled: true }, { status: isWrong ? 401 : 200 })
    },
    async signOut() {
      const headers = new Headers()
      headers.append("set-cookie", "user=; Max-Age=0")
      return new Response(null, { headers })
    },
    invite: async (_, { email }) => ({ link: `${ORIGIN}/#invitation=${email}` }),
    people: async (ids) => ids.map((id) => ({ id, name: `The ${id}`, email: null })),
  }
}

export interface TestServer extends World {
  server: StackdockServer
  signIn: ReturnType<typeof trustingSignIn>
  logged: string[]
  /** As a page of the server would ask. */
  ask(path: string, request?: Asking): Promise<Response>
}

export interface Asking {
  as?: string
  method?: string
  json?: unknown
  headers?: Record<string, string>
}

export async function openServer({
  role = "owner",
  neighbour = false,
  ...options
}: { role?: string; neighbour?: boolean } & Partial<ServerOptions> = {}): Promise<TestServer> {
  const keys = formatKeyset({ primary: await generateKey(), older: [] })
  const world = await createWorld({ keys, role, neighbour })
  const signIn = trustingSignIn()
  const logged: string[] = []
  const server = createServer({
    stackdock: world.stackdock,
    signIn,
    origins: [ORIGIN],
    log: (line) => logged.push(line),
    ...options,
  })
  const ask = async (path: string, { as, method, json, headers }: Asking = {}) =>
    await server.app.request(ORIGIN + path, {
      method: method ?? (json === undefined ? "GET" : "POST"),
      headers: {
        host: new URL(ORIGIN).host,
        origin: ORIGIN,
        ...(as === undefined ? {} : { cookie: `user=${as}` }),
        ...(json === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    })
  return { ...world, server, signIn, logged, ask }
}
