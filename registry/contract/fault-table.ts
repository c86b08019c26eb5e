import type { Clock } from "../core/clock.ts"
import type { RateLimits } from "../core/limits.ts"

/** Something that goes wrong with an answer on its way. */
export interface Fault {
  readonly name: string
  /** The first try fails and the next one does not: the dock must get through it. Otherwise it fails for good. */
  readonly passes: boolean
  /** No answer ever comes. */
  readonly hangs?: true
  answer(normal: Response, clock: Clock): Response | Promise<Response>
}

const SIGN_IN = "<!doctype html><title>Sign in</title><form action=/login>"

/** What providers, proxies and networks do. Played at every page of every listing. */
export function faultsOf(limits: RateLimits): Fault[] {
  return [
    passing("429 with seconds", () => tooMany({ "retry-after": "7" })),
    passing("429 with a date", (_, clock) =>
      tooMany({ "retry-after": new Date(clock.now() + 9_000).toUTCString() }),
    ),
    ...providerResets(limits),
    passing("503", () => new Response("Service Unavailable", { status: 503 })),
    passing("a reset connection", () => Response.error()),
    passing("a reset in mid-body", cutShort),
    { ...passing("no answer in time", () => new Promise<Response>(() => {})), hangs: true },
    lasting("500 every time", () => Response.json({ message: "Server Error" }, { status: 500 })),
    lasting("401", () => Response.json({ message: "Unauthenticated." }, { status: 401 })),
    lasting("403", () => Response.json({ message: "Forbidden." }, { status: 403 })),
    lasting("404", () => Response.json({ message: "Not Found." }, { status: 404 })),
    lasting("a reset connection every time", () => Response.error()),
    lasting(
      "a redirect to a sign-in page",
      () => new Response(null, { status: 302, headers: { location: "/login" } }),
    ),
    lasting(
      "HTML instead of JSON",
      () => new Response(SIGN_IN, { headers: { "content-type": "text/html" } }),
    ),
    lasting(
      "invalid JSON",
      () => new Response('{"data": [', { headers: { "content-type": "application/json" } }),
    ),
    lasting("an empty body", () => new Response("")),
    lasting("null", () => Response.json(null)),
    lasting("an empty object", () => Response.json({})),
    lasting("a word", () => Response.json("ok")),
  ]
}

function passing(name: string, answer: Fault["answer"]): Fault {
  return { name: `${name}, then an answer`, passes: true, answer }
}

function lasting(name: string, answer: Fault["answer"]): Fault {
  return { name, passes: false, answer }
}

function tooMany(headers: Record<string, string>): Response {
  return Response.json({ message: "Too Many Requests" }, { status: 429, headers })
}

/** The provider's own headers, as its dock declares them. */
function providerResets({ headers = [] }: RateLimits): Fault[] {
  return headers.flatMap(({ reset, remaining, retryAfter, structured }) => {
    const empty = remaining ? { [remaining]: "0" } : {}
    return [
      ...(structured
        ? [passing("429 with RateLimit", () => tooMany({ ratelimit: '"default";r=0;t=13' }))]
        : []),
      ...(reset
        ? [
            passing(`429 with ${reset.header}`, (_, clock) =>
              tooMany({ ...empty, [reset.header]: resetValue(reset.as, clock) }),
            ),
          ]
        : []),
      ...(retryAfter
        ? [passing(`429 with ${retryAfter}`, () => tooMany({ ...empty, [retryAfter]: "11" }))]
        : []),
    ]
  })
}

function resetValue(as: "unix-seconds" | "unix-milliseconds" | "seconds", clock: Clock): string {
  if (as === "seconds") return "13"
  const at = clock.now() + 13_000
  return String(as === "unix-seconds" ? Math.ceil(at / 1000) : at)
}

function cutShort(normal: Response): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"data": [{"id": '))
      controller.error(new TypeError("terminated"))
    },
  })
  return new Response(body, { status: normal.status, headers: normal.headers })
}
