import { type Context, Hono } from "hono"
import { bodyLimit } from "hono/body-limit"
import { matchedRoutes } from "hono/route"
import type { Stackdock } from "../engine/stackdock.ts"
import type { ServerEnv } from "./answer.ts"
import { createApi } from "./api.ts"
import { startClock } from "./clock.ts"
import { errorInWords } from "./error-in-words.ts"
import { watchElsewhere } from "./events/elsewhere.ts"
import { Hub } from "./events/hub.ts"
import { isForeseen, problemOf, Refusal } from "./problem.ts"
import { securityHeaders } from "./security/headers.ts"
import { knownHost, ownPagesOnly } from "./security/origin.ts"
import { limited } from "./security/rate-limit.ts"
import { ShownOnceShelf } from "./shown-once.ts"
import type { SignIn } from "./sign-in.ts"
import { Undertakings } from "./undertakings.ts"
import { Work } from "./work.ts"

export interface ServerOptions {
  stackdock: Stackdock
  signIn: SignIn
  /** Where the app is opened: `https://dash.example.com`. What is sent to or from anywhere else is refused. */
  origins: readonly string[]
  /** From where a request was sent, for the rate limits. `node/address.ts` has what Node needs. */
  addressOf?: (c: Context) => string
  /** The app's own files, for all that is not below `/api`. `node/static.ts` makes it of a folder. */
  pages?: (request: Request) => Promise<Response | undefined>
  /** What went wrong unforeseen, in one line without secrets. It goes to the console when left out. */
  log?: (line: string) => void
}

export interface StackdockServer {
  readonly app: Hono<ServerEnv>
  /** Goes on with what the last process left unfinished, and syncs by the clock from now on. */
  start(): void
  /** Ends streams, and what is under way at its next safe point, then closes the store. */
  close(): Promise<void>
}

const MOST_BYTES = 1024 * 1024
const perAddress = { name: "address", burst: 1200, perSecond: 60 }
const perSession = { name: "session", burst: 600, perSecond: 30 }
/** Tries that fail. */
const signingIn = { name: "sign-in", burst: 10, perSecond: 1 / 6 }

export function createServer(options: ServerOptions): StackdockServer {
  const { stackdock, signIn, origins, addressOf = () => "anywhere", pages } = options
  const log = options.log ?? ((line: string) => console.error(line))
  const hub = new Hub()
  const work = new Work()
  const shelf = new ShownOnceShelf()
  const undertakings = new Undertakings(hub, work, shelf, (error) =>
    log(`Work that was under way failed: ${errorInWords(error)}`),
  )
  const api = createApi({ signIn, hub, work, shelf, undertakings }, stackdock)

  const app = new Hono<ServerEnv>()
  app.onError((error, c) => {
    const { requestId } = c.var
    const problem = problemOf(error, requestId)
    if (!isForeseen(error)) log(unforeseen(error, c, requestId))
    const headers = error instanceof Refusal ? error.headers : {}
    return new Response(JSON.stringify(problem), {
      status: problem.status,
      headers: { "content-type": "application/problem+json", ...headers },
    })
  })
  app.notFound(() => {
    throw new Refusal({ code: "unknown_page", status: 404, message: "There is nothing at this address." })
  })
  app.use(async (c, next) => {
    c.set("requestId", crypto.randomUUID())
    await next()
    c.header("x-request-id", c.var.requestId)
  })
  app.use(securityHeaders({ isHttps: origins.every((origin) => origin.startsWith("https:")) }))
  app.use(knownHost(origins))

  app.use(
    "/api/*",
    limited(perAddress, addressOf),
    ownPagesOnly(origins),
    bodyLimit({ maxSize: MOST_BYTES, onError: tooLarge }),
  )
  app.on("POST", "/api/auth/*", limited(signingIn, addressOf, { onlyFailures: true }))
  app.all("/api/auth/*", (c) => signIn.handle?.(c.req.raw) ?? c.notFound())
  app.use("/api/*", async (c, next) => {
    const signedIn = await signIn.whoIs(c.req.raw)
    if (!signedIn) throw unauthenticated(signIn)
    c.set("signedIn", signedIn)
    await next()
  })
  app.use(
    "/api/*",
    limited(perSession, (c) => c.var.signedIn.session),
  )
  app.route("/api", api)
  app.get("*", async (c) => (await pages?.(c.req.raw)) ?? c.notFound())

  const stops: (() => void)[] = []
  return {
    app,
    start() {
      stops.push(startClock({ stackdock, undertakings, log }), watchElsewhere(stackdock, hub))
    },
    async close() {
      for (const stop of stops.splice(0)) stop()
      hub.close()
      await work.close()
      await stackdock.close()
    },
  }
}

function tooLarge(): never {
  throw new Refusal({
    code: "too_large",
    status: 413,
    message: `What was sent is larger than ${MOST_BYTES / 1024} KiB.`,
  })
}

function unforeseen(error: unknown, c: Context, requestId: string): string {
  // The route, and not the address: in that stands what somebody has sent, line breaks too.
  const route = matchedRoutes(c).at(-1)?.path ?? "*"
  return `${requestId} ${c.req.method} ${route}: ${errorInWords(error)}`
}

function unauthenticated({ howTo = "Sign in, and try it again." }: SignIn): Refusal {
  return new Refusal({
    code: "unauthenticated",
    status: 401,
    message: "You are not signed in.",
    suggestion: howTo,
  })
}
